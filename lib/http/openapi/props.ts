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
   * The document: OpenAPI 3.0, without any `x-amazon-…`. Its `info.title` names the API and its `info.description`
   * describes it, unless `apiName` and `description` do.
   */
  readonly definition: OpenApiDefinition;

  /**
   * What answers the operations: `operationId`, `METHOD /path` or `$default` → integration.
   *
   * @default - `defaultIntegration` for all
   */
  readonly integrations?: { [operation: string]: HttpIntegration };

  /**
   * What answers the operations that `integrations` does not name.
   *
   * @default - none: every operation must be named
   */
  readonly defaultIntegration?: HttpIntegration;

  /**
   * Who may call: name of a security scheme of the document, `operationId`, `METHOD /path` or `$default` → authorizer. What is
   * given for an operation goes before its `security`.
   *
   * @default - none: every scheme that an operation asks for must be named
   */
  readonly authorizers?: { [schemeOrOperation: string]: HttpAuthorizer };
}
