import { type Duration } from 'aws-cdk-lib';

/**
 * Requirements for the tokens of an OpenID Connect issuer. A token needs a `kid` that the issuer publishes, an `exp`, and no `iat` in
 * the future. Known keys stay valid for two hours, even if the issuer is unreachable. Claims reach the back end as text,
 * numbers or booleans: a list of words as `[a b]`, other lists and objects as JSON.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export interface JwtTokenOptions {
  /**
   * The `aud` of the tokens for this API; a token must have one of them. If a token has no `aud`, its `client_id` must be one of
   * them: for access tokens of Amazon Cognito, use the id of the app client.
   */
  readonly audience: string[];

  /**
   * OAuth scopes of which a token must have one (in `scope` or `scp`); for routes of a REST API without their own `scopes`.
   *
   * @default - none: every token of the issuer for the audience is accepted, including ID tokens with that audience
   */
  readonly scopes?: string[];

  /**
   * Claims that a token must have: claim → value. If a claim is a list, it must contain the value.
   *
   * @default - none
   */
  readonly requiredClaims?: { [claim: string]: string };

  /**
   * The maximum difference between the clocks of issuer and AWS. 0 to 300 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly clockTolerance?: Duration;

  /**
   * Signature algorithms that are accepted; only those with a public key are allowed.
   *
   * @default ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
   */
  readonly algorithms?: string[];
}
