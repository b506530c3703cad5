import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { signedHeaders } from '../../../runtime/serve/backends/signature';
import { Sha256 } from '../../support/sha256';

const word = fc.stringMatching(/^[A-Za-z0-9 ~!*'()/+=&%é-]{0,12}$/);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(
    word.map((text) => text.replaceAll('/', '')),
    { maxLength: 4 },
  ),
  query: fc.array(fc.tuple(fc.constantFrom('a', 'A', 'b c', 'é'), word), { maxLength: 4 }),
  headers: fc.dictionary(
    fc.constantFrom('content-type', 'x-amz-target', 'user-agent', 'x-amzn-trace-id', 'x-b', 'connection', 'proxy-a'),
    word.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  ),
  body: fc.uint8Array({ maxLength: 50 }),
  service: fc.constantFrom('sqs', 'dynamodb', 'states', 's3'),
  sessionToken: fc.option(fc.constant('token/+='), { nil: undefined }),
  at: fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }),
});

test('requests are signed as the SDK signs them', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, body, headers, method, service, sessionToken, at }) => {
      const url = new URL(`https://${service}.eu-west-1.amazonaws.com:8443/${path.map(encodeURIComponent).join('/')}`);
      for (const [name, value] of query) url.searchParams.append(name, value);
      const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret/+', ...(sessionToken && { sessionToken }) };
      const parameters: Record<string, string[]> = {};
      for (const [name, value] of url.searchParams) (parameters[name] ??= []).push(value);
      const signer = new SignatureV4({
        ...{ service, region: 'eu-west-1', sha256: Sha256 as never, credentials, uriEscapePath: service !== 's3' },
      });
      const theirs = await signer.sign(
        {
          ...{
            method,
            protocol: url.protocol,
            hostname: url.hostname,
            port: 8443,
            path: url.pathname,
            query: parameters,
          },
          ...{ headers: { ...headers, host: url.host }, body },
        },
        { signingDate: at },
      );
      const ours = signedHeaders({ method, url, headers, body }, { service, region: 'eu-west-1', credentials, at });
      expect(ours).toEqual(theirs.headers);
    }),
    { numRuns: 500 },
  );
});
