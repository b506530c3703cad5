import { type RestAuthorizer } from '../authorizer';
import { type RestGatewayOptions } from '../gateway-props';
import { type RestIntegration } from '../integration';
import { type OpenApiDefinition } from '../../openapi/definition';

/**
 * Properties of a `RestGateway` whose routes are the operations of an OpenAPI document.
 *
 * @example
 * RestGateway.fromOpenApi(this, 'Library', {
 *   definition: OpenApiDefinition.fromFile('openapi.yaml'),
 *   defaultIntegration: RestIntegration.lambda(fn),
 *   authorizers: { members: RestAuthorizer.iam(), 'GET /opening-hours': RestAuthorizer.none('public information') },
 *   webAcl: WebAcl.managed({ rateLimit: 2000 }),
 * });
 */
export interface RestOpenApiProps extends RestGatewayOptions {
  /**
   * The document: OpenAPI 3.0, without any `x-amazon-…`. Its `info.title` is the name of the API and its `info.description` the
   * description, unless `apiName` and `description` are set.
   */
  readonly definition: OpenApiDefinition;

  /**
   * What the operations call: `operationId`, or `METHOD /path` → integration.
   *
   * @default - `defaultIntegration` for all
   */
  readonly integrations?: { [operation: string]: RestIntegration };

  /**
   * What the operations that `integrations` does not name call.
   *
   * @default - none: every operation must be named
   */
  readonly defaultIntegration?: RestIntegration;

  /**
   * Who may call: name of a security scheme of the document, or `operationId`, or `METHOD /path` → authorizer. An authorizer for
   * an operation takes precedence over its `security`. A scheme for API keys of API Gateway (`apiKey`, in the header `x-api-key`)
   * needs none.
   *
   * @default - none: every scheme that an operation requires must be named
   */
  readonly authorizers?: { [schemeOrOperation: string]: RestAuthorizer };
}
