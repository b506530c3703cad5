import { type HttpApi, type RestApi } from '../model/model';
import { Node } from '../reader/node';
import { cleaned } from './clean';
import { componentsOfHttp, operationsOfHttp, rootOfHttp } from './http';
import { type Json, object } from './json';
import { ordered } from './order';
import { plain, printed } from './plain';
import { componentsOfResources, operationsOfResources, type ResourceOperation, rootOfResources } from './resources';
import { expanded } from '../sam/expand';
import { App } from '../reader/scope';
import { type TemplateSource } from '../reader/source';
import { isKnown } from '../model/value';
import { at, put } from '../../lookup/named';

export interface OpenApiOptions {
  /** Without any `x-amazon-…`, and without what only API Gateway needs: what a caller is to know. */
  readonly clean?: boolean;
}

/**
 * The OpenAPI 3.0 document of a REST or HTTP API, with every reference written out as a text (`<Fn.Arn>`).
 * @param sources the templates that the API was read from
 * @throws where the definition is not in the templates
 */
export function openApiOf(
  sources: readonly TemplateSource[],
  api: RestApi | HttpApi,
  options: OpenApiOptions = {},
): Json {
  if (api.form === 'opaque') {
    throw new Error(
      `the definition of ${api.location.logicalId} is not in the template (an S3 location, a transform or a reference)`,
    );
  }
  const app = new App(sources.map((source) => expanded(source).source));
  const body = bodyOf(app, api);
  const own = body && body.get('swagger').isAbsent ? object(printed(plain(body))) : undefined;
  const told = toldBy(app, api);
  const document = own ?? told.root;
  const paths = (document.paths = object(document.paths));
  for (const { path, method, operation } of told.operations) {
    const item = object(at(paths, path));
    put(paths, path, item);
    // What the body says goes before what is read from it.
    if ((at(item, method) ?? undefined) === undefined) put(item, method, operation);
  }
  const components = object(document.components);
  for (const [kind, entries] of Object.entries(told.components)) {
    const merged = { ...entries, ...object(components[kind]) };
    if (Object.keys(merged).length > 0) components[kind] = merged;
  }
  document.components = Object.keys(components).length > 0 ? components : undefined;
  complete(document, api, options.clean === true);
  return ordered(options.clean ? cleaned(document) : document);
}

interface Told {
  readonly root: Json;
  readonly operations: readonly ResourceOperation[];
  readonly components: Readonly<Record<string, Json>>;
}

/** What the model says, in the words of a document. */
function toldBy(app: App, api: RestApi | HttpApi): Told {
  const told: Told =
    api.kind === 'http'
      ? { root: rootOfHttp(api), operations: operationsOfHttp(api), components: componentsOfHttp(api) }
      : {
          root: rootOfResources(api),
          operations: operationsOfResources(app, api),
          components: componentsOfResources(app, api),
        };
  return printed(told) as Told;
}

/** What OpenAPI wants everywhere and a template may leave out. */
function complete(document: Json, api: RestApi | HttpApi, clean: boolean): void {
  const info = object(document.info);
  const name = isKnown(api.name) ? api.name : api.location.logicalId;
  document.openapi = typeof document.openapi === 'string' ? document.openapi : '3.0.1';
  document.info = { ...info, title: info.title ?? name, version: info.version ?? '1.0' };
  for (const item of Object.values(object(document.paths))) {
    for (const [key, operation] of Object.entries(object(item))) {
      if (!/^(get|put|post|delete|options|head|patch|x-amazon-apigateway-any-method)$/.test(key)) continue;
      const { responses } = object(operation);
      if (Object.keys(object(responses)).length > 0) continue;
      // In full as API Gateway itself exports a proxy integration.
      object(operation).responses = clean
        ? { default: { description: 'What the integration answers' } }
        : { '200': { description: '200 response' } };
    }
  }
}

function bodyOf(app: App, api: RestApi | HttpApi): Node | undefined {
  const scope = app.scopes.get(api.location.template);
  const body = scope && Node.properties(scope, api.location.logicalId).get('Body');
  return body?.isObject ? body : undefined;
}
