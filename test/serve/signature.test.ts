import * as fc from 'fast-check';
import { type HeaderFields, type IncomingRequest } from '../../lib/serve/exchange';
import { type Environment } from '../../lib/serve/environment';
import { Refusal } from '../../lib/serve/refusal';
import { type KnownCredential } from '../../lib/serve/credential';
import { signerOf } from '../../lib/serve/signature';
import { method, proxied, TestGateway } from './rest/support';
import { guarded, TestGateway as HttpTestGateway, withFunction } from './http/support';
import { TestApi } from './websocket/support';
import { presigned, signedHeaders, type ToSign } from './signing';

const NOW = Date.UTC(2025, 0, 31, 23, 59, 59);
const KEY: KnownCredential = {
  ...{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' },
  ...{ accountId: '222222222222', userArn: 'arn:aws:iam::222222222222:user/ann', userId: 'AIDAANN' },
};
const ROLE: KnownCredential = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 's', sessionToken: 'to/ken+=' };

const environment = (credentials?: readonly KnownCredential[], now = NOW): Environment =>
  ({ account: '111111111111', region: 'eu-west-1', partition: 'aws', now: () => now, credentials }) as Environment;

const request = (to: ToSign, headers: HeaderFields, target = to.target): IncomingRequest => ({
  ...{ method: to.method, target, headers, body: Buffer.from(to.body ?? ''), sourceIp: '10.0.0.1' },
});

