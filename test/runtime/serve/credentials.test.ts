import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../runtime/cli/io';
import { signingCredentials } from '../../../runtime/serve/credentials';
import { parseOptions } from '../../../runtime/serve/options';

const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: unknown) {
  const file = join(folder, 'keys.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return signingCredentials(file);
}

function faultOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test('a credential as the CLI of AWS exports it', () => {
  const exported = { Version: 1, AccessKeyId: 'A', SecretAccessKey: 's', SessionToken: 't' };
  expect(read({ ...exported, Expiration: '2025-01-01T00:00:00+00:00', AccountId: '1' })).toEqual([
    { accessKeyId: 'A', secretAccessKey: 's', sessionToken: 't', expiresAt: Date.UTC(2025, 0, 1), accountId: '1' },
  ]);
});

test('several of them, that say whose they are', () => {
  const keys = [
    { AccessKeyId: 'A', SecretAccessKey: 's', UserArn: 'arn:aws:iam::222222222222:user/ann', UserId: 'AIDA' },
    { AccessKeyId: 'B', SecretAccessKey: 't' },
  ];
  const userArn = 'arn:aws:iam::222222222222:user/ann';
  expect(read(keys)).toEqual([
    { accessKeyId: 'A', secretAccessKey: 's', accountId: '222222222222', userArn, userId: 'AIDA' },
    { accessKeyId: 'B', secretAccessKey: 't' },
  ]);
});

test.each([
  ['{', /keys\.json: .*JSON/],
  [[{ AccessKeyId: 'A', SecretAccessKey: 's' }, {}], /number 2: it needs an AccessKeyId and a SecretAccessKey/],
  [{ AccessKeyId: 'A', SecretAccessKey: 's', Expiration: 'soon' }, /the Expiration "soon" is not a time/],
])('%j is refused', (content, message) => {
  expect(faultOf(() => read(content))).toMatch(message);
});

describe('without a file', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  test('those of the shell', () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' });
    expect(signingCredentials(undefined)).toEqual([{ accessKeyId: 'A', secretAccessKey: 's', sessionToken: 't' }]);
    delete process.env.AWS_ACCESS_KEY_ID;
    expect(faultOf(() => signingCredentials(undefined))).toMatch(/^--iam verify needs AWS_ACCESS_KEY_ID/);
  });
});

test('the options', () => {
  expect(parseOptions([])?.iam).toEqual({ verify: false });
  expect(parseOptions(['--iam', 'present'])?.iam).toEqual({ verify: false });
  expect(parseOptions(['--iam', 'verify'])?.iam).toEqual({ verify: true });
  expect(parseOptions(['--iam-credentials', 'f'])?.iam).toEqual({ verify: true, file: 'f' });
  expect(faultOf(() => parseOptions(['--iam', 'maybe']))).toBe('--iam maybe: write verify or present.');
  expect(faultOf(() => parseOptions(['--iam', 'present', '--iam-credentials', 'f']))).toMatch(/verifies nothing/);
});
