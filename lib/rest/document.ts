import { type RestApiSettings } from './settings';
import { type CorsDefinition } from '../gateway/cors';
import { type Owner } from '../authoring/errors';
import { ModelRegistry } from '../json-schema/registry';
import { modelName } from '../gateway/route-key';
import { documentedOperation, documentedResponses } from '../gateway/route-response';
import { type Document } from '../document/skeleton';
import { gatewayResponses } from './gateway-response';
import { asText } from './content-handling';
import { preflightOperation, responseOf } from './preflight';
import { type RequestDefinition, type RequestParameter, type ValidatorName, VALIDATORS } from './request';
import { resourcePolicy } from './resource-policy';
import { type RestRouteDefinition } from './route';
import { type RestSecuritySchemes } from './security';
import { type RestStageDefinition } from './stage';

/** Everything of a REST API that is deployed: the document is built from it. */
export interface RestDefinition {
  readonly settings: RestApiSettings;
  readonly stages: Readonly<Record<string, RestStageDefinition>>;
  readonly routes: readonly RestRouteDefinition[];
  readonly security: RestSecuritySchemes;
  readonly owner: Owner;
  /** The final binary media types, whatever sets them. */
  readonly binaryMediaTypes: readonly string[];
}

/** The OpenAPI 3.0 document of the API. Maps that the user wrote are sorted, so their order has no effect. */
export function renderDocument(definition: RestDefinition): Document {
  const { settings, security } = definition;
  const routes = [...definition.routes].sort(
    (a, b) => compare(a.route.path, b.route.path) || compare(a.route.method, b.route.method),
  );
  const models = new ModelRegistry();
  const parameters = new ParameterLists();
  const integrations = new Integrations(definition.binaryMediaTypes);
  const validators = new Set<ValidatorName>();
  const paths: Document = {};
  for (const route of routes) {
    const { path, method } = route.route;
    const item = (paths[path] ??= {}) as Document;
    item[operationKey(method)] = operation(route, definition, { models, parameters, integrations });
    if (route.request.validator) validators.add(route.request.validator);
  }
  if (settings.cors) addPreflights(paths, routes, settings.cors, definition.binaryMediaTypes);
  return {
    openapi: '3.0.1',
    info: { title: settings.name, description: settings.description, version: '1.0' },
    servers: servers(settings),
    paths,
    components: {
      schemas: Object.keys(models.schemas).length > 0 ? models.schemas : undefined,
      securitySchemes: security.render(routes.some((route) => route.apiKeyRequired)),
    },
    'x-amazon-apigateway-api-key-source': settings.apiKeySource,
    'x-amazon-apigateway-binary-media-types':
      settings.binaryMediaTypes.length > 0 ? settings.binaryMediaTypes : undefined,
    'x-amazon-apigateway-endpoint-access-mode': settings.endpointAccessMode,
    'x-amazon-apigateway-gateway-responses': gatewayResponses(settings.gatewayResponses, settings.cors),
    'x-amazon-apigateway-policy': resourcePolicy(definition),
    'x-amazon-apigateway-minimum-compression-size': settings.minimumCompressionSize,
    'x-amazon-apigateway-request-validators':
      validators.size > 0
        ? Object.fromEntries([...validators].sort().map((name) => [name, VALIDATORS[name]]))
        : undefined,
    'x-amazon-apigateway-security-policy': settings.securityPolicy,
  };
}

/** What operations have in common. */
interface SharedParts {
  readonly models: ModelRegistry;
  readonly parameters: ParameterLists;
  readonly integrations: Integrations;
}

function operation(route: RestRouteDefinition, { security, owner }: RestDefinition, shared: SharedParts): Document {
  const { request, integration, cache } = route;
  const extension = shared.integrations.of(integration.extension);
  const parameters = [...request.parameters, ...(cache?.declared ?? [])];
  const needed = Object.entries(integration.responses ?? {}).sort(([a], [b]) => compare(a, b));
  const declared = Object.fromEntries(needed.map(([status, headers]) => [status, responseOf('Response', headers)]));
  return {
    operationId: route.operationName,
    summary: route.summary,
    description: route.description,
    ...documentedOperation(route.documentation),
    parameters: shared.parameters.of(parameters),
    requestBody: request.body && requestBody(request, shared.models.add(request.body, modelName(route.route), owner)),
    responses: documentedResponses(route, declared, shared.models, owner),
    security: security.requirement(route),
    'x-amazon-apigateway-request-validator': request.validator,
    'x-amazon-apigateway-integration': cache ? { ...extension, cacheKeyParameters: cache.keyParameters } : extension,
  };
}

/** Integrations as the finished API's binary types require; objects that routes share stay shared. */
class Integrations {
  private readonly known = new Map<Document, Document>();

  constructor(private readonly binaryMediaTypes: readonly string[]) {}

  public of(extension: Document): Document {
    const known = this.known.get(extension) ?? Object.freeze(asText(extension, this.binaryMediaTypes));
    this.known.set(extension, known);
    return known;
  }
}

/** The parameter lists of the operations; routes with the same parameters share one, which is rendered once. */
class ParameterLists {
  private readonly lists = new Map<string, Document[]>();

  public of(parameters: readonly RequestParameter[]): Document[] | undefined {
    if (parameters.length === 0) return undefined;
    const key = parameters.map(({ in: place, name, required }) => `${place} ${name} ${required}`).join('\n');
    let list = this.lists.get(key);
    if (!list) {
      list = parameters.map(({ in: place, name, required }) => ({
        name,
        in: place,
        required,
        schema: { type: 'string' },
      }));
      this.lists.set(key, Object.freeze(list) as Document[]);
    }
    return list;
  }
}

function requestBody(request: RequestDefinition, model: string): Document {
  return { required: true, content: { [request.contentType]: { schema: { $ref: `#/components/schemas/${model}` } } } };
}

/**
 * The endpoint settings, which OpenAPI 3 keeps under a server: an overwriting import resets what the document omits, even if the
 * resource sets it.
 */
function servers({ vpcEndpointIds, defaultEndpoint }: RestApiSettings): Document[] | undefined {
  const configuration = {
    ...(defaultEndpoint.isOff ? { disableExecuteApiEndpoint: true } : {}),
    ...(vpcEndpointIds.length > 0 ? { vpcEndpointIds } : {}),
  };
  if (Object.keys(configuration).length === 0) return undefined;
  return [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': configuration }];
}

/** An `OPTIONS` operation for each path that has none from the user. `ANY` would send the preflight to the authorizer. */
function addPreflights(
  paths: Document,
  routes: readonly RestRouteDefinition[],
  cors: CorsDefinition,
  binaryMediaTypes: readonly string[],
): void {
  const methods = new Map<string, string[]>();
  for (const { route } of routes) methods.set(route.path, [...(methods.get(route.path) ?? []), route.method]);
  // Paths with the same methods share theirs, which is rendered once.
  const operations = new Map<string, Document>();
  for (const [path, used] of methods) {
    if (used.includes('OPTIONS')) continue;
    const key = used.join(' ');
    const known = operations.get(key) ?? Object.freeze(preflightOperation(cors, used, binaryMediaTypes));
    operations.set(key, known);
    (paths[path] as Document).options = known;
  }
}

function operationKey(method: string): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
