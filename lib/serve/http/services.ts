import { dnsSuffixOf } from '../../facts/partitions';
import { type HttpCall } from '../backends';
import { parsedJson, type Json, type JsonObject } from '../json';

/** A call of an AWS service but for what all calls have. */
export type ServiceRequest = Pick<HttpCall, 'method' | 'url' | 'headers' | 'body' | 'service'>;

type Values = Readonly<Record<string, string>>;
type Made = (values: Values, region: string) => ServiceRequest;

/**
 * The calls of AWS services by integration subtype; undefined for one that is not known.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export function serviceRequest(subtype: string, parameters: Values, region: string): ServiceRequest | undefined {
  const { Region = region, ...values } = parameters;
  return Object.hasOwn(CALLS, subtype) ? CALLS[subtype](values, Region) : undefined;
}

const CALLS: Readonly<Record<string, Made>> = {
  'SQS-SendMessage': queue('SendMessage'),
  'SQS-ReceiveMessage': queue('ReceiveMessage'),
  'SQS-DeleteMessage': queue('DeleteMessage'),
  'SQS-PurgeQueue': queue('PurgeQueue'),
  'EventBridge-PutEvents': withJson('events', 'AWSEvents.PutEvents', (values) => ({ Entries: [eventOf(values)] })),
  'Kinesis-PutRecord': withJson('kinesis', 'Kinesis_20131202.PutRecord', (values) => ({ ...values })),
  'StepFunctions-StartExecution': withJson('states', 'AWSStepFunctions.StartExecution', inCamelCase),
  'StepFunctions-StartSyncExecution': withJson('states', 'AWSStepFunctions.StartSyncExecution', inCamelCase, 'sync-'),
  'StepFunctions-StopExecution': withJson('states', 'AWSStepFunctions.StopExecution', inCamelCase),
  'AppConfig-GetConfiguration': configuration,
};

/** Queues take forms, and lists and maps as numbered parameters. */
function queue(action: string): Made {
  return (values, region) => {
    const form = new URLSearchParams({ Action: action, Version: '2012-11-05' });
    for (const [name, value] of Object.entries(values)) {
      for (const [key, each] of numbered(name, value)) form.append(key, each);
    }
    return {
      method: 'POST',
      url: `https://sqs.${region}.${dnsSuffixOf(region)}/`,
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: Buffer.from(form.toString(), 'utf8'),
      service: { name: 'sqs', region, action },
    };
  };
}

function numbered(name: string, value: string): ReadonlyArray<readonly [string, string]> {
  if (/^(AttributeName|MessageAttributeNames)$/.test(name)) {
    const key = name.replace(/s$/, '');
    return listOf(value).map((each, index) => [`${key}.${index + 1}`, String(each)] as const);
  }
  const attributes = /^Message(System)?Attributes$/.test(name) ? parsedJson(value) : undefined;
  if (typeof attributes !== 'object' || attributes === null) return [[name, value]];
  const key = name.replace(/s$/, '');
  return Object.entries(attributes as JsonObject).flatMap(([attribute, content], index) => [
    [`${key}.${index + 1}.Name`, attribute] as const,
    ...Object.entries((content ?? {}) as JsonObject).map(
      ([part, each]) => [`${key}.${index + 1}.Value.${part}`, String(each)] as const,
    ),
  ]);
}

/** A list as JSON, or with commas. */
function listOf(value: string): readonly Json[] {
  const json = parsedJson(value);
  if (Array.isArray(json)) return json as readonly Json[];
  return value.split(',').map((each) => each.trim());
}

function withJson(name: string, target: string, body: (values: Values) => JsonObject, hostPrefix = ''): Made {
  const version = name === 'states' ? '1.0' : '1.1';
  return (values, region) => ({
    method: 'POST',
    url: `https://${hostPrefix}${name}.${region}.${dnsSuffixOf(region)}/`,
    headers: [
      ['Content-Type', `application/x-amz-json-${version}`],
      ['X-Amz-Target', target],
    ],
    body: Buffer.from(JSON.stringify(body(values)), 'utf8'),
    service: { name, region, action: target.split('.')[1] },
  });
}

/** The time as seconds, and the resources as a list. */
function eventOf({ Time, Resources, ...values }: Values): JsonObject {
  const seconds = Number.isNaN(Number(Time)) ? Date.parse(Time ?? '') / 1000 : Number(Time);
  return {
    ...values,
    ...(Time === undefined ? {} : { Time: Number.isNaN(seconds) ? Time : seconds }),
    ...(Resources === undefined ? {} : { Resources: [...listOf(Resources)] }),
  };
}

function inCamelCase(values: Values): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
  );
}

function configuration(values: Values, region: string): ServiceRequest {
  const part = (name: string): string => encodeURIComponent(values[name] ?? '');
  const query = new URLSearchParams({ client_id: values.ClientId ?? '' });
  if (values.ClientConfigurationVersion !== undefined) {
    query.append('client_configuration_version', values.ClientConfigurationVersion);
  }
  const path = `applications/${part('Application')}/environments/${part('Environment')}/configurations/${part('Configuration')}`;
  return {
    method: 'GET',
    url: `https://appconfig.${region}.${dnsSuffixOf(region)}/${path}?${query.toString()}`,
    headers: [],
    body: new Uint8Array(),
    service: { name: 'appconfig', region, action: 'GetConfiguration' },
  };
}
