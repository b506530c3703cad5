import { Owner } from '../../shared/errors';
import { isObject, type Schema } from '../../shared/json-schema/subschemas';
import { suggest } from '../../template/nearest';
import { parseRouteKey, RouteTree } from '../../shared/route-key';
import { modelName } from '../document';
import { type RestGatewayProps } from '../gateway-props';
import { type RestRouteOptions } from '../route';
import { bodyOf } from './body';
import { Models } from './models';
import { type Operation, operationsOf } from './operations';
import { parametersOf } from './parameters';
import { type RestOpenApiProps } from './props';
import { References } from './references';
import { Report } from './report';
import { Security } from './security';

/** What a document comes to. */
export interface OpenApiRoutes {
  readonly props: RestGatewayProps;
  /** What has been changed so that API Gateway takes it. */
  readonly warnings: readonly { readonly id: string; readonly message: string }[];
}

/** @throws where the document, or what is given to it, is not what API Gateway takes: one error with all that is wrong */
export function routesOf(id: string, props: RestOpenApiProps): OpenApiRoutes {
  const { definition, integrations = {}, authorizers = {}, defaultIntegration, ...rest } = props;
  const owner = new Owner(`RestGateway '${id}'`);
  const document = definition._document;
  const report = new Report();
  rejectExtensions(document, [], report);
  const references = new References(document, report);
  const operations = operationsOf(document, references, report);
  checkPaths(operations, owner, report);
  const security = new Security(document, authorizers, props.defaultAuthorizer, references, report);
  checkKeys('integrations', Object.keys(integrations), operations, [], report);
  checkKeys('authorizers', Object.keys(authorizers), operations, security.names, report);

  const models = new Models(document, references, report);
  const drafts = operations.map((operation) => {
    const integration = own(operation, integrations) ?? defaultIntegration;
    if (!integration)
      report.error(
        operation.place,
        `has no integration; give it one: integrations: { '${nameOf(operation)}': RestIntegration.… }`,
      );
    return {
      operation,
      integration,
      security: security.of(operation, own(operation, authorizers)),
      parameters: parametersOf(operation, references, report),
      body: bodyOf(operation, modelName(operation), models, references, report),
    };
  });
  report.throwErrors(owner.part('OpenAPI definition'));

  const schemas = models.finish(owner.part('OpenAPI definition'));
  const routes: Record<string, RestRouteOptions> = {};
  for (const { operation, integration, security: asked, parameters, body } of drafts) {
    if (!integration) continue;
    routes[operation.key] = {
      integration,
      ...asked,
      request: { ...parameters, body: body && schemas[body.model], contentType: body?.contentType },
      operationName: operation.operationId,
      summary: operation.summary,
      description: operation.description,
    };
  }
  const info: Schema = isObject(document.info) ? document.info : {};
  const text = (key: string) => (typeof info[key] === 'string' ? info[key] : undefined);
  return {
    props: { restApiName: text('title'), description: text('description'), ...rest, routes },
    warnings: report.warnings,
  };
}

function nameOf({ operationId, key }: Operation): string {
  return operationId ?? key;
}

/** What is given for the operation by its id, or else by its method and path. */
function own<T>({ operationId, key }: Operation, given: { readonly [key: string]: T }): T | undefined {
  const byId = operationId !== undefined && Object.hasOwn(given, operationId) ? given[operationId] : undefined;
  return byId ?? (Object.hasOwn(given, key) ? given[key] : undefined);
}

/** A name that stands for nothing, or for two things. */
function checkKeys(
  prop: string,
  given: readonly string[],
  operations: readonly Operation[],
  schemes: readonly string[],
  report: Report,
): void {
  const ids = operations.flatMap(({ operationId }) => operationId ?? []);
  const keys = operations.map(({ key }) => key);
  for (const name of given) {
    if (ids.includes(name) && schemes.includes(name)) {
      report.error(
        [],
        `${prop} has "${name}", which is an operationId and a security scheme; for the operation write its method and path`,
      );
    } else if (![...ids, ...keys, ...schemes].includes(name)) {
      const kinds = schemes.length > 0 ? 'operation and no security scheme' : 'operation';
      report.error(
        [],
        `${prop} has "${name}", which is no ${kinds} of the document.${suggest(name, [...ids, ...keys, ...schemes])}`,
      );
    }
  }
  for (const { operationId, key } of operations) {
    if (operationId !== undefined && given.includes(operationId) && given.includes(key) && operationId !== key) {
      report.error([], `${prop} has both "${operationId}" and "${key}", which are one operation; keep one`);
    }
  }
}

/** All paths that a REST API cannot serve, rather than the first. */
function checkPaths(operations: readonly Operation[], owner: Owner, report: Report): void {
  const tree = new RouteTree();
  for (const { key, method, place } of operations) {
    try {
      tree.add(parseRouteKey(key, owner), owner);
    } catch (error) {
      // Of the path, so that it is said once, whatever the number of methods.
      const message = (error as Error).message
        .replace(`${owner}: route "${key}": `, '')
        .replaceAll(`"${method} /`, '"/');
      report.error(place.slice(0, -1), `cannot be served by a REST API: ${message}`);
    }
  }
}

/** What this construct writes itself, and would otherwise drop without a word. */
function rejectExtensions(value: unknown, path: readonly string[], report: Report): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key.startsWith('x-amazon-')) {
      report.error(
        [...path, key],
        'is an extension of API Gateway, which the gateway writes itself from integrations, authorizers and its other properties; ' +
          'leave it out ("apigw openapi --clean" does)',
      );
    } else rejectExtensions(part, [...path, key], report);
  }
}
