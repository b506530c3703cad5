import {
  type AnyApi,
  type AnyRoute,
  type AnyStage,
  type ApiModel,
  type Integration,
  type Location,
  type Method,
  type MethodSetting,
  type RestApi,
  type Stage,
} from '../../template/model/model';
import { resourceKey, sameResource } from '../../template/model/place';
import { isLiteral, outline, referenceTo, type Text, textKey, type Texts } from '../../template/model/text';
import { isKnown, knownOr, UNKNOWN, type Value } from '../../template/model/value';
import { type Violation } from '../rule';

/** A page of the developer guide. */
export const guide = (page: string): string =>
  `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`;

/** The CloudFormation reference of a resource or property type of API Gateway. */
export const cloudFormation = (page: string): string =>
  `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-${page}.html`;

/** A call of the control plane, with the constraints of each parameter. */
export const apiReference = (page: string): string =>
  `https://docs.aws.amazon.com/apigateway/latest/api/API_${page}.html`;

/** `GET /orders/{id}`, whatever the kind of API; `$connect`, `$default`… if a route has no method. */
export function routeOf(route: AnyRoute): string {
  if ('routeKey' in route) return knownOr(route.routeKey, `the route ${route.location.logicalId}`);
  const { httpMethod, path, location } = route;
  return isKnown(httpMethod) ? `${httpMethod} ${path}` : `the method ${location.logicalId} of ${path}`;
}

export const stageLabel = (stage: AnyStage): string => `stage "${knownOr(stage.stageName, stage.location.logicalId)}"`;

/** `usage plan Plan`; of what SAM makes, e.g. `the usage plan of Api`: SAM generates its logical id. */
export function labelIn({ written }: ApiModel, kind: string, location: Location): string {
  const { logicalId } = written(location);
  return logicalId === location.logicalId ? `${kind} ${logicalId}` : `the ${kind} of ${logicalId}`;
}

/** A violation that belongs to one route of an API of any kind, acknowledged by its key. */
export const onRoute = (route: AnyRoute, message: string, location: Location = route.location): Violation => ({
  location,
  message: `${routeOf(route)} ${message}`,
  key: routeOf(route),
});

/** A violation that belongs to one method, acknowledged by its route. */
export const onMethod: (method: Method, message: string, location?: Location) => Violation = onRoute;

/** A place inside another. */
export const inside = (location: Location, ...path: string[]): Location => ({
  ...location,
  path: [...location.path, ...path],
});

export { resourceKey, sameResource };

/**
 * Whether no other API can be this one. An API that is not in the templates has as many names as there are parameters and
 * imports of it.
 */
export const isTold = ({ reference }: AnyApi): boolean => reference === undefined || isLiteral(reference.text);

/** Whether the two are known to be different. */
export const areDifferent = (a: AnyApi, b: AnyApi): boolean => a !== b && isTold(a) && isTold(b);

/** What names the API in an ARN or a dimension, as the key of a text. */
export const idKey = ({ reference, location }: AnyApi): string => textKey(reference?.text ?? referenceTo(location));

/** Whether it is one, or only the deployment knows. */
export const mayBePreflight = (route: AnyRoute): boolean =>
  isPreflight(route) || route.httpMethod === UNKNOWN || ('routeKey' in route && route.routeKey === UNKNOWN);

/** A CORS preflight: browsers send it without credentials. */
export const isPreflight = (route: AnyRoute): boolean => route.httpMethod === 'OPTIONS';

/** Whether the service does not authenticate callers of this route. */
export const isOpen = (route: AnyRoute): boolean =>
  route.authorizationType === undefined || route.authorizationType === 'NONE';

/** Names of the `{variables}` in a path, without the `+` of a greedy one. */
export function pathVariables(text: Text): string[] {
  const path = outline(text);
  const names: string[] = [];
  for (let end = path.indexOf('}'); end >= 0; end = path.indexOf('}', end + 1)) {
    const start = path.lastIndexOf('{', end) + 1;
    const name = path.slice(start, end);
    if (start > 0 && name !== '' && !name.includes('}')) {
      names.push(name.length > 1 && name.endsWith('+') ? name.slice(0, -1) : name);
    }
  }
  return names;
}

