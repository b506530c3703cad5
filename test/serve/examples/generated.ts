import { openApiOf } from '../../../lib/template/openapi/document-of';
import { readAssembly } from '../../../lib/template/reader/assembly';
import { readModel } from '../../../lib/template/reader/read';
import { type RequestOptions } from '../../../runtime/serve/types';
import { type Json } from '../../support/stacks';
import { appOf, type Around } from './support';

const ANY = 'x-amazon-apigateway-any-method';
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY];

/** What of a request no document says: who sends it, and texts of a pattern. */
export interface Generated {
  readonly api?: string;
  /** Security scheme → what its requests have. */
  readonly as?: (scheme: string, scopes: readonly string[]) => RequestOptions;
  /** Pattern → a text that it matches. */
  readonly texts?: Readonly<Record<string, string>>;
  /** What is posted where the document says nothing about bodies, as those of HTTP APIs do. */
  readonly body?: string;
  /** All requests have it. */
  readonly always?: RequestOptions;
}

/**
 * Sends a request to each operation of the OpenAPI document that `apigw openapi` writes, made from nothing else, and expects
 * that it is not refused. @returns the routes
 */
export async function answersItsDocument(name: string, { server }: Around, options: Generated): Promise<string[]> {
  const sources = readAssembly(appOf(name).synth().directory);
  const { restApis, httpApis } = readModel(sources);
  const [api] = [...restApis, ...httpApis].filter(
    ({ reference, location }) => !reference && (options.api ?? location.logicalId) === location.logicalId,
  );
  const document = openApiOf(sources, api) as Json;
  const routes: string[] = [];
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(item).filter(([key]) => METHODS.includes(key))) {
      const verb = method === ANY ? 'PUT' : method.toUpperCase();
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      const { url, request } = requestOf(document, path, operation, parameters, options);
      const reply = await server.request(`${verb} ${url}`, request);
      const refused = reply.trace.steps.find((step) => step.refused !== undefined);
      expect([verb, url, reply.status < 400 ? 'answered' : reply.status, refused?.note]).toEqual([
        ...[verb, url, 'answered'],
        undefined,
      ]);
      routes.push(`${method === ANY ? 'ANY' : verb} ${path}`);
      expect(reply.trace.route).toBe(routes.at(-1));
    }
  }
  return routes;
}

function requestOf(
  document: Json,
  path: string,
  operation: Json,
  parameters: readonly Json[],
  options: Generated,
): { url: string; request: RequestOptions } {
  const example = (schema: Json): Json => exampleOf(document, schema, options.texts ?? {});
  const found = parameters.map((each) => resolved(document, each)).filter(({ required }) => required);
  const named = (where: string): Record<string, string | readonly string[]> =>
    Object.fromEntries(found.filter((each) => each.in === where).map((each) => [each.name, example(each.schema)]));
  const values = named('path');
  const url = path.replace(/\{([^}]+)\}/g, (_, key: string) => {
    expect(Object.keys(values)).toContain(key);
    return encodeURIComponent(String(values[key]));
  });
  const [media, content] = Object.entries<Json>(operation.requestBody?.content ?? {})[0] ?? [];
  const schemes = Object.entries<string[]>(operation.security?.[0] ?? {});
  const parts = [options.always ?? {}, ...schemes.map(([key, scopes]) => options.as?.(key, scopes) ?? {})];
  return {
    url,
    request: {
      ...Object.assign({}, ...parts),
      query: parts.reduce((all, { query }) => ({ ...all, ...query }), named('query')),
      headers: parts.reduce((all, { headers }) => ({ ...all, ...headers }), {
        ...named('header'),
        ...(media === undefined ? {} : { 'Content-Type': media }),
      }),
      ...(content === undefined
        ? options.body === undefined
          ? {}
          : { body: options.body }
        : { body: JSON.stringify(example(content.schema ?? {})) }),
    },
  };
}

function resolved(document: Json, schema: Json): Json {
  if (typeof schema.$ref !== 'string') return schema;
  return resolved(
    document,
    schema.$ref
      .replace(/^#\//, '')
      .split('/')
      .reduce((at: Json, key: string) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], document),
  );
}

/** The smallest value that fits a schema of the examples. */
function exampleOf(document: Json, given: Json, texts: Readonly<Record<string, string>>): Json {
  const schema = resolved(document, given);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? Object.keys(schema.properties ?? {}).slice(0, schema.minProperties ?? 0)).map(
          (key: string) => [key, exampleOf(document, schema.properties?.[key] ?? { type: 'string' }, texts)],
        ),
      );
    case 'array':
      return schema.items ? [exampleOf(document, schema.items, texts)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    default:
      if (schema.pattern !== undefined) expect(Object.keys(texts)).toContain(schema.pattern);
      return texts[schema.pattern] ?? (schema.format === 'date' ? '2026-11-30' : 'text');
  }
}
