import { type Duration } from 'aws-cdk-lib';
import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';

/**
 * An authorizer of a REST API: what `RestAuthorizer.bind` returns. All of it is checked.
 */
export interface RestAuthorizerConfig extends AuthorizerConfig, DecisionTtlOptions {
  /**
   * The user pools whose tokens are taken; type COGNITO, which needs them.
   *
   * @default - none
   */
  readonly userPools?: IUserPool[];

  /**
   * Regular expression (Java's) that the token must match before the function is called; type TOKEN.
   *
   * @default - no check
   */
  readonly validationRegex?: string;

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
