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
   * The document: OpenAPI 3.0, without any `x-amazon-…`. Its `info.title` names the API and its `info.description`
   * describes it, unless `apiName` and `description` do.
   */
  readonly definition: OpenApiDefinition;

  /**
   * What answers the operations: `operationId`, or `METHOD /path` → integration.
   *
   * @default - `defaultIntegration` for all
   */
  readonly integrations?: { [operation: string]: RestIntegration };

  /**
   * What answers the operations that `integrations` does not name.
   *
   * @default - none: every operation must be named
   */
  readonly defaultIntegration?: RestIntegration;

  /**
   * Who may call: name of a security scheme of the document, or `operationId`, or `METHOD /path` → authorizer. What is
   * given for an operation goes before its `security`. A scheme that stands for API keys of API Gateway (`apiKey`, in
   * the header `x-api-key`) needs none.
   *
   * @default - none: every scheme that an operation asks for must be named
   */
  readonly authorizers?: { [schemeOrOperation: string]: RestAuthorizer };
}
