import { at } from '../../lookup/named';
import { ANY_METHOD, METHODS } from './grammar';
import { withPlainVariables } from './greedy';
import { type Json, list, object, orNothing } from './json';
import { Losses } from './losses';
import { free } from './names';
import { DEFAULT_PATH, operationsOf } from './paths';
import { publicScheme } from './public-schemes';
import { validOpenApi } from './valid';

const INTEGRATION = 'x-amazon-apigateway-integration';
const CORS = 'x-amazon-apigateway-cors';
/** The methods that clients call; browsers send OPTIONS automatically, and API Gateway has no TRACE. */
const CALLED = METHODS.filter((method) => method !== 'options' && method !== 'trace');
/** Schemes that may name scopes. */
const SCOPED = ['oauth2', 'openIdConnect'];

/** The document as a caller is to know it: plain OpenAPI 3.0. It is given as valid. */
export function cleaned(document: Json): Json {
  const components = object(document.components);
  const schemes = Object.entries(object(components.securitySchemes)).map(([name, scheme]) => [
    name,
    publicScheme(object(scheme), hasScopes(document, name)),
  ]);
  const securitySchemes = Object.fromEntries(schemes) as Json;
  const methods = new Methods(document, securitySchemes);
  const plain = {
    ...document,
    security: document.security === undefined ? undefined : methods.requirements(document.security),
    paths: withPlainVariables(methods.paths()),
    components: { ...components, ...(schemes.length > 0 && { securitySchemes }) },
  };
  // What is left out now has only been for API Gateway.
  const valid = validOpenApi(plain, new Losses(), (key) => !key.startsWith('x-amazon-'));
  return { ...valid, components: withUsedParameters(valid) };
}

/** Without the parameters that only preflights had. */
function withUsedParameters({ paths, components }: Json): Json | undefined {
  const { parameters, ...rest } = object(components);
  const text = JSON.stringify(paths);
  const used = Object.entries(object(parameters)).filter(([name]) =>
    text.includes(JSON.stringify(`#/components/parameters/${name}`)),
  );
  return orNothing({ ...rest, ...(used.length > 0 && { parameters: Object.fromEntries(used) as Json }) });
}

/** The operations that a client calls. */
class Methods {
  private readonly ids: Set<string>;

  constructor(
    private readonly document: Json,
    private readonly schemes: Json,
  ) {
    const operations = Object.values(object(document.paths)).flatMap((item) => operationsOf(object(item)));
    // An id that the template has is nobody else's.
    this.ids = new Set(
      operations.map(([method, { operationId }]) => (method === ANY_METHOD ? '' : String(operationId))),
    );
  }

  public paths(): Json {
    const items = Object.entries(object(this.document.paths)).flatMap(([path, item]) => {
      const plain = this.item(path, object(item));
      const isGone = operationsOf(object(item)).length > 0 && operationsOf(plain).length === 0;
      return isGone ? [] : [[path, plain]];
    });
    return Object.fromEntries(items) as Json;
  }

  /** Without the preflight, and with every method that ANY stands for. */
  private item(path: string, given: Json): Json {
    if (path.startsWith('x-')) return given;
    const { [ANY_METHOD]: any, ...rest } = given;
    const kept: Json = { ...rest };
    const others = any !== undefined || CALLED.some((method) => rest[method] !== undefined);
    const isCors = this.document[CORS] !== undefined || others;
    if (rest.options !== undefined && isCors && this.isPreflight(object(rest.options))) delete kept.options;
    if (any !== undefined) {
      for (const method of CALLED) kept[method] ??= this.ofAny(object(any), method, path);
    }
    for (const [method, operation] of operationsOf(kept)) {
      const { security } = operation;
      kept[method] = security === undefined ? operation : { ...operation, security: this.requirements(security) };
    }
    return kept;
  }

  private ofAny(any: Json, method: string, path: string): Json {
    const { operationId, ...rest } = any;
    delete rest.isDefaultRoute;
    const id = typeof operationId === 'string' ? operationId : undefined;
    return {
      ...(path === DEFAULT_PATH && rest.summary === undefined && { summary: EVERYTHING_ELSE }),
      ...rest,
      ...(id !== undefined && { operationId: free(`${id}${method[0].toUpperCase()}${method.slice(1)}`, this.ids) }),
    };
  }

  /**
   * A response to browsers: a mock of a REST API, or a route of an HTTP API without authorization, so API
   * Gateway can respond. A client writes no such request.
   */
  private isPreflight(operation: Json): boolean {
    if (this.document[CORS] !== undefined && list(operation.security).length === 0) return !isDescribed(operation);
    const integration = object(operation[INTEGRATION]);
    const headers = Object.values(object(integration.responses)).flatMap((response) =>
      Object.keys(object(object(response).responseParameters)),
    );
    return (
      String(integration.type).toLowerCase() === 'mock' &&
      headers.some((name) => /\.access-control-allow-(methods|origin)$/i.test(name))
    );
  }

  /** Only some schemes have scopes. */
  public requirements(security: unknown): Json[] {
    return list(security).map((one) => {
      const entries = Object.entries(object(one)).map(([name, scopes]) => {
        const { type } = object(at(this.schemes, name));
        return [name, SCOPED.includes(String(type)) ? scopes : []];
      });
      return Object.fromEntries(entries) as Json;
    });
  }
}

const EVERYTHING_ELSE = 'Every path and method that no other operation has';

/** Whether the operation has documentation. */
const isDescribed = ({ operationId, summary, description, tags }: Json): boolean =>
  [operationId, summary, description, tags].some((one) => one !== undefined);

function hasScopes(document: Json, scheme: string): boolean {
  const operations = Object.values(object(document.paths)).flatMap((item) => Object.values(object(item)));
  return operations.some((operation) =>
    list(object(operation).security).some((one) => list(at(object(one), scheme)).length > 0),
  );
}
