import { type Duration } from 'aws-cdk-lib';
import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type WebSocketTokenSource } from './token-source';

/**
 * An authorizer of a WebSocket API: what `WebSocketAuthorizer.bind` returns. All of it is checked.
 */
export interface WebSocketAuthorizerConfig extends AuthorizerConfig {
  /**
   * Where the token may be; type JWT, in place of `identitySources`. The first place that has something decides.
   *
   * @default - the header `Authorization`, with `Bearer <token>`
   */
  readonly tokenSources?: WebSocketTokenSource[];

  /**
   * Claims that a token must have: claim → value; type JWT.
   *
   * @default - none
   */
  readonly requiredClaims?: { [claim: string]: string };

  /**
   * How far the clocks of issuer and AWS may be apart; type JWT. 0 to 300 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly clockTolerance?: Duration;

  /**
   * Signature algorithms that are taken; type JWT. Only those with a public key can be named.
   *
   * @default - all of them
   */
  readonly algorithms?: string[];
}
