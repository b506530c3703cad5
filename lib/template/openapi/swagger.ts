import { at } from '../../lookup/named';
import { ANY_METHOD, isExtension, METHODS } from './grammar';
import { isJson, type Json, list, object, orNothing } from './json';
import { type Losses, type Place } from './losses';
import { bodyOf, typesOf } from './swagger-parameters';

/** What has another name or place in OpenAPI 3. */
const MOVED = [
  'swagger',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
  'security',
];
const REFERENCES: readonly (readonly [old: string, now: string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
  ['#/securityDefinitions/', '#/components/securitySchemes/'],
];

/** A Swagger 2 document as OpenAPI 3.0. */
export function openApiOfSwagger(swagger: Json, losses: Losses): Json {
  return new Swagger(moved(swagger) as Json, losses).document();
}

class Swagger {
  constructor(
    private readonly root: Json,
    private readonly losses: Losses,
  ) {}

  public document(): Json {
    const { root } = this;
    if (list(root.security).length > 0) {
      this.losses.add(
        ['security'],
        'API Gateway ignores it in Swagger 2: operations without their own security are open',
      );
    }
    const kept = Object.entries(root).filter(([key]) => !MOVED.includes(key));
    const schemes = Object.entries(object(root.securityDefinitions)).map(([name, one]) => [
      name,
      schemeOf(object(one)),
    ]);
    return {
      ...Object.fromEntries(kept),
      openapi: '3.0.1',
      servers: this.servers(),
      paths: this.paths(),
      components: {
        securitySchemes: orNothing(Object.fromEntries(schemes) as Json),
        schemas: root.definitions,
        parameters: orNothing(this.sharedParameters()),
        responses: orNothing(this.responses(object(root.responses), typesOf(undefined, root.produces))),
      },
    };
  }

  private servers(): Json[] | undefined {
    const { host, basePath, schemes } = this.root;
    if (host === undefined && basePath === undefined) return undefined;
    const path = basePath === undefined ? '' : `/${String(basePath).replace(/^\//, '')}`;
    if (host === undefined) return [{ url: path }];
    const protocols = list(schemes).map(String);
    return (protocols.length > 0 ? protocols : ['https']).map((one) => ({ url: `${one}://${String(host)}${path}` }));
  }

  /** Those of the body are written at each use. */
  private sharedParameters(): Json {
    const entries = Object.entries(object(this.root.parameters));
    return Object.fromEntries(entries.filter(([, one]) => !isBody(object(one))));
  }

  private paths(): Json {
    const entries = Object.entries(object(this.root.paths)).map(([path, item]) => {
      if (isExtension(path) || !isJson(item)) return [path, item];
      const place = ['paths', path];
      const shared = this.followed(item.parameters);
      const operations = Object.entries(item).map(([key, value]) => {
        const isOperation = (METHODS.includes(key) || key === ANY_METHOD) && isJson(value);
        return [key, isOperation ? this.operation(value, shared.filter(isBody), [...place, key]) : value];
      });
      return [path, { ...Object.fromEntries(operations), parameters: this.parameters(item.parameters) }];
    });
    return Object.fromEntries(entries) as Json;
  }

  private operation(value: Json, sharedBody: readonly Json[], place: Place): Json {
    const { consumes, produces, parameters: given, responses, ...rest } = value;
    delete rest.schemes;
    const own = this.followed(given).filter(isBody);
    const bodies = own.length > 0 ? own : sharedBody;
    const requestBody = bodyOf(bodies, typesOf(consumes, this.root.consumes), place, this.losses);
    return {
      ...rest,
      parameters: this.parameters(given),
      requestBody,
      responses: isJson(responses) ? this.responses(responses, typesOf(produces, this.root.produces)) : responses,
    };
  }

  /** Those that OpenAPI 3 also has as parameters. */
  private parameters(given: unknown): unknown[] | undefined {
    const kept = list(given).filter((one) => !isBody(this.follow(one)));
    return orNothing(kept.map((one) => (isJson(one) && one.$ref === undefined ? { required: false, ...one } : one)));
  }

  private responses(given: Json, types: readonly string[]): Json {
    const entries = Object.entries(given).map(([code, value]) => {
      if (isExtension(code) || !isJson(value) || value.$ref !== undefined) return [code, value];
      const { schema, examples, ...rest } = value;
      const shown = object(examples);
      const all = schema === undefined ? Object.keys(shown) : [...new Set([...types, ...Object.keys(shown)])];
      const content = all.map((type) => [type, { schema, example: at(shown, type) }]);
      return [code, { ...rest, content: orNothing(Object.fromEntries(content) as Json) }];
    });
    return Object.fromEntries(entries) as Json;
  }

  private followed(parameters: unknown): Json[] {
    return list(parameters).map((one) => this.follow(one));
  }

  private follow(parameter: unknown): Json {
    const { $ref } = object(parameter);
    const name = typeof $ref === 'string' ? /^#\/components\/parameters\/([^/]+)$/.exec($ref)?.[1] : undefined;
    return name === undefined ? object(parameter) : object(at(object(this.root.parameters), name));
  }
}

const isBody = (parameter: Json): boolean => parameter.in === 'body' || parameter.in === 'formData';

function schemeOf(scheme: Json): Json {
  const { flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  if (scheme.type === 'basic') return { ...rest, type: 'http', scheme: 'basic' };
  if (scheme.type !== 'oauth2') return scheme;
  const names: Readonly<Record<string, string>> = {
    application: 'clientCredentials',
    accessCode: 'authorizationCode',
    implicit: 'implicit',
    password: 'password',
  };
  const name = at(names, String(flow));
  return { ...rest, flows: name === undefined ? {} : { [name]: { authorizationUrl, tokenUrl, scopes } } };
}

/** With references to where things are now. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, moved(item)];
      const [old, now] = REFERENCES.find(([start]) => item.startsWith(start)) ?? ['', ''];
      return [key, now + item.slice(old.length)];
    }),
  );
}
