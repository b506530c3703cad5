import { type HttpApi, type RestApi } from '../model/model';
import { Node } from '../reader/node';
import { cleaned } from './clean';
import { ANY_METHOD, METHODS } from './grammar';
import { componentsOfHttp, operationsOfHttp, rootOfHttp } from './http';
import { isJson, type Json, object } from './json';
import { type Loss, Losses } from './losses';
import { ordered } from './order';
import { legalPaths } from './paths';
import { plain } from './plain';
import { componentsOfResources, operationsOfResources, type ResourceOperation, rootOfResources } from './resources';
import { openApiOfSwagger } from './swagger';
import { validOpenApi } from './valid';
import { expanded } from '../sam/expand';
import { App } from '../reader/scope';
import { type TemplateSource } from '../reader/source';
import { isKnown } from '../model/value';
import { at, put } from '../../lookup/named';

export interface OpenApiOptions {
  /** Without any `x-amazon-…`, and without what only API Gateway needs: what a caller is to know. */
  readonly clean?: boolean;
}

/** The document of an API, and what it does not have of the API. */
export interface ExportedOpenApi {
  readonly document: Json;
  readonly losses: readonly Loss[];
}

/** The document alone; see `exportedOpenApi`. */
export function openApiOf(
  sources: readonly TemplateSource[],
  api: RestApi | HttpApi,
  options: OpenApiOptions = {},
): Json {
  return exportedOpenApi(sources, api, options).document;
}

/**
 * The OpenAPI 3.0 document of a REST or HTTP API, with every reference written out as a text (`<Fn.Arn>`). It is valid,
 * whatever the template has.
 * @param sources the templates that the API was read from
 * @throws if the definition is not in the templates
 */
export function exportedOpenApi(
  sources: readonly TemplateSource[],
  api: RestApi | HttpApi,
  options: OpenApiOptions = {},
): ExportedOpenApi {
  if (api.form === 'opaque') {
    throw new Error(
      `the definition of ${api.location.logicalId} is not in the template (an S3 location, a transform or a reference)`,
    );
  }
  const app = new App(sources.map((source) => expanded(source).source));
  const losses = new Losses();
  const own = ownDocument(app, api, losses);
  const told = toldBy(app, api, losses);
  const document = own ?? told.root;
  const paths = legalPaths(object(document.paths), losses);
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
  const valid = validOpenApi({ ...document, paths, components }, losses);
  const full = { ...valid, info: infoOf(valid, api) };
  const result = options.clean ? cleaned(full) : full;
  return { document: ordered(complete(result, options.clean === true)), losses: losses.all };
}

/** The document in the template. */
function ownDocument(app: App, api: RestApi | HttpApi, losses: Losses): Json | undefined {
  const body = bodyOf(app, api);
  if (!body) return undefined;
  const document = object(plain(body));
  return body.get('swagger').isAbsent ? document : openApiOfSwagger(document, losses);
}

interface Told {
  readonly root: Json;
  readonly operations: readonly ResourceOperation[];
  readonly components: Readonly<Record<string, Json>>;
}

/** What the model says, in the words of a document. */
function toldBy(app: App, api: RestApi | HttpApi, losses: Losses): Told {
  return api.kind === 'http'
    ? { root: rootOfHttp(api), operations: operationsOfHttp(api, losses), components: componentsOfHttp(api) }
    : {
        root: rootOfResources(api),
        operations: operationsOfResources(app, api, losses),
        components: componentsOfResources(app, api),
      };
}

/** What OpenAPI requires and a template may leave out. */
function infoOf(document: Json, api: RestApi | HttpApi): Json {
  const info = object(document.info);
  const name = isKnown(api.name) ? api.name : api.location.logicalId;
  return { ...info, title: info.title ?? name, version: info.version ?? '1.0' };
}

/** An operation without responses has one, as API Gateway itself exports a proxy integration. */
function complete(document: Json, clean: boolean): Json {
  const responses = clean
    ? { default: { description: 'The response of the integration' } }
    : { '200': { description: '200 response' } };
  const paths = Object.entries(object(document.paths)).map(([path, item]) => {
    const entries = Object.entries(object(item)).map(([key, operation]) => {
      const isOperation = isJson(operation) && (METHODS.includes(key) || key === ANY_METHOD);
      const lacks = isOperation && Object.keys(object(operation.responses)).length === 0;
      return [key, lacks ? { ...operation, responses } : operation];
    });
    return [path, isJson(item) ? Object.fromEntries(entries) : item];
  });
  return { ...document, paths: Object.fromEntries(paths) as Json };
}

function bodyOf(app: App, api: RestApi | HttpApi): Node | undefined {
  const scope = app.scopes.get(api.location.template);
  const body = scope && Node.properties(scope, api.location.logicalId).get('Body');
  return body?.isObject ? body : undefined;
}
