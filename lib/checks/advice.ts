import { HTTP_SERVICE_ACTIONS, PRICE_PER_MILLION } from '../facts/kinds';
import { HTTP_INTEGRATION_TIMEOUT_MAX_MS } from '../facts/quotas';
import { type ApiModel, type Integration, type Method, type RestApi } from '../template/model/model';
import { outline, type Texts } from '../template/model/text';
import { isKnown, knownOr, type Value } from '../template/model/value';
import { cachedMethods } from './queries/cached-methods';
import { actionOf, serviceOf } from './queries/service-calls';
import { isPreflight, routeOf, sameResource } from './queries/common';
import { at } from '../lookup/named';

/** A feature of a REST API that an HTTP API does not have, or has in another form. */
export interface Obstacle {
  /** The route, or undefined for the whole API. */
  readonly route?: string;
  readonly what: string;
  readonly instead: string;
  /** Whether an HTTP API cannot provide the feature at all; otherwise it has another form, or can be given up. */
  readonly blocks: boolean;
}

/** Whether an HTTP API could replace one REST API. */
export interface HttpAdvice {
  readonly api: RestApi;
  /** `unknown` if the definition is not in the template. */
  readonly verdict: 'possible' | 'blocked' | 'unknown';
  readonly obstacles: readonly Obstacle[];
  /** Number of routes without preflights, and of those that prevent the change. */
  readonly routes: number;
  readonly blockingRoutes: readonly string[];
}

/** The savings per million requests, in US dollars: list price of the first tier in us-east-1. */
export const SAVING_PER_MILLION = PRICE_PER_MILLION.rest - PRICE_PER_MILLION.http;

/** For each REST API, the features that prevent an equivalent HTTP API. */
export function adviseHttp(model: ApiModel): HttpAdvice[] {
  const cached = new Set([...cachedMethods(model)].map(({ method }) => method));
  return model.restApis
    .filter(({ reference }) => !reference)
    .map((api) => {
      const methods = api.methods.filter((method) => !isPreflight(method));
      const obstacles: Obstacle[] = [
        ...ofApi(api, model),
        ...methods.flatMap((method) =>
          [...ofMethod(method, cached.has(method))].map((one) => ({ ...one, route: routeOf(method) })),
        ),
      ];
      const blocking = obstacles.filter(({ blocks }) => blocks);
      return {
        api,
        verdict: api.form === 'opaque' ? 'unknown' : blocking.length > 0 ? 'blocked' : 'possible',
        obstacles,
        routes: methods.length,
        blockingRoutes: [...new Set(blocking.flatMap(({ route }) => (route === undefined ? [] : [route])))],
      };
    });
}

function blocks(what: string, instead: string): Obstacle {
  return { what, instead, blocks: true };
}

function changes(what: string, instead: string): Obstacle {
  return { what, instead, blocks: false };
}

const isEmpty = (texts: Value<Texts>): boolean => isKnown(texts) && Object.keys(texts).length === 0;

function* ofApi(api: RestApi, model: ApiModel): Iterable<Obstacle> {
  const types = knownOr(api.endpointTypes, []);
  // If a template does not set it, the service creates an edge-optimized endpoint.
  const isEdge = types.includes('EDGE') || (isKnown(api.endpointTypes) && types.length === 0);
  if (types.includes('PRIVATE')) yield blocks('a private endpoint', 'nothing: HTTP APIs have public endpoints only');
  if (isEdge) yield changes('an edge-optimized endpoint', 'a CloudFront distribution where callers are far away');
  if (api.policy !== undefined && !types.includes('PRIVATE')) {
    yield blocks('a resource policy', 'IAM, or a Lambda authorizer that checks the source address');
  }
  if (api.minimumCompressionSize !== undefined) {
    yield changes('compression', 'the back end, or a CloudFront distribution');
  }
  if (api.gatewayResponses.some(({ templates, statusCode }) => statusCode || !isEmpty(templates))) {
    yield blocks('custom gateway responses', 'nothing: the error responses of an HTTP API cannot be customized');
  }
  const inApi = (ref: { template: string; logicalId: string } | undefined): boolean =>
    ref !== undefined && api.stages.some(({ location }) => sameResource(ref, location));
  if (model.webAclAssociations.some(({ stage }) => inApi(stage))) {
    yield blocks('a web ACL', 'a CloudFront distribution with the web ACL, and the default endpoint disabled');
  }
  const isPlanned = model.usagePlans.some(({ apiStages }) =>
    knownOr(apiStages, []).some(({ api: planned }) => isKnown(planned) && sameResource(planned, api.location)),
  );
  if (isPlanned) yield blocks('usage plans', 'nothing: HTTP APIs have no API keys');
  yield* ofStages(api);
}