const methodsByModel = new WeakMap<ApiModel, readonly { api: RestApi; method: Method }[]>();

/** All methods; gathered once, since twenty rules go through them. */
export function methodsOf(model: ApiModel): readonly { api: RestApi; method: Method }[] {
  let methods = methodsByModel.get(model);
  if (!methods) {
    methods = model.restApis.flatMap((api) => api.methods.map((method) => ({ api, method })));
    methodsByModel.set(model, methods);
  }
  return methods;
}

export interface Call {
  readonly api: RestApi;
  readonly method: Method;
  readonly integration: Integration;
}

const callsByModel = new WeakMap<ApiModel, readonly Call[]>();

/** All methods whose integration is known; gathered once. */
export function callsOf(model: ApiModel): readonly Call[] {
  let calls = callsByModel.get(model);
  if (!calls) {
    calls = methodsOf(model).flatMap(({ api, method }) =>
      isKnown(method.integration) ? { api, method, integration: method.integration } : [],
    );
    callsByModel.set(model, calls);
  }
  return calls;
}

export function* stagesOf(model: ApiModel): Iterable<{ stage: Stage; api?: RestApi }> {
  for (const api of model.restApis) {
    for (const stage of api.stages) {
      yield { stage, api };
    }
  }
  for (const stage of model.detachedStages) {
    yield { stage };
  }
}

export function* settingsOf(model: ApiModel): Iterable<{ stage: Stage; setting: MethodSetting; api?: RestApi }> {
  for (const { stage, api } of stagesOf(model)) {
    for (const setting of knownOr(stage.methodSettings, [])) {
      yield { stage, setting, api };
    }
  }
}

/** Whether the setting applies to every method of the stage; what is unknown may be all of them. */
export const isStageWide = ({ httpMethod, resourcePath }: MethodSetting): boolean =>
  (httpMethod === '*' || httpMethod === UNKNOWN) && (resourcePath === '/*' || resourcePath === UNKNOWN);

export const settingLabel = ({ httpMethod, resourcePath }: MethodSetting): string => {
  const method = httpMethod === '*' ? 'all methods' : isKnown(httpMethod) ? httpMethod : 'some methods';
  const path = isKnown(resourcePath) ? resourcePath : 'some paths';
  if (resourcePath === '/*') return httpMethod === '*' ? 'for all methods' : `for ${method} of all paths`;
  return isKnown(httpMethod) && isKnown(resourcePath)
    ? `for ${httpMethod} ${resourcePath}`
    : `for ${method} of ${path}`;
};

/** Whether the value exists, is known, and passes the test. */
export const knownAnd = <T>(value: Value<T> | undefined, test: (value: T) => boolean): boolean =>
  isKnown(value) && test(value);

/** `a, b, c and 4 more`. */
export function listed(items: readonly string[], limit = 3): string {
  const shown = items.slice(0, limit).join(', ');
  return items.length > limit ? `${shown} and ${items.length - limit} more` : shown;
}

const HEADER = '.header.';
const headersByParameters = new WeakMap<object, ReadonlyMap<string, Text>>();

/** The mapped headers in lower case, the first of each; gathered once, since routes share their mappings. */
function headersIn(parameters: Texts): ReadonlyMap<string, Text> {
  let headers = headersByParameters.get(parameters) as Map<string, Text> | undefined;
  if (!headers) {
    headers = new Map();
    for (const name of Object.keys(parameters)) {
      const lower = name.toLowerCase();
      const at = lower.lastIndexOf(HEADER);
      const header = lower.slice(at + HEADER.length);
      if (at >= 0 && !headers.has(header)) {
        headers.set(header, parameters[name]);
      }
    }
    headersByParameters.set(parameters, headers);
  }
  return headers;
}

/** The mapping of the header, whatever its case; undefined if there is none. */
export function headerValue(parameters: Value<Texts>, header: string): Value<Text> | undefined {
  return parameters === UNKNOWN ? UNKNOWN : headersIn(parameters).get(header.toLowerCase());
}
