import { type ApiModel } from '../../template/model/model';
import { type Part, type Reference } from '../../template/model/expression';
import { isLiteral, isUnknownText, outline, referenceOf, referencesIn, type Text } from '../../template/model/text';

const FUNCTION = 'AWS::Lambda::Function';
/** What a reference to a resource is, by type and attribute; undefined is its `Ref`. */
const VALUES: Readonly<Record<string, Readonly<Record<string, UriForm>>>> = {
  [FUNCTION]: { Arn: 'function', '': 'name' },
  'AWS::Lambda::Alias': { '': 'function' },
  'AWS::Lambda::Version': { '': 'function' },
  'AWS::SQS::Queue': { Arn: 'arn', '': 'url', QueueUrl: 'url', QueueName: 'name' },
  'AWS::SNS::Topic': { '': 'arn', TopicArn: 'arn' },
  'AWS::DynamoDB::Table': { Arn: 'arn', '': 'name' },
  'AWS::S3::Bucket': { Arn: 'arn', '': 'name', DomainName: 'host', RegionalDomainName: 'host', WebsiteURL: 'url' },
  'AWS::StepFunctions::StateMachine': { '': 'arn', Arn: 'arn', Name: 'name' },
  'AWS::Kinesis::Stream': { Arn: 'arn', '': 'name' },
  'AWS::ElasticLoadBalancingV2::Listener': { '': 'listener', ListenerArn: 'listener' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { '': 'arn', LoadBalancerArn: 'arn', DNSName: 'host' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { '': 'arn', TargetGroupArn: 'arn' },
  'AWS::ServiceDiscovery::Service': { Arn: 'cloudMap', '': 'name', Id: 'name', Name: 'name' },
  'AWS::Lambda::Url': { FunctionUrl: 'url' },
};

/**
 * What a URI is by its form: the ARN of a function, of a listener, of a Cloud Map service or of anything else, the URI of a
 * service (`arn:…:apigateway:…`), a URL, a host without a scheme, or a bare name.
 */
export type UriForm = 'function' | 'listener' | 'cloudMap' | 'arn' | 'service' | 'url' | 'host' | 'name';

/** The form of a URI; undefined if only the deployment determines it. */
export function formOf(model: ApiModel, uri: Text): UriForm | undefined {
  if (isUnknownText(uri)) {
    return undefined;
  }
  const reference = referenceOf(uri);
  if (reference) {
    return valueOf(model, reference);
  }
  const text = outline(uri);
  if (text.startsWith('_')) {
    return startsWithFunction(model, uri, text) ? 'function' : undefined;
  }
  if (/^arn:/i.test(text)) {
    return formOfArn(text);
  }
  if (/^https?:\/\//i.test(text)) {
    return 'url';
  }
  // What a stage variable holds is known to the stage only.
  return /^\$\{stageVariables\./.test(text) ? undefined : /[./:]/.test(text) ? 'host' : 'name';
}

function valueOf(model: ApiModel, reference: Reference): UriForm | undefined {
  const type = model.typeOf(reference);
  const values = type !== undefined && Object.hasOwn(VALUES, type) ? VALUES[type] : undefined;
  return values?.[reference.attribute ?? ''];
}

/** `${Fn.Arn}:live`. */
function startsWithFunction(model: ApiModel, uri: Text, text: string): boolean {
  const [first] = referencesIn(uri);
  return /^_:[^/]*$/.test(text) && first !== undefined && valueOf(model, first) === 'function';
}

function formOfArn(text: string): UriForm | undefined {
  // A region that Fn::Sub did not replace has colons too.
  const [, , service, , , ...rest] = text.replace(/\$\{[^${}]*\}/g, '_').split(':');
  switch (service) {
    case 'apigateway':
      return 'service';
    case 'lambda':
      return 'function';
    case 'elasticloadbalancing':
      return rest.join(':').startsWith('listener') ? 'listener' : 'arn';
    case 'servicediscovery':
      return 'cloudMap';
    default:
      return service === undefined || service.includes('_') ? undefined : 'arn';
  }
}

/** In words, for messages. */
export const FORMS: Readonly<Record<UriForm, string>> = {
  function: 'the ARN of a function',
  listener: 'the ARN of a listener',
  cloudMap: 'the ARN of a Cloud Map service',
  arn: 'the ARN of a resource',
  service: 'the URI of an AWS service',
  url: 'a URL',
  host: 'which begins with neither `https://` nor `http://`',
  name: 'a name',
};

/** The operations of the Lambda API that invoke a function, each with its version; the function is between them. */
const INVOCATION =
  /^path\/(?:2015-03-31\/functions\/([^/]+)\/invocations|2021-11-15\/functions\/([^/]+)\/response-streaming-invocations|2014-11-13\/functions\/([^/]+)\/invoke-async\/?)$/;

const isStageVariable = (part: Part): boolean =>
  typeof part === 'object' && part.kind === 'missing' && part.logicalId === 'stageVariables';

/** The problem of a `${…}` that is not replaced: in a text without Fn::Sub, only stage variables are; in one, they are not. */
export function unreplaced(uri: Text): string | undefined {
  const variable = typeof uri === 'string' ? undefined : uri.parts.find(isStageVariable);
  if (typeof variable === 'object') {
    const name = variable.attribute ?? '';
    return `has \`\${stageVariables.${name}}\` in a Fn::Sub, which looks for a resource of that name; write \`\${!stageVariables.${name}}\``;
  }
  const found = /\$\{(?!stageVariables\.)[^${}]*\}/.exec(outline(uri))?.[0];
  return found && `has \`${found}\`, which nothing replaces: the text is not in a Fn::Sub`;
}

const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+(:[^:]+)?$/;

/** The parts of `arn:<partition>:apigateway:<region>:<service>:<path or action>`. */
export interface ServiceUri {
  readonly region: string;
  /** Without a host in front of it; `_` if only the deployment determines it. */
  readonly service: string;
  readonly rest: string;
}

/** The parts of the URI of a service; undefined if one is missing. */
export function serviceUri(uri: Text): ServiceUri | undefined {
  const [, region, service, rest] = /^arn:[^:]*:apigateway:([^:]*):([^:]*):(.*)$/s.exec(outline(uri)) ?? [];
  return region === undefined ? undefined : { region, service: service.split('.').at(-1) ?? service, rest };
}

/** The problem of the URI of a service, whatever it calls. */
export function problemOfServiceUri(model: ApiModel, uri: Text): string | undefined {
  const parts = serviceUri(uri);
  if (parts === undefined) {
    return 'lacks a part of arn:<partition>:apigateway:<region>:<service>:<path or action>/…';
  }
  const { region, service, rest } = parts;
  if (!region.includes('_') && !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    return `has the Region "${region}"`;
  }
  if (!rest.startsWith('_') && !/^(path\/|action\/.)/.test(rest)) {
    return `names neither a path nor an action behind "${service}:"`;
  }
  if (service !== 'lambda') {
    const isFunction = /^path\/\d{4}-\d{2}-\d{2}\/functions\//.test(rest) && !service.includes('_');
    return isFunction ? `invokes a function, but names the service "${service}"` : undefined;
  }
  const isWhole = rest.startsWith('path/') && !endsOpen(model, uri);
  if (isWhole && !INVOCATION.test(rest)) {
    return 'is not an invocation: path/2015-03-31/functions/<ARN of the function>/invocations';
  }
  const name = functionIn(rest);
  return name?.startsWith('arn:') && !FUNCTION_ARN.test(name)
    ? `invokes ${name}, which is not the ARN of a function`
    : undefined;
}

/** The function between the words of an invocation. */
function functionIn(rest: string): string | undefined {
  const [, ...names] = INVOCATION.exec(rest) ?? [];
  return names.find((one) => one !== undefined);
}

/** Whether only the deployment determines the end of the text. */
function endsOpen(model: ApiModel, uri: Text): boolean {
  const last = isLiteral(uri) ? undefined : uri.parts.at(-1);
  return typeof last === 'object' && valueOf(model, last) === undefined;
}

/** The function of an invocation by its name instead of its ARN. */
export function nameInInvocation(model: ApiModel, uri: Text): string | undefined {
  const parts = serviceUri(uri);
  const name = parts?.service === 'lambda' ? functionIn(parts.rest) : undefined;
  if (name === undefined || name.includes('${stageVariables')) {
    return undefined;
  }
  if (name !== '_') {
    return /[_:]/.test(name) ? undefined : name;
  }
  const target = referencesIn(uri).find((one) => model.typeOf(one) === FUNCTION && one.attribute === undefined);
  return target && !/:function:_/.test(outline(uri)) ? target.logicalId : undefined;
}

/** Whether the URI invokes a function and gets its response. */
export function isInvocationUri(uri: Text): boolean {
  const parts = serviceUri(uri);
  return (
    parts !== undefined &&
    /lambda|_/.test(parts.service) &&
    /^(path\/|_)/.test(parts.rest) &&
    !parts.rest.includes('/invoke-async')
  );
}

const STREAMING = /^path\/2021-11-15\/functions\/.*\/response-streaming-invocations$/;

/** Whether the URI invokes a function so that it streams its response. */
export const isStreamingUri = (uri: Text | undefined): boolean =>
  uri !== undefined && STREAMING.test(serviceUri(uri)?.rest ?? '');

/** The problem of a URL: what it begins with, or characters that RFC 3986 does not have. */
export function problemOfUrl(uri: Text): string | undefined {
  const text = outline(uri);
  const wrong = /[\s<>"\\^`|]/.exec(text)?.[0];
  if (wrong !== undefined) {
    return `has the character "${wrong}"; URLs are encoded`;
  }
  return /^https?:\/\/[/?#]/i.test(text) || /^https?:\/\/$/i.test(text) ? 'has no host' : undefined;
}

/** The queue in the URI of a service by its ARN or URL; the path of SQS is account and name. */
export function queueInPath(model: ApiModel, uri: Text): string | undefined {
  const parts = serviceUri(uri);
  if (parts?.service !== 'sqs' || !parts.rest.startsWith('path/')) {
    return undefined;
  }
  const written = /arn:|https?:/.exec(parts.rest)?.[0];
  const queue = referencesIn(uri).find((one) => ['arn', 'url'].includes(valueOf(model, one) ?? ''));
  return written === undefined
    ? queue && `${queue.logicalId}, by its ${valueOf(model, queue) === 'arn' ? 'ARN' : 'URL'}`
    : 'a queue by its ARN or URL';
}
