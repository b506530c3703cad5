import { dnsSuffixOf } from '../facts/partitions';
import { type HttpCall } from './backends';
import { headerOf, type HeaderFields } from './exchange';
import { misconfigured } from './refusal';
import { type LambdaTarget } from '../template/model/common';

/** Whether an integration with AWS calls a function. */
export const isFunction = ({
  uri,
  source,
}: {
  readonly uri: string;
  readonly source: { readonly lambda?: LambdaTarget };
}): boolean => source.lambda !== undefined || /:lambda:path\/[\d-]+\/functions\//.test(uri);

/** Services that take their action in a header and their parameters as JSON. */
const URI = /^arn:[^:]+:apigateway:([^:]+):(?:([^:.]+)\.)?([^:.]+):(action|path)\/(.*)$/s;

/**
 * The call of an AWS service, out of `arn:aws:apigateway:{region}:{subdomain.service}:{action|path}/…`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function serviceCall(uri: string, query: HeaderFields, base: Omit<HttpCall, 'url' | 'service'>): HttpCall {
  const [, region, subdomain, name, how, rest] = URI.exec(uri) ?? [];
  if (name === undefined) throw misconfigured(`The URI of the service cannot be read: ${uri}`);
  const prefix = name === 'states' && rest.startsWith('StartSyncExecution') ? 'sync-' : '';
  const host = `${subdomain === undefined ? '' : `${subdomain}.`}${prefix}${name}.${region}.${dnsSuffixOf(region)}`;
  const [path, written = ''] = how === 'path' ? rest.split(/\?(.*)/s) : ['', ''];
  const parameters: HeaderFields =
    how === 'action'
      ? [
          ...rest.split('&').map((each, index): [string, string] => (index === 0 ? ['Action', each] : pair(each))),
          ...query,
        ]
      : query;
  const text = [written, ...parameters.map((each) => each.map(encodeURIComponent).join('='))].filter(
    (each) => each !== '',
  );
  const target = base.headers.some(([header]) => header.toLowerCase() === 'x-amz-target');
  const isJson = how === 'action' && query.length === 0 && base.body.length > 0;
  const search = isJson ? [] : text;
  const headers: HeaderFields =
    isJson && !target ? [...base.headers, ['X-Amz-Target', targetOf(name, rest)]] : base.headers;
  const action =
    how === 'action' ? rest.split('&')[0] : actionIn(headers, [written, Buffer.from(base.body).toString()]);
  return {
    ...{ ...base, headers },
    // `sns:path//` is the root of the service, as `sns:path/` is.
    url: `https://${host}/${path.replace(/^\/+/, '')}${search.length === 0 ? '' : `?${search.join('&')}`}`,
    service: { name, region, ...(action === undefined ? {} : { action }) },
  };
}

/** The action that a call names itself: in the header of a JSON protocol, or as a parameter in its query or its form. */
function actionIn(headers: HeaderFields, forms: readonly string[]): string | undefined {
  const target = headerOf(headers, 'x-amz-target')?.split('.').at(-1);
  return target ?? forms.flatMap((form) => /(?:^|&)Action=(\w+)/.exec(form)?.[1] ?? []).at(0);
}

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** The names by which services with a JSON protocol know their version. */
const TARGETS: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  kinesis: 'Kinesis_20131202',
  firehose: 'Firehose_20150804',
  logs: 'Logs_20140328',
  sqs: 'AmazonSQS',
  ssm: 'AmazonSSM',
  states: 'AWSStepFunctions',
};

const targetOf = (service: string, action: string): string => `${TARGETS[service] ?? service}.${action}`;
