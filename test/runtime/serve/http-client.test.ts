import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { whole } from '../../../lib/serve/exchange';
import { HttpClient } from '../../../runtime/serve/backends/http';

/** What a server gets on the wire. */
async function sentFor(method: string, body: string, headers: [string, string][]) {
  let got = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      got += chunk;
      if (got.includes('\r\n\r\n') && got.endsWith(body)) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new HttpClient();
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const reply = await client.send({ method, url, headers, body: Buffer.from(body), timeoutInMs: 5000 });
    return { got, text: Buffer.from(await whole(reply.body)).toString('utf8') };
  } finally {
    client.close();
    server.close();
  }
}

describe('the request to a back end', () => {
  test.each([
    ['GET', ''],
    ['POST', '{"a":1}'],
  ])('has Trailer beside the length of its body, as API Gateway sends it: %s', async (method, body) => {
    const { got, text } = await sentFor(method, body, [
      ['X-A', 'b'],
      ['trailer', 'user-agent'],
    ]);
    const [head, rest] = got.split('\r\n\r\n');
    const lines = head.split('\r\n');
    expect(lines).toEqual(expect.arrayContaining([`${method} /a HTTP/1.1`, 'X-A: b', 'Trailer: user-agent']));
    expect(lines.filter((line) => /^trailer/i.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /^content-length/i.test(line))).toEqual(
      body ? [`Content-Length: ${body.length}`] : [],
    );
    expect([rest, text]).toEqual([body, 'ok']);
  });

  test('cannot be split by it', async () => {
    await expect(sentFor('GET', '', [['Trailer', 'a\r\nX-Injected: b']])).rejects.toThrow(/Invalid character/);
  });
});
