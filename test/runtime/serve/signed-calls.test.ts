import { createHmac, createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { type HttpCall } from '../../../lib/serve/backends';
import { headerOf } from '../../../lib/serve/exchange';
import { signatureOf } from '../../../lib/serve/signature';
import { canonicalRequest } from '../../../lib/serve/signature-text';
import { signed } from '../../../runtime/serve/backends/services';

const word = fc.stringMatching(/^[A-Za-z0-9 ~!*'()+=&%é-]{0,12}$/);
const call = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(word, { maxLength: 4 }),
  query: fc.array(fc.tuple(fc.constantFrom('a', 'A', 'b c', 'é'), word), { maxLength: 4 }),
  headers: fc.dictionary(
    fc.constantFrom('Content-Type', 'X-Amz-Target', 'User-Agent', 'X-Amzn-Trace-Id', 'X-B'),
    word.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  ),
  body: fc.uint8Array({ maxLength: 50 }),
  service: fc.constantFrom('sqs', 'dynamodb', 'states', 's3'),
  endpoint: fc.constantFrom(undefined, 'http://localhost:4566', 'https://s3.example.com'),
  sessionToken: fc.option(fc.constant('token/+='), { nil: undefined }),
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

test('the signature is that of the request as it is sent', async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ path, query, service, endpoint, sessionToken, headers, ...more }) => {
      const url = new URL(`https://${service}.eu-west-1.amazonaws.com/${path.map(encodeURIComponent).join('/')}`);
      url.search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
      const own = { accessKeyId: 'AKIA', secretAccessKey: 'secret/+', ...(sessionToken && { sessionToken }) };
      const sent = await signed(
        {
          ...{ ...more, url: url.href, headers: Object.entries(headers), timeoutInMs: 1000 },
          service: { name: service, region: 'eu-west-1' },
        } as HttpCall,
        { endpoints: endpoint === undefined ? {} : { [service]: endpoint }, aws: own },
      );
      const target = new URL(sent.url);
      expect([target.origin, target.pathname, target.search]).toEqual([
        ...[endpoint ?? url.origin, url.pathname, url.search],
      ]);
      expect(headerOf(sent.headers, 'host')).toBe(target.host);
      // Emulators get no key of the user.
      const secret = endpoint === undefined ? own.secretAccessKey : 'test';
      expect(headerOf(sent.headers, 'x-amz-security-token')).toBe(endpoint === undefined ? sessionToken : undefined);

      const request = {
        ...{ method: sent.method, headers: sent.headers, body: sent.body, sourceIp: '' },
        target: `${target.pathname}${target.search}`,
      };
      const found = signatureOf(request)!;
      expect(found.signedHeaders).toEqual(expect.arrayContaining(['host', 'x-amz-date']));
      const [verb, coded, ...lines] = canonicalRequest(request, found.signedHeaders).split('\n');
      // S3 takes the path as it is sent.
      const canonical = [verb, service === 's3' ? target.pathname : coded, ...lines].join('\n');
      const scope = `${found.date}/eu-west-1/${service}/aws4_request`;
      const text = ['AWS4-HMAC-SHA256', found.time, scope, createHash('sha256').update(canonical).digest('hex')];
      const key = scope.split('/').reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${secret}`);
      expect(found.signature).toBe(hmac(key, text.join('\n')).toString('hex'));
    }),
    { numRuns: 300 },
  );
});
