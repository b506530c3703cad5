import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';
import { type HttpPayloadFormatVersion } from './authorizer-options';

/**
 * An authorizer of an HTTP API: what `HttpAuthorizer.bind` returns. All of it is checked.
 */
export interface HttpAuthorizerConfig extends AuthorizerConfig, DecisionTtlOptions {
  /**
   * Whether a cached decision applies to all routes with the authorizer; type REQUEST. Its policy must then cover all of them.
   *
   * @default false - only for its own route
   */
  readonly cacheAcrossRoutes?: boolean;

  /**
   * The format of the event that the function gets; type REQUEST.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * Whether the function returns `{ isAuthorized: true }` instead of an IAM policy; type REQUEST.
   *
   * @default - true with payload format 2.0
   */
  readonly simpleResponses?: boolean;
}
