import { INTEGRATIONS_PER_HTTP_API } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { documentedOperation, documentedResponses } from '../gateway/route-response';
import { inOpenApi } from '../json-schema/open-api';
import { ModelRegistry } from '../json-schema/registry';
import { type BoundHttpIntegration } from './binding';
import { corsConfiguration } from './cors';
import { type HttpRouteDefinition } from './route';
import { type HttpSecuritySchemes } from './security';
import { type HttpApiSettings } from './settings';

/** Everything of an HTTP API that is deployed: the document is built from it. */
export interface HttpDefinition {
  readonly settings: HttpApiSettings;
  /** The user's routes, and the preflights that they need. */
  readonly routes: readonly HttpRouteDefinition[];
  readonly security: HttpSecuritySchemes;
  /** The tags of the API, which an import takes from the document and nowhere else. */
  readonly tags: unknown;
  readonly owner: Owner;
}

/** The OpenAPI 3.0 document of the API. Maps that the user wrote are sorted, so their order has no effect. */
export function renderDocument({ settings, routes, security, tags, owner }: HttpDefinition): Document {
  const sorted = [...routes].sort(
    (a, b) => compare(a.route.path, b.route.path) || compare(a.route.method, b.route.method),
  );
  const integrations = new IntegrationRegistry();
  const parameters = new PathParameters();
  const models = new ModelRegistry();
  const paths: Document = {};
  for (const route of sorted) {
    const { path, method } = route.route;
    const item = (paths[path] ??= {}) as Document;
    item[operationKey(method)] = operation(route, security, integrations, models, owner);
    item.parameters ??= parameters.of(path);
  }
  return {
    openapi: '3.0.1',
    info: { title: settings.name, description: settings.description, version: '1.0' },
    servers: servers(settings),
    tags,
    paths,
    components: {
      schemas: schemasOf(models),
      parameters: parameters.render(),
      securitySchemes: security.render(),
      'x-amazon-apigateway-integrations': integrations.render(),
    },
    'x-amazon-apigateway-cors': settings.cors && corsConfiguration(settings.cors, routes),
    'x-amazon-apigateway-importexport-version': '1.0',
  };
}

/** The document's values for the API as a whole, by their names in an L1. */
export function saidOf({ settings, routes }: Pick<HttpDefinition, 'settings' | 'routes'>): Document {
  const { name, description, ipAddressType, defaultEndpoint, cors } = settings;
  return {
    name,
    description,
    ipAddressType,
    disableExecuteApiEndpoint: defaultEndpoint.isOff,
    corsConfiguration: cors && corsConfiguration(cors, routes),
  };
}

/** How many integrations the routes have between them, if more than an API can have. */
export function tooManyIntegrations(routes: readonly HttpRouteDefinition[]): number | undefined {
  const integrations = new IntegrationRegistry();
  for (const { integration } of routes) integrations.reference(integration);
  return integrations.count > INTEGRATIONS_PER_HTTP_API ? integrations.count : undefined;
}

function operation(
  route: HttpRouteDefinition,
  security: HttpSecuritySchemes,
  integrations: IntegrationRegistry,
  models: ModelRegistry,
  owner: Owner,
): Document {
  return {
    operationId: route.operationName,
    summary: route.summary,
    description: route.description,
    isDefaultRoute: route.route.isDefault ? true : undefined,
    ...documentedOperation(route.documentation),
    responses: documentedResponses(route, NO_RESPONSES, models, owner),
    security: security.requirement(route),
    'x-amazon-apigateway-integration': integrations.reference(route.integration),
  };
}

/**
 * An import ignores schemas, but warns of what OpenAPI does not have, and fails on a warning.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
function schemasOf({ schemas }: ModelRegistry): Document | undefined {
  const entries = Object.entries(schemas).map(([name, schema]) => [name, inOpenApi(schema)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** HTTP APIs need none; OpenAPI wants the word. */
const NO_RESPONSES = Object.freeze({});

/**
 * The names of components of one kind. They are sorted, so a number does not depend on the order in which routes were written.
 */
class Components {
  private readonly all = new Map<string, Document>();

  constructor(private readonly kind: string) {}

  /** The frozen object that stands for the component elsewhere. */
  public add(wanted: string, component: Document): Document {
    const base = wanted.replace(/[^A-Za-z0-9._-]+/g, '-');
    let name = base;
    for (let number = 2; this.all.has(name); number++) name = `${base}-${number}`;
    this.all.set(name, component);
    return Object.freeze({ $ref: `#/components/${this.kind}/${name}` });
  }

  /** Sorted by name. */
  public render(): Document | undefined {
    if (this.all.size === 0) return undefined;
    return Object.fromEntries([...this.all].sort(([a], [b]) => compare(a, b)));
  }
}

/** The integrations of the document, with equal ones shared: an API can have 300, and the number cannot be raised. */
class IntegrationRegistry {
  private readonly components = new Components('x-amazon-apigateway-integrations');
  private readonly references = new Map<object, Document>();
  private readonly byContent = new Map<string, Document>();

  /** The object that stands in operations for the integration; the same one for equal integrations. */
  public reference({ name, extension }: BoundHttpIntegration): Document {
    const known = this.references.get(extension);
    if (known) return known;
    const content = JSON.stringify(extension);
    const reference = this.byContent.get(content) ?? this.components.add(name, extension);
    this.byContent.set(content, reference);
    this.references.set(extension, reference);
    return reference;
  }

  public get count(): number {
    return this.byContent.size;
  }

  public render(): Document | undefined {
    return this.components.render();
  }
}

/**
 * The variables of the paths. HTTP APIs do not look at them, but their import warns of those that are not declared, and a
 * greedy one is called `proxy+` there.
 */
class PathParameters {
  private readonly components = new Components('parameters');
  private readonly references = new Map<string, Document>();
  /** Paths with the same variables share one list, which is rendered once. */
  private readonly lists = new Map<string, Document[]>();

  public of(path: string): Document[] | undefined {
    const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
    if (names.length === 0) return undefined;
    const key = names.join('/');
    const list = this.lists.get(key) ?? (Object.freeze(names.map((name) => this.reference(name))) as Document[]);
    this.lists.set(key, list);
    return list;
  }

  public render(): Document | undefined {
    return this.components.render();
  }

  private reference(name: string): Document {
    const declared = { name, in: 'path', required: true, schema: { type: 'string' } };
    const reference = this.references.get(name) ?? this.components.add(name.replace('+', '-greedy'), declared);
    this.references.set(name, reference);
    return reference;
  }
}

/** The endpoint settings, which OpenAPI 3 keeps under a server; with a document the resource must not have them. */
function servers({ defaultEndpoint, ipAddressType }: HttpApiSettings): Document[] | undefined {
  const configuration = {
    ...(defaultEndpoint.isOff ? { disableExecuteApiEndpoint: true } : {}),
    ...(ipAddressType === undefined ? {} : { ipAddressType }),
  };
  if (Object.keys(configuration).length === 0) return undefined;
  return [{ url: '/', 'x-amazon-apigateway-endpoint-configuration': configuration }];
}

function operationKey(method: string): string {
  return method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
