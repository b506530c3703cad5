import { type Thing } from './account';

const API = 'AWS::ApiGateway::RestApi';
const RESOURCE = 'AWS::ApiGateway::Resource';
const METHOD = 'AWS::ApiGateway::Method';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

type Things = ReadonlySet<Thing>;

const byRef = (things: Things, ref: unknown): Thing | undefined => [...things].find((one) => one.ref === ref);

/** The path of a resource of an API; the root is an attribute of the API. */
function pathOf(id: unknown, things: Things): string {
  const resource = byRef(things, id);
  if (resource?.type !== RESOURCE) return '';
  return `${pathOf(resource.properties.ParentId, things)}/${String(resource.properties.PathPart)}`;
}

const routeOf = ({ properties }: Thing, things: Things): string =>
  `${String(properties.HttpMethod)} ${pathOf(properties.ResourceId, things) || '/'}`;

/** The routes of an OpenAPI document. */
function routesIn(body: unknown): string[] {
  const { paths = {} } = body as { readonly paths?: Readonly<Record<string, object>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => /^(get|put|post|patch|delete|head|options|x-amazon-apigateway-any-method)$/.test(key))
      .map((key) => `${key === 'x-amazon-apigateway-any-method' ? 'ANY' : key.toUpperCase()} ${path}`),
  );
}

/** An import that overwrites: what is not in the document goes. */
export function afterImport(thing: Thing): void {
  if (thing.type === API && thing.properties.Body !== undefined) thing.routes = routesIn(thing.properties.Body);
}

export function afterMake(thing: Thing, things: Things): void {
  if (thing.type === API) thing.routes = routesIn(thing.properties.Body ?? {});
  const api = byRef(things, thing.properties.RestApiId);
  if (thing.type === DEPLOYMENT) thing.routes = [...(api?.routes ?? [])];
  if (thing.type === METHOD && api) api.routes = [...(api.routes ?? []), routeOf(thing, things)];
}

/**
 * A path keeps its id when a document with the same path is imported over it, so deleting the resource or the method of before
 * deletes what was imported: recorded at the service by the tests of LocalStack.
 *
 * @see https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_import.py
 */
export function afterRemoval(thing: Thing, things: Things): void {
  const api = byRef(things, thing.properties.RestApiId);
  if (!api?.routes) return;
  if (thing.type === METHOD) api.routes = api.routes.filter((route) => route !== routeOf(thing, things));
  if (thing.type === RESOURCE) {
    const path = pathOf(thing.ref, things);
    api.routes = api.routes.filter((route) => {
      const its = route.slice(route.indexOf(' ') + 1);
      return its !== path && !its.startsWith(`${path}/`);
    });
  }
}