function refusal(of: IncomingRequest, credentials: readonly KnownCredential[] = [KEY, ROLE], now = NOW): Refusal {
  try {
    signerOf(of, environment(credentials, now), []);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('the signature was taken');
}

const GET: ToSign = { method: 'GET', target: '/prod/x?b=2&a=1', at: NOW };

test('the signature of the SDK is verified, and tells who signed', async () => {
  const signed = request(GET, await signedHeaders(GET, KEY));
  expect(signerOf(signed, environment([ROLE, KEY]), [])).toEqual({
    ...{ accessKey: 'AKIDEXAMPLE', accountId: '222222222222', userId: 'AIDAANN' },
    userArn: 'arn:aws:iam::222222222222:user/ann',
  });
});

test('whatever is sent, its signature is right', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ0 ~-_./:é%+&=?#(!)*\'"'), maxLength: 8 });
  const segment = text.map((each) => encodeURIComponent(each)).filter((each) => !/^\.{1,2}$/.test(each));
  const path = fc.array(segment, { maxLength: 4 }).map((all) => `/prod/${all.join('/')}`);
  const pair = fc
    .tuple(
      text.filter((each) => each !== ''),
      text,
    )
    .map((both) => both.map(encodeURIComponent).join('='));
  await fc.assert(
    fc.asyncProperty(
      ...[
        path,
        fc.array(pair, { maxLength: 4 }),
        text,
        text,
        fc.constantFrom('GET', 'POST'),
        fc.constantFrom(KEY, ROLE),
      ],
      async (where, query, header, body, verb, key) => {
        const target = `${where as string}${(query as string[]).length > 0 ? `?${(query as string[]).join('&')}` : ''}`;
        const latin = (header as string).replace('é', 'e');
        const to: ToSign = {
          ...{ method: verb as string, target, at: NOW, body: verb === 'GET' ? '' : (body as string) },
          headers: [
            ['X-Own', latin],
            ['Content-Type', 'application/json'],
          ],
        };
        const credential = key as KnownCredential;
        const headers = await signedHeaders(to, credential);
        const made = signerOf(request(to, headers), environment([KEY, ROLE]), []);
        expect(made.accessKey).toBe(credential.accessKeyId);
        expect(refusal(request({ ...to, body: `${to.body}x` }, headers)).type).toBe('INVALID_SIGNATURE');
        expect(refusal(request(to, headers, `${target}${target.includes('?') ? '&' : '?'}x=1`)).type).toBe(
          'INVALID_SIGNATURE',
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('a wrong secret shows what should have been signed', async () => {
  const { status, text, errorType, message } = refusal(
    request(GET, await signedHeaders(GET, { ...KEY, secretAccessKey: 'x' })),
  );
  expect([status, errorType]).toEqual([403, 'InvalidSignatureException']);
  expect(message).toBe('The signature is not that of the key AKIDEXAMPLE');
  expect(text).toMatch(
    /^The request signature we calculated does not match the signature you provided\. Check your AWS/,
  );
  expect(text).toContain(
    "Canonical String for this request should have been\n'GET\n/prod/x\na=1&b=2\nhost:localhost\n",
  );
  expect(text).toContain("String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20250131T235959Z\n20250131/eu-west-1/");
});

test('an old signature, and one of the future', async () => {
  const headers = await signedHeaders(GET, KEY);
  const minutes = (count: number) => NOW + count * 60_000;
  expect(signerOf(request(GET, headers), environment([KEY], minutes(5)), []).accessKey).toBe('AKIDEXAMPLE');
  const old = refusal(request(GET, headers), [KEY], minutes(6));
  expect([old.status, old.errorType, old.text]).toEqual([
    ...[403, 'InvalidSignatureException'],
    'Signature expired: 20250131T235959Z is now earlier than 20250201T000059Z (20250201T000559Z - 5 min.)',
  ]);
  expect(refusal(request(GET, headers), [KEY], minutes(-6)).text).toBe(
    'Signature not yet current: 20250131T235959Z is still later than 20250131T235859Z (20250131T235359Z + 5 min.)',
  );
});

test('presigned URLs hold for their time', async () => {
  for (const key of [KEY, ROLE]) {
    const target = await presigned(GET, key, 60);
    const sent = { ...request(GET, [['Host', 'localhost']]), target };
    expect(signerOf(sent, environment([KEY, ROLE], NOW + 60_000), []).accessKey).toBe(key.accessKeyId);
    expect(refusal(sent, [KEY, ROLE], NOW + 61_000).text).toBe(
      'Signature expired: 20250201T000059Z is now earlier than 20250201T000100Z',
    );
    expect(refusal({ ...sent, target: target.replace('a=1', 'a=2') }).text).toMatch(
      /^The request signature we calculated/,
    );
  }
});

test('keys that are not known, and sessions without their token', async () => {
  const message = 'The security token included in the request is invalid.';
  const unknown = refusal(request(GET, await signedHeaders(GET, { ...KEY, accessKeyId: 'OTHER' })));
  expect([unknown.status, unknown.errorType, unknown.text]).toEqual([403, 'UnrecognizedClientException', message]);
  const { sessionToken, ...bare } = ROLE;
  expect(sessionToken).toBeDefined();
  expect(refusal(request(GET, await signedHeaders(GET, bare))).text).toBe(message);
});

test('a key that has expired', async () => {
  const found = refusal(request(GET, await signedHeaders(GET, ROLE)), [{ ...ROLE, expiresAt: NOW }]);
  expect([found.type, found.status, found.text]).toEqual([
    ...['EXPIRED_TOKEN', 403],
    'The security token included in the request is expired',
  ]);
});

test.each([
  [{ region: 'us-east-1' }, "Credential should be scoped to a valid region, not 'us-east-1'. "],
  [{ service: 's3' }, "Credential should be scoped to correct service: 'execute-api'. "],
])('a scope of %j', async (more, text) => {
  expect(refusal(request(GET, await signedHeaders({ ...GET, ...more }, KEY))).text).toBe(text);
});

test.each([
  [
    'AWS4-HMAC-SHA256 Nothing',
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ],
  [
    'AWS4-ECDSA Credential=a/b/c/d/e, SignedHeaders=host, Signature=x',
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Unsupported AWS 'algorithm': 'AWS4-ECDSA'.",
  ],
])('a header that is not whole: %s', (value, text) => {
  const found = refusal(request(GET, [['Authorization', value]]));
  expect([found.errorType, found.text]).toEqual(['IncompleteSignatureException', text]);
});

test('without credentials a signature is enough', async () => {
  const headers = await signedHeaders({ ...GET, at: 0, region: 'x' }, { ...KEY, secretAccessKey: 'x' });
  expect(signerOf(request(GET, headers), environment(), []).userArn).toBe('arn:aws:iam::111111111111:user/AKIDEXAMPLE');
});

test('the header is none of a signature', () => {
  for (const value of ['', 'Bearer x', 'Basic y']) {
    expect(refusal(request(GET, [['Authorization', value]])).type).toBe('MISSING_AUTHENTICATION_TOKEN');
  }
});

describe('APIs', () => {
  const gateway = (Policy?: object) =>
    new TestGateway({
      ...{ credentials: [KEY, { ...ROLE, accountId: '111111111111' }], now: () => NOW },
      methods: { 'GET /x': method(proxied(), { AuthorizationType: 'AWS_IAM' }) },
      ...(Policy ? { api: { Policy } } : {}),
    });
  const allow = (Principal: object) => ({
    Statement: [{ Effect: 'Allow', Principal, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
  });
  const to = { method: 'GET', target: '/prod/x', at: NOW };

  test('a caller of another account needs the resource policy as well', async () => {
    const headers = await signedHeaders(to, KEY);
    const refused = await gateway().send('GET', '/x', headers);
    expect(refused.status).toBe(403);
    expect(refused.text).toMatch(
      /^\{"Message":"User: arn:aws:iam::222222222222:user\/ann is not authorized to perform/,
    );
    const named = gateway(allow({ AWS: 'arn:aws:iam::222222222222:root' }));
    expect((await named.send('GET', '/x', headers)).status).toBe(200);
    expect(named.lastEvent).toMatchObject({
      requestContext: { identity: { accountId: '222222222222', user: 'AIDAANN', userArn: KEY.userArn } },
    });
    expect((await gateway().send('GET', '/x', await signedHeaders(to, ROLE))).status).toBe(200);
  });

  test('a wrong signature is answered as a gateway response', async () => {
    const headers = await signedHeaders(to, { ...KEY, secretAccessKey: 'x' });
    const { status, headers: answered, steps } = await gateway().send('GET', '/x', headers);
    expect([status, answered['x-amzn-errortype']]).toEqual([403, 'InvalidSignatureException']);
    expect(steps.find(({ stage }) => stage === 'authorizer')).toMatchObject({ refused: 'INVALID_SIGNATURE' });
  });

  test('HTTP APIs verify it too, and say no more than Forbidden', async () => {
    const http = new HttpTestGateway({
      ...{ credentials: [KEY], now: () => NOW },
      routes: {
        'GET /x': { ...guarded('JWT', withFunction()), AuthorizationType: 'AWS_IAM', AuthorizerId: undefined },
      },
    });
    const right = await signedHeaders({ ...to, target: '/x' }, KEY);
    expect((await http.send('GET', '/x', right)).status).toBe(200);
    expect(http.events[0]).toMatchObject({
      requestContext: { authorizer: { iam: { accessKey: 'AKIDEXAMPLE', userArn: KEY.userArn, userId: 'AIDAANN' } } },
    });
    const wrong = await signedHeaders({ ...to, target: '/y' }, KEY);
    expect(await http.send('GET', '/x', wrong)).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });

  test('WebSocket APIs verify handshakes, and what back ends send to connections', async () => {
    const api = new TestApi({
      ...{ credentials: [KEY], routes: { $connect: { to: 'Hello', AuthorizationType: 'AWS_IAM' } } },
      functions: { Hello: () => ({ statusCode: 200 }) },
    });
    api.now = NOW;
    const handshake = { method: 'GET', target: '/prod', at: NOW };
    const signed = Object.fromEntries(await signedHeaders(handshake, KEY));
    const client = await api.client(signed);
    expect(api.eventOf('Hello')).toMatchObject({ requestContext: { identity: { userArn: KEY.userArn } } });
    const refused = await api.client({ ...signed, host: 'other' });
    expect(refused.refusal).toMatchObject({ status: 403, text: expect.stringContaining('The request signature we') });
    const { id } = client.connection;
    const post = { method: 'POST', target: `/prod/@connections/${encodeURIComponent(id)}`, body: 'hi', at: NOW };
    expect((await api.manage('POST', id, 'hi', await signedHeaders(post, KEY))).status).toBe(200);
    expect(client.messages).toEqual(['hi']);
    expect((await api.manage('POST', id, 'ho', await signedHeaders(post, KEY))).status).toBe(403);
    expect((await api.manage('POST', id, 'hi')).text).toBe('{"message":"Missing Authentication Token"}');
    expect(client.messages).toEqual(['hi']);
  });
});
