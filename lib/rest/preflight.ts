import { type CorsDefinition, fixedOrigin, originPattern } from '../gateway/cors';
import { type Owner, show } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { asText } from './content-handling';

/** The CORS headers of a response that API Gateway creates from a template. */
export interface CorsHeaders {
  /** Header names that the method response must declare. */
  readonly names: readonly string[];
  /** `method.response.header.X` → value. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Precedes the response template; empty if the headers are static. */
  readonly template: string;
}

/** @throws if a value is not valid as a header of a REST API, which is in single quotes in the definition */
export function checkCors(cors: CorsDefinition, owner: Owner): CorsDefinition {
  const { allowHeaders, exposeHeaders, allowMethods = [] } = cors;
  for (const [name, values] of Object.entries({ allowHeaders, exposeHeaders, allowMethods })) {
    const quoted = values.find((value) => value.includes("'"));
    if (quoted !== undefined) {
      throw owner
        .part('cors')
        .error(
          `${name} has ${show(quoted)}, but a REST API allows no single quote in the value of a header; remove it`,
        );
    }
  }
  return cors;
}

/** The headers for a response that is not a preflight; none if the API has no CORS. */
export function corsHeaders(cors: CorsDefinition | undefined): CorsHeaders {
  if (!cors) return { names: [], parameters: {}, template: '' };
  const headers: Record<string, string> = {};
  const origin = fixedOrigin(cors);
  if (origin !== undefined) headers['Access-Control-Allow-Origin'] = origin;
  if (cors.allowCredentials) headers['Access-Control-Allow-Credentials'] = 'true';
  if (cors.exposeHeaders.length > 0) headers['Access-Control-Expose-Headers'] = cors.exposeHeaders.join(',');
  return declare(cors, headers);
}

/** The `OPTIONS` operation of a path: no authorizer and no key, since a preflight request carries no credentials. */
export function preflightOperation(
  cors: CorsDefinition,
  methods: readonly string[],
  binaryMediaTypes: readonly string[],
): Document {
  const allowed =
    cors.allowMethods ?? (methods.includes('ANY') ? ANY_METHODS : [...new Set([...methods, 'OPTIONS'])].sort());
  const headers: Record<string, string> = {
    'Access-Control-Allow-Headers': cors.allowHeaders.join(','),
    'Access-Control-Allow-Methods': allowed.join(','),
    'Access-Control-Max-Age': String(cors.maxAgeSeconds),
  };
  const origin = fixedOrigin(cors);
  if (origin !== undefined) headers['Access-Control-Allow-Origin'] = origin;
  if (cors.allowCredentials) headers['Access-Control-Allow-Credentials'] = 'true';
  const { names, parameters, template } = declare(cors, headers);
  const integration = {
    type: 'mock',
    passthroughBehavior: 'never',
    requestTemplates: { 'application/json': '{"statusCode": 204}' },
    responses: {
      default: {
        statusCode: '204',
        responseParameters: parameters,
        ...(template === '' ? {} : { responseTemplates: { 'application/json': template } }),
      },
    },
  };
  return {
    responses: { '204': responseOf('Preflight', names) },
    'x-amazon-apigateway-integration': asText(integration, binaryMediaTypes),
  };
}

/** A method response that declares headers. */
export function responseOf(description: string, headers: readonly string[]): Document {
  if (headers.length === 0) return { description };
  const declared = Object.fromEntries([...headers].sort().map((name) => [name, { schema: { type: 'string' } }]));
  return { description, headers: declared };
}

/**
 * The CORS headers of a gateway response, which has no template: one origin is written out, and of several the caller's is
 * returned. Not with credentials, since every page could then read the response on behalf of its user.
 */
export function gatewayResponseCors(cors: CorsDefinition): Record<string, string> {
  const origin = fixedOrigin(cors);
  if (origin !== undefined) {
    return {
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${origin}'`,
      ...(cors.allowCredentials ? { 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" } : {}),
      ...(origin === '*' ? {} : { 'gatewayresponse.header.Vary': "'Origin'" }),
    };
  }
  return {
    'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
    'gatewayresponse.header.Vary': "'Origin'",
  };
}

const ANY_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

function declare(cors: CorsDefinition, headers: Record<string, string>): CorsHeaders {
  const several = fixedOrigin(cors) === undefined;
  if (cors.allowOrigins[0] !== '*') headers.Vary = 'Origin';
  const names = [...Object.keys(headers), ...(several ? ['Access-Control-Allow-Origin'] : [])].sort();
  const parameters = Object.fromEntries(
    Object.keys(headers)
      .sort()
      .map((name) => [`method.response.header.${name}`, `'${headers[name]}'`]),
  );
  return { names, parameters, template: several ? originTemplate(cors.allowOrigins) : '' };
}

/** `matches` applies to the whole text. */
function test(origin: string): string {
  const pattern = originPattern(origin);
  return pattern === undefined ? `$origin == "${origin}"` : `$origin.matches("${pattern}")`;
}

/** Velocity that returns an allowed origin, and no header for any other. */
function originTemplate(origins: readonly string[]): string {
  const lines = [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
    `#if(${origins.map(test).join(' || ')})`,
    '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
    '#end',
  ];
  return lines.join('\n') + '\n';
}
