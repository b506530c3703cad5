import { ANY, type ApiDocument, INTEGRATION } from './document';
import { dict, given, isGiven, isIntrinsic, isJson, type Json, text } from './json';

const ALL_METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** `Cors` of a REST API: a mock that responds to preflights, at every path without one; undefined if there is none. */
export function addRestCors(document: ApiDocument, cors: unknown): string[] {
  const origin = text(cors) ?? (isIntrinsic(cors) ? cors : undefined);
  const settings = origin === undefined ? dict(cors) : { AllowOrigin: origin };
  if (!isGiven(cors) || !settings || !document.isValid) {
    return [];
  }
  const done = new Set<string>();
  const added: string[] = [];
  for (const path of Object.keys(document.paths)) {
    // `/orders` and `/orders/` are one resource to the service.
    const normalized = path === '/' ? path : path.replace(/(?<!\/)\/+$/, '');
    if (done.has(normalized)) continue;
    done.add(normalized);
    for (const item of document.pathItems(path)) {
      if (Object.hasOwn(item, 'options')) continue;
      const methods = given(settings.AllowMethods) ?? `'${methodsOf(item)}'`;
      item.options = preflight({ ...settings, AllowMethods: methods });
      added.push(path);
    }
  }
  return added;
}

function methodsOf(item: Json): string {
  const names = Object.keys(item);
  const methods = names.includes(ANY) ? ALL_METHODS : [...names, 'options'].map((name) => name.toUpperCase());
  return [...new Set(methods)].sort().join(',');
}

function preflight(settings: Json): Json {
  const headers: [string, unknown, string][] = [
    ['Access-Control-Allow-Origin', settings.AllowOrigin === undefined ? "'*'" : settings.AllowOrigin, 'string'],
    ['Access-Control-Allow-Headers', given(settings.AllowHeaders), 'string'],
    ['Access-Control-Allow-Methods', settings.AllowMethods, 'string'],
    ['Access-Control-Max-Age', settings.MaxAge ?? undefined, 'integer'],
    ['Access-Control-Allow-Credentials', settings.AllowCredentials === true ? "'true'" : undefined, 'string'],
  ];
  const sent = headers.filter(([, value]) => value !== undefined);
  return {
    summary: 'CORS support',
    consumes: ['application/json'],
    produces: ['application/json'],
    [INTEGRATION]: {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: '200',
          responseParameters: Object.fromEntries(
            sent.map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
          responseTemplates: { 'application/json': '{}\n' },
        },
      },
    },
    responses: {
      '200': {
        description: 'Default response for CORS method',
        headers: Object.fromEntries(sent.map(([name, , type]) => [name, { type }])),
      },
    },
  };
}

/** The parts of a preflight that only Swagger 2 has, as OpenAPI 3. */
export function preflightIn3(operation: Json): void {
  delete operation.consumes;
  delete operation.produces;
  const responses = dict(operation.responses);
  const response = dict(responses?.['200']);
  const headers = dict(response?.headers);
  if (responses && response && headers) {
    const wrapped = Object.entries(headers).map(([name, header]) => [
      name,
      isJson(header) && !('schema' in header) ? { schema: header } : header,
    ]);
    operation.responses = { ...responses, '200': { ...response, headers: Object.fromEntries(wrapped) as Json } };
  }
}
