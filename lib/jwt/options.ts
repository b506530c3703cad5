import { type Duration } from 'aws-cdk-lib';

/**
 * What a token of an OpenID Connect issuer must be like. It needs a `kid` that the issuer publishes, an `exp`, and no `iat` in
 * the future. Known keys stay good for two hours, also while the issuer cannot be reached. Claims reach the back end as text,
 * numbers or booleans: a list of words as `[a b]`, other lists and objects as JSON.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export interface JwtTokenOptions {
  /**
   * The `aud` of the tokens for this API; a token must have one of them. Of a token without `aud`, `client_id` must be one of
   * them: for access tokens of Amazon Cognito, name the id of the app client.
   */
  readonly audience: string[];

  /**
   * OAuth scopes of which a token must have one (in `scope` or `scp`); on routes of a REST API that have no `scopes` of their own.
   *
   * @default - none: every token of the issuer for the audience, ID tokens too where they have that audience
   */
  readonly scopes?: string[];

  /**
   * Claims that a token must have: claim → value. Of a claim that is a list, one must be the value.
   *
   * @default - none
   */
  readonly requiredClaims?: { [claim: string]: string };

  /**
   * How far the clocks of issuer and AWS may be apart. 0 to 300 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly clockTolerance?: Duration;

  /**
   * Signature algorithms that are taken; only those with a public key can be named.
   *
   * @default ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
   */
  readonly algorithms?: string[];
}
