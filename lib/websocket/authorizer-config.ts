import { type Duration } from 'aws-cdk-lib';
import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type WebSocketTokenSource } from './token-source';

/**
 * An authorizer of a WebSocket API: what `WebSocketAuthorizer.bind` returns. All of it is checked.
 */
export interface WebSocketAuthorizerConfig extends AuthorizerConfig {
  /**
   * Where the token may be; type JWT, instead of `identitySources`. The first place with a value is used.
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
   * How far the clocks of issuer and AWS may differ; type JWT. 0 to 300 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly clockTolerance?: Duration;

  /**
   * Accepted signature algorithms; type JWT. Only algorithms with a public key are allowed.
   *
   * @default - all of them
   */
  readonly algorithms?: string[];
}
