import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type S3Client } from '@aws-sdk/client-s3';
import { DEFINITION_KEY } from '../../lib/facts/own-resources';
import { DEFINITION_MAX_BYTES } from '../../lib/facts/quotas';
import { FakeBuckets, s3Error } from '../support/fake-aws/s3';
import { fakeServer, type FakeServer } from '../support/fake-http';
import { type Json } from '../support/stacks';
import { clientOf, eventOf, handlerOf } from './deployed';

const KEY = `${'a'.repeat(64)}.json`;
const ASSET = `assets/${KEY}`;

let buckets: FakeBuckets;
let server: FakeServer;
let client: S3Client;

beforeEach(async () => {
  buckets = new FakeBuckets();
  server = await buckets.serve();
  client = clientOf(server.url);
  buckets.objects.set(ASSET, '{"paths":{"/":{"uri":"arn:%{Fn.Arn}/x"}}}');
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

const properties = (Values: Json = { 'Fn.Arn': 'fn-1' }, more: Json = {}): Json => ({
  ServiceToken: 'arn',
  Bucket: 'assets',
  Key: KEY,
  Values,
  ...more,
});

async function stores(given: Json, type: 'Create' | 'Update' = 'Create', old?: Json): Promise<string> {
  const { data } = (await handlerOf(client).handle(eventOf(type, given, old)))!;
  return String(data![DEFINITION_KEY]);
}

const contentOf = (key: string): Json => JSON.parse(buckets.objects.get(`assets/${key}`)!);

/** What is stored for an asset with this content. */
async function filled(asset: Json, values?: Json): Promise<Json> {
  buckets.objects.set(ASSET, JSON.stringify(asset));
  return contentOf(await stores(properties(values)));
}

describe('what is stored', () => {
  test('the key is that of the asset, and follows from the content', async () => {
    const [first, second] = [await stores(properties()), await stores(properties({ 'Fn.Arn': 'fn-2' }))];
    expect(first).toMatch(new RegExp(`^${KEY.replace('.', '\\.')}\\.[0-9a-f]{64}\\.json$`));
    expect(second).not.toBe(first);
    expect(await stores(properties())).toBe(first);
    expect(contentOf(first)).toEqual({ paths: { '/': { uri: 'arn:fn-1/x' } } });
    expect(contentOf(second)).toEqual({ paths: { '/': { uri: 'arn:fn-2/x' } } });
    expect(buckets.objects.get(ASSET)).toContain('%{Fn.Arn}');
  });

  test.each<[string, Json, Json, Json]>([
    ['a text', '%{A}', { A: 'a"\\\n%{B}' }, 'a"\\\n%{B}'],
    ['a list of texts', '%{A}', { A: ['x', 'y'] }, ['x', 'y']],
    ['texts around values', '%{A}-%{B}%{A}', { A: 'a', B: 'b' }, 'a-ba'],
    ['the mark itself', 'a%{}b%{}{c}', {}, 'a%b%{c}'],
    ['the mark before a name', '%{}%{A}', { A: 'a' }, '%a'],
    ['a choice that holds', { '%{if}': '?C', then: [1, '%{A}'], else: 2 }, { '?C': 'true', A: 'a' }, [1, 'a']],
    ['a choice that does not hold', { '%{if}': '?C', then: 1, else: false }, { '?C': 'false' }, false],
  ])('%s', async (_name, asset, values, expected) => {
    expect(await filled({ at: asset }, values)).toEqual({ at: expected });
  });

  test('what has no value is left out, in maps and in lists', async () => {
    const choice = { '%{if}': '?C', then: 'x' };
    const asset = { a: '%{Gone}', b: [1, '%{Gone}', 2], c: choice, d: 'kept', 'e%{}': 1 };
    expect(await filled(asset, { '?C': 'false' })).toEqual({ b: [1, 2], d: 'kept', 'e%': 1 });
  });

  test('no values at all', async () => {
    buckets.objects.set(ASSET, '{"a":1}');
    expect(contentOf(await stores(properties(undefined, { Values: undefined })))).toEqual({ a: 1 });
  });

  test('it is JSON with a checksum, one read and one write', async () => {
    const key = await stores(properties());
    expect(buckets.calls).toEqual([`GET ${ASSET}`, `PUT assets/${key}`]);
    expect(server.seen[1].headers['content-type']).toBe('application/json');
  });
});

describe('requests that come again, or end half-way', () => {
  test.each([0, 1].flatMap((call) => (['before', 'after'] as const).map((side) => [call, side] as const)))(
    'the invocation dies at request %d, %s S3 has done it; Lambda runs it again',
    async (call, side) => {
      buckets.crashAt = { call, side };
      await expect(stores(properties())).rejects.toThrow();
      buckets.crashAt = undefined;
      const key = await stores(properties());
      expect(contentOf(key)).toEqual({ paths: { '/': { uri: 'arn:fn-1/x' } } });
      expect([...buckets.objects.keys()].sort()).toEqual([ASSET, `assets/${key}`]);
    },
  );

  test('the same event twice', async () => {
    expect(await stores(properties())).toBe(await stores(properties()));
  });

  test('two stacks with the same definition and values share the object, and neither takes it away', async () => {
    const [one, other] = await Promise.all([
      stores(properties()),
      stores(properties(undefined, { ServiceToken: 'b' })),
    ]);
    expect(one).toBe(other);
    await handlerOf(client).handle(eventOf('Delete', properties()));
    expect(contentOf(other)).toBeDefined();
  });

  test('Delete asks nothing, whatever the properties are', async () => {
    await expect(handlerOf(client).handle(eventOf('Delete', properties()))).resolves.toEqual({});
    await expect(handlerOf(client).handle(eventOf('Delete', { Nonsense: '1' }))).resolves.toEqual({});
    expect(buckets.calls).toEqual([]);
  });

  test('a policy that is not known yet is waited for, on reading and on writing', async () => {
    const denied = s3Error(403, 'AccessDenied', 'Access Denied');
    buckets.scripted.push({ match: /^GET/, answer: denied }, { match: /^PUT/, answer: denied });
    const { waits, handle } = handlerOf(client);
    await handle(eventOf('Create', properties()));
    expect(waits).toEqual([1_000, 1_000]);
    expect(buckets.calls.map((call) => call.slice(0, 3))).toEqual(['GET', 'GET', 'PUT', 'PUT']);
  });
});

describe('what fails says why', () => {
  const fails = (given: Json, message: RegExp | string) => expect(stores(given)).rejects.toThrow(message);

  test('an asset that is gone, with and without permission to list', async () => {
    buckets.objects.delete(ASSET);
    await fails(properties(), `The definition s3://${ASSET} could not be read: NoSuchKey: The specified key does not`);
    buckets.allowed = [];
    await fails(
      properties(),
      /AccessDenied: .* \(tried for \d+ s\)\. If the object is no longer in the bucket, "cdk d/,
    );
  });

  test('an asset that is something else', async () => {
    buckets.objects.set(ASSET, 'openapi: 3.0.1');
    await fails(properties(), `s3://${ASSET} is not the definition that was uploaded: SyntaxError`);
  });

  test('a bucket that refuses to store', async () => {
    buckets.scripted.push({ match: /^PUT/, answer: s3Error(400, 'EntityTooLarge', 'Too large') });
    await fails(
      properties(),
      /^The definition could not be stored as s3:\/\/assets\/a+\.json\.[0-9a-f]+\.json: EntityTooLarge/,
    );
  });

  test('a definition that its values make too large', async () => {
    const text = 'x'.repeat(DEFINITION_MAX_BYTES - 20);
    buckets.objects.set(ASSET, JSON.stringify({ a: text, b: '%{A}' }));
    await stores(properties({ A: '' }));
    await fails(
      properties({ A: 'y'.repeat(20) }),
      'has 6.00 MB with its values, and API Gateway imports at most 6.00 MB',
    );
    expect(buckets.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
  });

  test.each<[string, Json, string]>([
    ['no bucket', { Bucket: undefined }, 'Bucket must be a string, not undefined.'],
    ['an empty key', { Key: '' }, 'Key must be a string, not "".'],
    ['a list of values', { Values: ['a'] }, 'Values must be a map of names to values, not ["a"].'],
    ['a text without its value', { Values: {} }, 'Values must have a text for "Fn.Arn", not nothing.'],
    ['a text with a list', { Values: { 'Fn.Arn': ['a'] } }, 'Values must have a text for "Fn.Arn", not ["a"].'],
  ])('%s', async (_name, given, message) => {
    await fails(properties(undefined, given), message);
    expect(buckets.objects.size).toBe(1);
  });
});

test('the bundle responds to CloudFormation, over a connection that is cut at first', async () => {
  const cloudFormation = await fakeServer(() => ({ status: 200 }));
  try {
    buckets.scripted.push({ match: /^GET/, answer: 'reset' });
    const event = { ...eventOf('Create', properties()), ResponseURL: `${cloudFormation.url}/put?signature=s3cret` };
    const bundle = join(__dirname, '../../assets/definition/index.js');
    const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60000 })`;
    const env = {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: server.url,
    };
    await new Promise<string>((resolve, reject) =>
      execFile(process.execPath, ['-e', script], { env }, (error, out) => (error ? reject(error) : resolve(out))),
    );
    const [, key] = [...buckets.objects.keys()];
    expect(buckets.calls).toEqual([`GET ${ASSET}`, `GET ${ASSET}`, `PUT ${key}`]);
    expect(JSON.parse(cloudFormation.seen[0].body)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'orders.Definition',
      Data: { [DEFINITION_KEY]: key.replace('assets/', '') },
    });
    expect(cloudFormation.seen[0].body.length).toBeLessThan(4096);
  } finally {
    await cloudFormation.close();
  }
});
