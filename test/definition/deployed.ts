import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { DEFINITION_TYPE } from '../../lib/facts/own-resources';
import { definition } from '../../runtime/handlers/definition/handler';
import { type CustomResourceEvent } from '../../runtime/handlers/shared/custom-resource';
import { type FakeBuckets } from '../support/fake-aws/s3';
import { type Json } from '../support/stacks';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Stack',
};

/** A part of a template as CloudFormation resolves it: every resource has a made-up value, and conditions are as given. */
export function resolved(value: Json, conditions: Readonly<Record<string, boolean>> = {}): Json {
  const of = (inner: Json): Json => resolved(inner, conditions);
  if (typeof value === 'string')
    return value.replace(/\{\{resolve:([^{}]*)\}\}/g, (_, name: string) => `value of ${name}`);
  if (Array.isArray(value)) return value.map(of).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...others] = Object.keys(value);
  if (others.length > 0 || !(name === 'Ref' || name?.startsWith('Fn::'))) {
    const entries = Object.entries(value).map(([key, item]) => [key, of(item)]);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  const argument = value[name];
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : (PSEUDO[argument] ?? `ref-of-${argument}`);
    case 'Fn::GetAtt':
      return `attribute "${[argument].flat().join('.')}"`;
    case 'Fn::ImportValue':
      return `import of ${of(argument)}`;
    case 'Fn::Join':
      return of(of(argument[1]).join(argument[0]));
    case 'Fn::Select':
      return of(argument[1])[Number(of(argument[0]))];
    case 'Fn::Split':
      return of(argument[1]).split(argument[0]);
    case 'Fn::If':
      return of(conditions[argument[0]] ? argument[1] : argument[2]);
    case 'Fn::Sub': {
      const [text, own] = [argument].flat();
      const filled = text.replace(/\$\{([^{}]*)\}/g, (_: string, key: string) => {
        if (key.startsWith('!')) return `\${${key.slice(1)}}`;
        if (own && key in own) return of(own[key]);
        return key.includes('.') ? of({ 'Fn::GetAtt': key }) : of({ Ref: key });
      });
      return of(filled);
    }
    default:
      throw new Error(`the test does not know ${name}`);
  }
}

/** What reaches a custom resource: CloudFormation passes no other scalars than texts. */
export function asSent(value: Json): Json {
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asSent(item)]));
}

/** The request for the custom resource with these properties. */
export function eventOf(type: CustomResourceEvent['RequestType'], properties: Json, old?: Json): CustomResourceEvent {
  return {
    RequestType: type,
    ResponseURL: 'http://unused.invalid',
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1',
    RequestId: 'request',
    ResourceType: DEFINITION_TYPE,
    LogicalResourceId: 'Definition',
    ...(type !== 'Create' && { PhysicalResourceId: 'orders.Definition' }),
    ResourceProperties: properties,
    ...(old !== undefined && { OldResourceProperties: old }),
  };
}

/** A client of the fake, which sends each request once. */
export function clientOf(endpoint: string): S3Client {
  return new S3Client({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
}

/** The handler, with a clock that only its waits move. */
export function handlerOf(client: S3Client) {
  const waits: number[] = [];
  const now = () => waits.reduce((sum, one) => sum + one, 0);
  const sleep = async (millis: number) => void waits.push(millis);
  return { waits, handle: (event: CustomResourceEvent) => definition({ client, now, sleep })(event, 90_000) };
}

/** Uploads the assets of a synthesized app, as `cdk deploy` does. */
export function publishAll(directory: string, buckets: FakeBuckets): void {
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.assets.json'))) {
    const manifest = JSON.parse(readFileSync(join(directory, name), 'utf8'));
    for (const { source, destinations } of Object.values<Json>(manifest.files)) {
      if (source.packaging !== 'file') continue;
      for (const { bucketName, objectKey } of Object.values<Json>(destinations)) {
        const bucket = resolved({ 'Fn::Sub': bucketName });
        buckets.objects.set(`${bucket}/${objectKey}`, readFileSync(join(directory, source.path), 'utf8'));
      }
    }
  }
}