function* ofStages(api: RestApi): Iterable<Obstacle> {
  const has = (test: (stage: RestApi['stages'][number]) => boolean): boolean => api.stages.some(test);
  if (has(({ canary, release }) => (canary ?? release) !== undefined))
    yield changes('a canary', '`LambdaCanary`, on the functions');
  if (has(({ clientCertificateId }) => clientCertificateId !== undefined)) {
    yield blocks('a client certificate for back ends', 'nothing: an HTTP API sends no certificate to back ends');
  }
  if (has(({ tracingEnabled }) => tracingEnabled === true)) {
    yield changes('AWS X-Ray', 'tracing of the functions; the API itself is not traced');
  }
  const logs = (stage: RestApi['stages'][number]): boolean =>
    knownOr(stage.methodSettings, []).some(({ loggingLevel }) => isKnown(loggingLevel) && loggingLevel !== 'OFF');
  if (has(logs)) yield changes('execution logs', 'the error fields of the access log');
  if (has(({ accessLog }) => outline(accessLog?.destination).includes(':firehose:'))) {
    yield changes('an access log in Firehose', 'a log group with a subscription filter');
  }
}

function* ofMethod(method: Method, isCached: boolean): Iterable<Obstacle> {
  if (method.apiKeyRequired === true) yield blocks('an API key', 'nothing: HTTP APIs have no API keys');
  if (isCached) yield blocks('a cached response', 'a CloudFront distribution');
  const { validator, authorizer } = method;
  if (isKnown(validator)) {
    if (validator.validateBody === true && !isEmpty(method.requestModels)) {
      yield blocks('validation of the body', 'validation in the back end');
    }
    const required = Object.entries(knownOr(method.requestParameters, {})).filter(
      // A request without a path parameter is one to another route.
      ([name, needed]) => needed === true && !name.startsWith('method.request.path.'),
    );
    if (validator.validateParameters === true && required.length > 0) {
      yield blocks('required parameters', 'validation in the back end');
    }
  }
  if (isKnown(authorizer) && authorizer.type === 'TOKEN') {
    yield changes(
      'a Lambda authorizer of type TOKEN',
      'a request authorizer, whose function receives a different event',
    );
  }
  if (isKnown(method.integration)) yield* ofIntegration(method.integration);
}

function* ofIntegration(integration: Integration): Iterable<Obstacle> {
  const { type, timeoutInMillis, responseTransferMode, connectionType, integrationTarget, lambda } = integration;
  if (type === 'MOCK') yield blocks('a mock integration', 'a Lambda function');
  if (type === 'HTTP' || (type === 'AWS' && lambda)) {
    yield blocks('custom mapping templates', 'a proxy integration, with parameter mappings if they are sufficient');
  }
  if (type === 'AWS' && !lambda) yield* ofService(integration);
  if (responseTransferMode === 'STREAM') yield blocks('response streaming', 'a Lambda function URL');
  if (isKnown(timeoutInMillis) && timeoutInMillis > HTTP_INTEGRATION_TIMEOUT_MAX_MS) {
    yield blocks(`a timeout of ${timeoutInMillis / 1000} s`, 'a response within 30 s, and work in the background');
  }
  if (connectionType === 'VPC_LINK' && integrationTarget === undefined) {
    yield changes('a VPC link V1', 'a VPC link V2 to the same load balancer');
  }
}

/** The service in a URI → the service in an HTTP API. */
const HTTP_SERVICES: Readonly<Record<string, string>> = {
  events: 'EventBridge',
  sqs: 'SQS',
  appconfig: 'AppConfig',
  kinesis: 'Kinesis',
  states: 'StepFunctions',
};

function* ofService(integration: Integration): Iterable<Obstacle> {
  const service = serviceOf(integration);
  if (service === undefined) return;
  const action = actionOf(integration);
  const subtypes = HTTP_SERVICE_ACTIONS.filter((subtype) => subtype.startsWith(`${at(HTTP_SERVICES, service)}-`));
  const known = action === undefined ? subtypes[0] : subtypes.find((subtype) => subtype.endsWith(`-${action}`));
  yield known === undefined
    ? blocks(`a call to ${service}${action === undefined ? '' : ` ${action}`}`, 'a Lambda function')
    : changes(
        `a call to ${service}${action === undefined ? '' : ` ${action}`} with a template`,
        `\`${known}\`, with parameter mappings; it returns the response of the service`,
      );
}
