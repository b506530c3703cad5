import { type OpenApiDefinition } from '../../openapi/definition';
import { type HttpAuthorizer } from '../authorizer';
import { type HttpGatewayOptions } from '../gateway-props';
import { type HttpIntegration } from '../integration';

/**
 * Properties of an `HttpGateway` whose routes are the operations of an OpenAPI document.
 *
 * @example
 * HttpGateway.fromOpenApi(this, 'Library', {
 *   definition: OpenApiDefinition.fromFile('openapi.yaml'),
 *   defaultIntegration: HttpIntegration.lambda(fn),
 *   authorizers: { members: HttpAuthorizer.iam(), 'GET /opening-hours': HttpAuthorizer.none('public information') },
 * });
 */
export interface HttpOpenApiProps extends HttpGatewayOptions {
  /**
   * The document: OpenAPI 3.0, without any `x-amazon-…`. Its `info.title` is the name of the API and its `info.description` the
   * description, unless `apiName` and `description` are set.
   */
  readonly definition: OpenApiDefinition;

  /**
   * What the operations call: `operationId`, `METHOD /path` or `$default` → integration.
   *
   * @default - `defaultIntegration` for all
   */
  readonly integrations?: { [operation: string]: HttpIntegration };

  /**
   * What the operations that `integrations` does not name call.
   *
   * @default - none: every operation must be named
   */
  readonly defaultIntegration?: HttpIntegration;

  /**
   * Who may call: name of a security scheme of the document, `operationId`, `METHOD /path` or `$default` → authorizer. An
   * authorizer for an operation takes precedence over its `security`.
   *
   * @default - none: every scheme that an operation requires must be named
   */
  readonly authorizers?: { [schemeOrOperation: string]: HttpAuthorizer };
}
