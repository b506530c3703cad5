import { HTTP_METHODS } from '../facts/names';
import { type CorsDefinition } from '../gateway/cors';
import { type Document } from '../document/skeleton';
import { type HttpRouteDefinition } from './route';

/** The `x-amazon-apigateway-cors` object. */
export function corsConfiguration(cors: CorsDefinition, routes: readonly HttpRouteDefinition[]): Document {
  return {
    allowCredentials: cors.allowCredentials ? true : undefined,
    allowHeaders: cors.allowHeaders,
    allowMethods: cors.allowMethods ?? methodsOf(routes),
    allowOrigins: cors.allowOrigins,
    exposeHeaders: cors.exposeHeaders.length > 0 ? cors.exposeHeaders : undefined,
    maxAge: cors.maxAgeSeconds,
  };
}

/** All methods that routes have, written out: HTTP APIs have one list for all paths. */
function methodsOf(routes: readonly HttpRouteDefinition[]): string[] {
  const methods = new Set(routes.map(({ route }) => route.method));
  const all = HTTP_METHODS.filter((method) => method !== 'ANY');
  return methods.has('ANY') ? [...all].sort() : [...methods].sort();
}
