import {
  type AnyIntegration,
  type ApiModel,
  type Integration,
  type V2Integration,
} from '../../../template/model/model';
import { type Text, textKey } from '../../../template/model/text';
import { UNKNOWN } from '../../../template/model/value';
import { type Rule, type RuleSeverity, type Violation } from '../../rule';
import { apiReference, callsOf, onMethod } from '../../queries/common';
import { onIntegration, type V2Use, v2IntegrationsOf } from '../../queries/v2-integrations';
import {
  formOf,
  FORMS,
  isStreamingUri,
  nameInInvocation,
  problemOfServiceUri,
  problemOfUrl,
  queueInPath,
  serviceUri,
  unreplaced,
  type UriForm,
} from '../../queries/uris';

type Problem = readonly [message: string, severity?: RuleSeverity];

const INVOCATION =
  'arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN of the function>/invocations';
/** What a proxy of type AWS_PROXY may call in a REST or WebSocket API; Firehose is only in the words of the error. */
const PROXIED = ['lambda', 'firehose', '_'];

/** The forms that a URI may have, and how they are written. */
interface Accepted {
  readonly forms: readonly UriForm[];
  readonly instead: string;
}

const URL: Accepted = { forms: ['url'], instead: 'https://…' };
const SERVICE: Accepted = {
  forms: ['service'],
  instead: 'arn:<partition>:apigateway:<region>:<service>:<path or action>/…',
};
const FUNCTION: Accepted = {
  forms: ['function', 'service'],
  instead: 'the ARN of a function, or set IntegrationSubtype',
};
const PRIVATE: Accepted = {
  forms: ['listener', 'cloudMap'],
  instead: 'the ARN of a listener or of a Cloud Map service',
};

function problemOf(model: ApiModel, uri: Text, { type }: AnyIntegration, accepted: Accepted): Problem | undefined {
  const form = formOf(model, uri);
  const open = unreplaced(uri);
  if (form === undefined || open !== undefined) {
    return open === undefined ? undefined : [`calls ${uri}, which ${open}`];
  }
  if (!accepted.forms.includes(form)) {
    const isFunction = type === 'AWS_PROXY' || form === 'function';
    const instead = isFunction && accepted === SERVICE ? INVOCATION : accepted.instead;
    return [`calls ${uri}, ${FORMS[form]}; ${String(type)} takes ${instead}`];
  }
  const what = form === 'url' ? problemOfUrl(uri) : form === 'service' ? problemOfServiceUri(model, uri) : undefined;
  if (what !== undefined) {
    return [`calls ${uri}, which ${what}`];
  }
  const queue = form === 'service' ? queueInPath(model, uri) : undefined;
  if (queue !== undefined) {
    return [`calls ${queue}; the path of SQS is <account>/<name of the queue>`, 'warning'];
  }
  const name = form === 'service' ? nameInInvocation(model, uri) : undefined;
  // AWS documents the ARN; that the name is refused is written nowhere.
  return name === undefined ? undefined : [`invokes ${name} by its name; write the ARN of the function`, 'warning'];
}

/** The type AWS_PROXY calls functions only. */
function problemOfProxy(uri: Text, { type }: AnyIntegration): Problem | undefined {
  const { service, rest = '' } = serviceUri(uri) ?? {};
  if (type !== 'AWS_PROXY' || service === undefined) {
    return undefined;
  }
  if (service === 'lambda' && rest.startsWith('action/')) {
    return [`calls ${uri}, an action; AWS_PROXY takes ${INVOCATION}`];
  }
  return !PROXIED.includes(service)
    ? [`calls the service ${service} with AWS_PROXY, which is for functions; set AWS`]
    : undefined;
}

/** Only REST APIs stream. */
function problemOfStream(uri: Text): Problem | undefined {
  return isStreamingUri(uri)
    ? [
        `invokes its function with response-streaming-invocations, which only REST APIs do; write ${INVOCATION}`,
        'warning',
      ]
    : undefined;
}

/** The URI forms of REST and WebSocket APIs, by type of integration. */
function acceptedBy({ type }: AnyIntegration): Accepted | undefined {
  switch (type) {
    case 'AWS':
    case 'AWS_PROXY':
      return SERVICE;
    case 'HTTP':
    case 'HTTP_PROXY':
      return URL;
    default:
      return undefined;
  }
}

