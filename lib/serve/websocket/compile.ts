import { type Text, type Texts } from '../../template/model/text';
import { isKnown, knownOr, type Value } from '../../template/model/value';
import {
  type V2Authorizer,
  type V2Integration,
  type V2IntegrationResponse,
  type V2Route,
  type WebSocketApi,
} from '../../template/model/v2';
import { type Location } from '../../template/model/place';
import { type Environment } from '../environment';
import { type Mapping, mappings } from '../mapping/mapping';
import { MappingTemplate } from '../mapping/templates';
import { patternOf } from '../patterns';
import { SelectionExpression } from './expression';
import { DEFAULT } from './routes';

type Templates = ReadonlyMap<string, MappingTemplate>;

export interface CompiledResponse {
  readonly source: V2IntegrationResponse;
  /** Undefined for the default. */
  readonly matches?: (text: string) => boolean;
  readonly templates: Templates;
  readonly templateExpression: SelectionExpression;
  readonly contentHandling?: string;
}

export interface CompiledIntegration {
  readonly source: V2Integration;
  readonly type: string;
  readonly method?: string;
  readonly uri: string;
  readonly parameters: readonly Mapping[];
  readonly templates: Templates;
  readonly templateExpression: SelectionExpression;
  readonly passthrough: string;
  readonly contentHandling?: string;
  readonly timeoutInMs: number;
  readonly responses: readonly CompiledResponse[];
}

export interface CompiledRoute {
  readonly source: V2Route;
  readonly key: string;
  readonly authorizationType: string;
  readonly authorizer?: V2Authorizer;
  readonly apiKeyRequired: boolean;
  /** `route.request.header.X` that a request to connect must have. */
  readonly required: readonly string[];
  readonly models: ReadonlyMap<string, string>;
  readonly modelExpression?: SelectionExpression;
  /** Whether responses go to the client: the route has a response. */
  readonly isTwoWay: boolean;
  readonly integration?: CompiledIntegration;
}

const DEFAULT_TIMEOUT_IN_MS = 29_000;
/** What selects the template where the template does not say. */
const DEFAULT_EXPRESSION = '\\$default';

export function compileRoutes(api: WebSocketApi, environment: Environment): ReadonlyMap<string, CompiledRoute> {
  const integrations = new Map<V2Integration, CompiledIntegration>();
  const compiled = (source: V2Integration): CompiledIntegration => {
    let integration = integrations.get(source);
    if (!integration) integrations.set(source, (integration = compileIntegration(source, environment)));
    return integration;
  };
  const routes = api.routes
    .filter(({ routeKey }) => isKnown(routeKey))
    .map((route) =>
      compileRoute(route, isKnown(route.integration) ? compiled(route.integration) : undefined, environment),
    );
  return new Map(routes.map((route) => [route.key, route]));
}

function compileRoute(
  source: V2Route,
  integration: CompiledIntegration | undefined,
  environment: Environment,
): CompiledRoute {
  const required = Object.entries(knownOr(source.requestParameters, {}))
    .filter(([, isRequired]) => isRequired === true)
    .map(([name]) => name);
  const expression = isKnown(source.modelSelectionExpression) ? source.modelSelectionExpression : undefined;
  return {
    source,
    key: knownOr(source.routeKey, DEFAULT),
    authorizationType: knownOr(source.authorizationType, 'NONE'),
    ...(isKnown(source.authorizer) ? { authorizer: source.authorizer } : {}),
    apiKeyRequired: knownOr(source.apiKeyRequired, false),
    required,
    models: texts(source.requestModels, environment),
    ...(expression === undefined || expression === '' ? {} : { modelExpression: new SelectionExpression(expression) }),
    isTwoWay: source.responses.length > 0,
    ...(integration ? { integration } : {}),
  };
}

function compileIntegration(source: V2Integration, environment: Environment): CompiledIntegration {
  return {
    source,
    type: knownOr(source.type, 'MOCK').toUpperCase(),
    ...(isKnown(source.httpMethod) ? { method: source.httpMethod.toUpperCase() } : {}),
    uri: environment.text(source.uri ?? ''),
    parameters: mappings(source.requestParameters, /^integration\.request\.(\w+)\.(.+)$/, environment),
    templates: templates(source.requestTemplates, source.location, environment),
    templateExpression: new SelectionExpression(knownOr(source.templateSelectionExpression, DEFAULT_EXPRESSION)),
    passthrough: knownOr(source.passthroughBehavior, 'WHEN_NO_MATCH').toUpperCase(),
    ...(isKnown(source.contentHandling) ? { contentHandling: source.contentHandling } : {}),
    timeoutInMs: knownOr(source.timeoutInMillis, DEFAULT_TIMEOUT_IN_MS),
    responses: source.responses.map((response) => compileResponse(response, environment)),
  };
}

function compileResponse(source: V2IntegrationResponse, environment: Environment): CompiledResponse {
  const key = knownOr(source.integrationResponseKey, DEFAULT);
  const [, pattern] = /^\/(.*)\/$/s.exec(key) ?? [];
  return {
    source,
    ...(key === DEFAULT ? {} : { matches: patternOf(pattern ?? key) }),
    templates: templates(source.templates, source.location, environment),
    templateExpression: new SelectionExpression(knownOr(source.templateSelectionExpression, DEFAULT_EXPRESSION)),
    ...(isKnown(source.contentHandling) ? { contentHandling: source.contentHandling } : {}),
  };
}

const texts = (written: Value<Texts>, environment: Environment): ReadonlyMap<string, string> =>
  new Map(Object.entries(knownOr(written, {})).map(([key, text]: [string, Text]) => [key, environment.text(text)]));

const templates = (written: Value<Texts>, location: Location, environment: Environment): Templates =>
  new Map([...texts(written, environment)].map(([key, text]) => [unescaped(key), new MappingTemplate(text, location)]));

/** Keys may be written as expressions write them: `\$default`. */
const unescaped = (key: string): string => key.replaceAll('\\$', '$');
