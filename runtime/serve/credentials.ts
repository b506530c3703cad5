import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../../lib/serve/json';
import { type KnownCredential } from '../../lib/serve/credential';
import { UsageError } from '../cli/io';
import { type Credentials } from './backends/services';

/** The credentials of this shell. @param option which one needs them */
export function shellCredentials(option: string): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new UsageError(
      `${option} needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; "aws configure export-credentials --format env" prints them.`,
    );
  }
  return {
    ...{ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/** What signatures are verified with: the credentials of a file, otherwise those of this shell. */
export function signingCredentials(file: string | undefined): readonly KnownCredential[] {
  if (file === undefined) return [shellCredentials('--iam verify')];
  const written = readJson(file);
  const all = Array.isArray(written) ? (written as readonly Json[]) : [written];
  return all.map((each, index) => credentialOf(each, `--iam-credentials ${file}, number ${index + 1}`));
}

function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new UsageError(`--iam-credentials ${file}: ${(error as Error).message}`);
  }
}

/** As `aws configure export-credentials` prints it. */
function credentialOf(written: Json, where: string): KnownCredential {
  const value: JsonObject = isObject(written) ? written : {};
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId, UserArn, UserId } = value;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw new UsageError(
      `${where}: it needs an AccessKeyId and a SecretAccessKey, as "aws configure export-credentials" prints them; UserArn, UserId and AccountId may say whose they are.`,
    );
  }
  const expiresAt = typeof Expiration === 'string' ? Date.parse(Expiration) : undefined;
  if (expiresAt !== undefined && Number.isNaN(expiresAt)) {
    throw new UsageError(`${where}: the Expiration ${JSON.stringify(Expiration)} is not a time.`);
  }
  const account = typeof AccountId === 'string' ? AccountId : accountOf(UserArn);
  return {
    ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    ...(typeof SessionToken === 'string' ? { sessionToken: SessionToken } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(account === undefined ? {} : { accountId: account }),
    ...(typeof UserArn === 'string' ? { userArn: UserArn } : {}),
    ...(typeof UserId === 'string' ? { userId: UserId } : {}),
  };
}

const accountOf = (arn: Json | undefined): string | undefined =>
  typeof arn === 'string' ? arn.split(':')[4] || undefined : undefined;
