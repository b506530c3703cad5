import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { DEFINITION_KEY, DEFINITION_PROPERTIES as NAMES } from '../../../lib/facts/own-resources';
import { DEFINITION_MAX_BYTES } from '../../../lib/facts/quotas';
import { type DeferredValues, withValues } from '../../../lib/template/reader/deferred-values';
import { type Sleep } from '../shared/cloudformation-response';
import { type CustomResourceHandler } from '../shared/custom-resource';
import { patient } from '../shared/patience';
import { isAccessDenied, nameOf } from '../shared/service-error';
import { type DefinitionAttributes, type DefinitionProperties } from './contract';

/** What the handler needs from outside. */
export interface DefinitionEnvironment {
  readonly client: Pick<S3Client, 'send'>;
  readonly now: () => number;
  readonly sleep?: Sleep;
}

/** Stores the definition of an API with the values of the deployment. */
export function definition({ client, now, sleep }: DefinitionEnvironment): CustomResourceHandler {
  return async (event, deadline) => {
    // What a rollback or another stack needs stays; it goes with the assets that it was made of.
    if (event.RequestType === 'Delete') return {};
    const { bucket, key, values } = propertiesOf(event.ResourceProperties);
    const { s3 } = patient({ s3: client }, { deadline, now, sleep });
    const asset = await read(s3, bucket, key);
    const text = JSON.stringify(withValues(asset, new EventValues(values)));
    const bytes = Buffer.byteLength(text);
    if (bytes > DEFINITION_MAX_BYTES) throw new Error(tooLarge(bytes));
    const stored = `${key}.${createHash('sha256').update(text).digest('hex')}.json`;
    try {
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: stored, Body: text, ContentType: 'application/json' }) as never,
      );
    } catch (error) {
      throw failed(`The definition could not be stored as s3://${bucket}/${stored}`, error, '');
    }
    const data: DefinitionAttributes = { [DEFINITION_KEY]: stored };
    return { data: { ...data } };
  };
}

type Sender = { send(command: never): Promise<unknown> };

async function read(s3: Sender, bucket: string, key: string): Promise<unknown> {
  let text: string;
  try {
    const found = (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }) as never)) as {
      readonly Body: { transformToString(): Promise<string> };
    };
    text = await found.Body.transformToString();
  } catch (error) {
    // Without permission to list the bucket, a missing object is a denied one.
    const isMissing = nameOf(error) === 'NoSuchKey' || isAccessDenied(error);
    throw failed(`The definition s3://${bucket}/${key} could not be read`, error, isMissing ? MISSING : '');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failed(`s3://${bucket}/${key} is not the definition that was uploaded`, error, MISSING);
  }
}

const MISSING = ' If the object is no longer in the bucket, "cdk deploy" uploads it again.';

function failed(what: string, error: unknown, advice: string): Error {
  const { name, message } = error as Error;
  return new Error(`${what}: ${name}: ${message}.${advice}`, { cause: error });
}

function tooLarge(bytes: number): string {
  const [size, limit] = [bytes, DEFINITION_MAX_BYTES].map((one) => (one / 1024 / 1024).toFixed(2));
  return `The definition has ${size} MB with its values, and API Gateway imports at most ${limit} MB: split the API.`;
}

function propertiesOf(given: Readonly<Record<string, unknown>>) {
  const {
    [NAMES.bucket]: bucket,
    [NAMES.key]: key,
    [NAMES.values]: values = {},
  } = given as Partial<DefinitionProperties>;
  for (const [name, value] of [
    [NAMES.bucket, bucket],
    [NAMES.key, key],
  ] as const) {
    if (typeof value !== 'string' || value === '')
      throw new Error(`${name} must be a string, not ${JSON.stringify(value)}.`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new Error(`${NAMES.values} must be a map of names to values, not ${JSON.stringify(values)}.`);
  }
  return { bucket: bucket!, key: key!, values };
}

/** The values that CloudFormation has resolved. */
class EventValues implements DeferredValues {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** CloudFormation passes on nothing for `AWS::NoValue`. */
  public value(name: string): unknown {
    return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
  }

  public text(parts: readonly (string | { readonly name: string })[]): string {
    return parts.map((part) => (typeof part === 'string' ? part : this.textOf(part.name))).join('');
  }

  public choice(condition: string, yes: unknown, no: unknown): unknown {
    return this.textOf(condition) === 'true' ? yes : no;
  }

  private textOf(name: string): string {
    const value = this.value(name);
    if (typeof value === 'string') return value;
    throw new Error(`${NAMES.values} must have a text for "${name}", not ${JSON.stringify(value) ?? 'nothing'}.`);
  }
}