function ofRest(model: ApiModel, integration: Integration): Problem | undefined {
  const { uri } = integration;
  const accepted = acceptedBy(integration);
  return uri === undefined || accepted === undefined
    ? undefined
    : (problemOf(model, uri, integration, accepted) ?? problemOfProxy(uri, integration));
}

function ofWebSocket(model: ApiModel, { integration }: V2Use): Problem | undefined {
  const { uri } = integration;
  const accepted = acceptedBy(integration);
  if (uri === undefined || accepted === undefined) {
    return undefined;
  }
  const found =
    problemOf(model, uri, integration, accepted) ?? problemOfProxy(uri, integration) ?? problemOfStream(uri);
  // The ARN of a function has worked, except in the console: aws/aws-cdk#13820.
  return found && formOf(model, uri) === 'function' ? [found[0], 'warning'] : found;
}

function ofHttp(model: ApiModel, { integration }: V2Use): Problem | undefined {
  const { uri, type, subtype, connectionType } = integration;
  const isProxy = (type === 'AWS_PROXY' && subtype === undefined) || type === 'HTTP_PROXY';
  if (uri === undefined || !isProxy || connectionType === UNKNOWN) {
    return undefined;
  }
  const isPrivate = connectionType === 'VPC_LINK';
  const found = problemOf(model, uri, integration, type === 'AWS_PROXY' ? FUNCTION : isPrivate ? PRIVATE : URL);
  const service = serviceUri(uri)?.service;
  if (found || type !== 'AWS_PROXY' || service === undefined || service === 'lambda' || service.includes('_')) {
    return found ?? problemOfStream(uri);
  }
  return [`calls the service ${service} by its URI; an HTTP API calls it with IntegrationSubtype`];
}

/** What is known of integrations by URI, type and what else decides: the routes of one function have the same. */
class Known<T> {
  private readonly byKey = new Map<string, T | undefined>();

  public of({ uri, type }: AnyIntegration, kind: string, compute: () => T | undefined): T | undefined {
    // Messages print what a text says in the words of its own template.
    const file = typeof uri === 'object' ? uri.file : '';
    const key = uri === undefined ? undefined : `${kind} ${String(type)} ${file} ${textKey(uri)}`;
    if (key === undefined) {
      return compute();
    }
    if (!this.byKey.has(key)) {
      this.byKey.set(key, compute());
    }
    return this.byKey.get(key);
  }
}

const kindOf = ({ connectionType, subtype }: V2Integration): string => `${String(connectionType)} ${String(subtype)}`;

export const rule: Rule = {
  id: 'ALL-INT31',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The URI of an integration has the form that its type needs',
  why:
    'API Gateway rejects a URI of another form, e.g. with "AWS ARN for integration must contain path or action" or ' +
    '"Invalid HTTP endpoint specified for URI", and the stack rolls back.',
  fix: {
    library: 'Create the integration with a factory of `RestIntegration`, `HttpIntegration` or `WebSocketIntegration`.',
    l2:
      'Use `LambdaIntegration`, `HttpIntegration` or `AwsIntegration` (`HttpLambdaIntegration`, `HttpUrlIntegration`, ' +
      '`WebSocketLambdaIntegration`), which write the URI.',
    cloudFormation:
      'Set `Uri` (`IntegrationUri` of an HTTP or WebSocket API) to `https://…` for HTTP and HTTP_PROXY, and with ' +
      '`Fn::Sub` to `arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations` for ' +
      'a Lambda function. An HTTP API also takes the ARN of the function.',
  },
  link: apiReference('PutIntegration'),
  *check(model): Iterable<Violation> {
    const known = new Known<Problem>();
    for (const { method, integration } of callsOf(model)) {
      const found = known.of(integration, 'rest', () => ofRest(model, integration));
      if (found) {
        const [message, severity] = found;
        const violation = onMethod(method, message, integration.location);
        yield severity ? { ...violation, severity } : violation;
      }
    }
    for (const use of v2IntegrationsOf(model)) {
      const { integration } = use;
      const found =
        use.api.kind === 'http'
          ? known.of(integration, kindOf(integration), () => ofHttp(model, use))
          : known.of(integration, 'websocket', () => ofWebSocket(model, use));
      if (found) {
        const [message, severity] = found;
        const violation = onIntegration(use, message);
        yield severity ? { ...violation, severity } : violation;
      }
    }
  },
};
