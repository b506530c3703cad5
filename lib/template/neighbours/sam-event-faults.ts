import { type SamFault } from '../model/sam';
import { dict, entriesOf, given, isIntrinsic, type Json, list, text } from '../sam/json';
import { API, definedOf, HTTP_API, type SamTemplate } from './sam-template';

type Fault = Omit<SamFault, 'location'> & { readonly path: readonly string[] };

const KINDS = { Api: { type: API, property: 'RestApiId' }, HttpApi: { type: HTTP_API, property: 'ApiId' } } as const;
type Kind = keyof typeof KINDS;

const METHODS = [
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'any',
  'x-amazon-apigateway-any-method',
  '*',
];
const PARAMETER = /^method\.request\.(querystring|path|header)\./;

/** What is wrong with events of APIs. */
export function eventFaults(whole: SamTemplate, events: unknown): Fault[] {
  return entriesOf(events).flatMap(([name, value]) => {
    const event = dict(value) ?? {};
    const type = text(event.Type) ?? '';
    const kind = (Object.keys(KINDS) as Kind[]).find((one) => one.toLowerCase() === type.toLowerCase());
    const found: Fault[] =
      kind === undefined
        ? []
        : kind !== type
          ? [{ path: ['Type'], message: `is of the type ${type}; write ${kind}` }]
          : inEvent(whole, kind, dict(event.Properties) ?? {}).map((one) => ({
              ...one,
              path: ['Properties', ...one.path],
            }));
    return found.map((one) => ({ ...one, path: ['Events', name, ...one.path], message: `${name} ${one.message}` }));
  });
}

function inEvent(whole: SamTemplate, kind: Kind, properties: Json): Fault[] {
  const { type, property } = KINDS[kind];
  const written = given(properties[property]);
  const logicalId = text(written) ?? (isIntrinsic(written) ? text(written.Ref) : undefined);
  const found = logicalId === undefined ? undefined : whole.typeOf(logicalId);
  if (written !== undefined && found !== type) {
    return [...methodFaults(properties.Method), ...referenceFaults(whole, logicalId, kind, found)];
  }
  const api = whole.api(logicalId, type);
  // SAM leaves a definition of somebody else as it is.
  const isManaged = given(api.DefinitionBody) === undefined && given(api.DefinitionUri) === undefined;
  return [
    ...methodFaults(properties.Method),
    ...(isManaged ? authorizerFaults(kind, properties.Auth, api.Auth) : []),
    ...(isManaged && kind === 'Api' ? requestFaults(properties, api.Models) : []),
  ];
}

/** SAM looks for the API among the resources that are written, before it knows parameters and functions. */
function referenceFaults(
  whole: SamTemplate,
  logicalId: string | undefined,
  kind: Kind,
  found: string | undefined,
): Fault[] {
  const { type, property } = KINDS[kind];
  if (found === undefined) {
    const what = logicalId === undefined ? 'a function' : `"${logicalId}"`;
    const message = `has ${what} as its ${property}; SAM takes !Ref of an ${type} of the same template`;
    return whole.isExtended ? [] : [{ path: [property], message }];
  }
  // SAM takes an `HttpApi` event of a REST API, and adds the permission alone.
  const severity = kind === 'HttpApi' ? { severity: 'warning' as const } : {};
  const message = `is of the type ${kind}, but ${logicalId} is of type ${found} and not ${type}`;
  return found === API || found === HTTP_API ? [{ path: [property], message, ...severity }] : [];
}

const methodFaults = (method: unknown): Fault[] =>
  typeof method === 'string' && !METHODS.includes(method.toLowerCase())
    ? [{ path: ['Method'], message: `has the Method "${method}", which is not a method of HTTP`, severity: 'warning' }]
    : [];

function authorizerFaults(kind: Kind, written: unknown, ofApi: unknown): Fault[] {
  const name = dict(written)?.Authorizer;
  const auth = dict(ofApi) ?? {};
  const { Authorizers: authorizers, DefaultAuthorizer: byDefault, EnableIamAuthorizer: isIam } = auth;
  if (typeof name !== 'string' || name === '' || isIntrinsic(ofApi) || isIntrinsic(authorizers)) return [];
  const path = ['Auth', 'Authorizer'];
  if (name === 'NONE') {
    return given(byDefault) === undefined
      ? [{ path, message: 'has the Authorizer NONE, which SAM takes only if its API has a DefaultAuthorizer' }]
      : [];
  }
  const names = entriesOf(authorizers).map(([key]) => key);
  const isBuiltIn = name === 'AWS_IAM' && (kind === 'Api' || isIntrinsic(isIam) || String(isIam) === 'true');
  return isBuiltIn || names.includes(name)
    ? []
    : [{ path, message: `has the Authorizer ${name}; ${definedOf(names)}` }];
}

function requestFaults(properties: Json, models: unknown): Fault[] {
  const model = dict(properties.RequestModel)?.Model;
  const names = entriesOf(models).map(([name]) => name);
  const missing: Fault[] =
    typeof model === 'string' && model !== '' && !isIntrinsic(models) && !names.includes(model)
      ? [{ path: ['RequestModel', 'Model'], message: `has the model ${model}; ${definedOf(names)}` }]
      : [];
  const parameters = list(properties.RequestParameters).flatMap((one, index): Fault[] => {
    const name = typeof one === 'string' ? one : Object.keys(dict(one) ?? {})[0];
    return name === undefined || PARAMETER.test(name)
      ? []
      : [
          {
            path: ['RequestParameters', String(index)],
            message: `has the request parameter "${name}"; write method.request.header.X, .querystring.X or .path.X`,
          },
        ];
  });
  return [...missing, ...parameters];
}
