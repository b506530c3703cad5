import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpCall } from '../../../lib/serve/backends';
import { HttpClient } from '../../../runtime/serve/backends/http';
import { server as integration, TestGateway } from '../../serve/rest/support';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const describeIf = hasOpenssl ? describe : describe.skip;

describeIf('a back end with a certificate of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const client = new HttpClient();
  let server: Server;
  const names: string[] = [];

  beforeAll(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const options = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=internal.test';
    execFileSync('openssl', [...options.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('ok'));
    server.on('secureConnection', ({ servername }: { servername?: string }) => names.push(String(servername)));
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    client.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const send = (tls?: HttpCall['tls']) =>
    client.send({
      ...{ method: 'GET', url: `https://localhost:${(server.address() as AddressInfo).port}/`, headers: [] },
      ...{ body: new Uint8Array(), timeoutInMs: 5000, ...(tls ? { tls } : {}) },
    });

  test('is refused, and taken where the integration does not look at it', async () => {
    await expect(send()).rejects.toMatchObject({ kind: 'connection' });
    await expect(send({ serverName: 'internal.test' })).rejects.toMatchObject({ kind: 'connection' });
    expect((await send({ isInsecure: true })).status).toBe(200);
  });

  test('is asked for the name that the integration verifies', async () => {
    await send({ isInsecure: true, serverName: 'internal.test' });
    expect(names.at(-1)).toBe('internal.test');
  });
});

test('insecureSkipVerification of a REST API reaches the call', async () => {
  const tlsConfig = { TlsConfig: { InsecureSkipVerification: true } };
  const gateway = new TestGateway({
    methods: {
      'GET /any': integration('HTTP_PROXY', 'https://b.test', tlsConfig),
      'GET /own': integration('HTTP_PROXY', 'https://b.test'),
    },
  });
  await gateway.send('GET', '/any');
  await gateway.send('GET', '/own');
  expect(gateway.calls.map(({ tls }) => tls)).toEqual([{ isInsecure: true }, undefined]);
});
