import { type HttpRouteOptions, type RestRouteOptions } from 'cdk-apigateway-constructs';
import { type Checked } from './keys';

// The surface of cdk-apigateway-constructs/routes, for TypeScript alone: jsii has neither generics nor types of texts.

export { type KeyError, type Method, type PathVariables } from './keys';

/**
 * The routes of a REST API or of a `RestRouteGroup`, given back as they are. The compiler checks each key, and finds options that do
 * not exist in objects that are spread as well.
 */
export function restRoutes<Routes extends Record<string, RestRouteOptions>>(
  routes: Routes & Checked<Routes, RestRouteOptions>,
): Routes {
  return routes;
}

/** The routes of an HTTP API or of an `HttpRouteGroup`, as `restRoutes`; `$default` is a key as well. */
export function httpRoutes<Routes extends Record<string, HttpRouteOptions>>(
  routes: Routes & Checked<Routes, HttpRouteOptions, '$default'>,
): Routes {
  return routes;
}
