import { type Duration } from 'aws-cdk-lib';
import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type AuthorizerConfig } from '../gateway/authorizer-config';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';

/**
 * An authorizer of a REST API: what `RestAuthorizer.bind` returns. All of it is checked.
 */
export interface RestAuthorizerConfig extends AuthorizerConfig, DecisionTtlOptions {
  /**
   * The user pools whose tokens are accepted; required for type COGNITO, and only there.
   *
   * @default - none
   */
  readonly userPools?: IUserPool[];

  /**
   * Regular expression (Java syntax) that the token must match before the function is called; type TOKEN.
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
