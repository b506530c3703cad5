import { type IRestIntegrationContext, type RestIntegrationConfig } from './integration-config';

/**
 * What every integration of a REST API must have, custom ones included; the factories are in `integration.ts`.
 *
 * @internal
 */
export abstract class RestIntegrationBase {
  /** @internal */
  public readonly _apiKind = 'rest';

  /**
   * The integration for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors.
   *
   * @param context the route, and what may be requested from the gateway
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   */
  public abstract bind(context: IRestIntegrationContext): RestIntegrationConfig;
}
