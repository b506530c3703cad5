import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';
import { type HttpPayloadFormatVersion } from './authorizer-options';

/**
 * An authorizer of an HTTP API: what `HttpAuthorizer.bind` returns. All of it is checked.
 */
export interface HttpAuthorizerConfig extends AuthorizerConfig, DecisionTtlOptions {
  /**
   * Whether a kept decision holds for all routes with the authorizer; type REQUEST. Then its policy must cover all of them.
   *
   * @default false - for the route that it was made for
   */
  readonly cacheAcrossRoutes?: boolean;

  /**
   * The form of the event that the function gets; type REQUEST.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * Whether the function answers `{ isAuthorized: true }` in place of an IAM policy; type REQUEST.
   *
   * @default - true with payload format 2.0
   */
  readonly simpleResponses?: boolean;
}
