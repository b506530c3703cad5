import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';

/**
 * Options of every authorizer that reads a request. A cached decision applies to every route of the stage, so the policy of a
 * Lambda authorizer must cover all of them.
 */
export interface RestAuthorizerOptions extends DecisionTtlOptions {
  /**
   * Name of the authorizer, unique in the API. A-Z a-z 0-9 . _ -.
   *
   * @default - the kind and the IDs of its user pools, function or issuer, e.g. `cognito-Users`
   */
  readonly authorizerName?: string;
}

/**
 * Options of a Cognito authorizer.
 *
 * @example
 * RestAuthorizer.cognito({ userPools: [users], scopes: ['orders/read'] });
 */
export interface RestCognitoAuthorizerOptions extends RestAuthorizerOptions {
  /**
   * The user pools whose tokens are accepted: of this stack or another, or imported.
   */
  readonly userPools: IUserPool[];

  /**
   * OAuth scopes, one of which an access token must have. Without scopes, ID tokens are accepted as well.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * Where the token is.
   *
   * @default 'method.request.header.Authorization'
   */
  readonly identitySource?: string;
}

/**
 * Options of a Lambda authorizer that gets a token.
 */
export interface RestLambdaTokenAuthorizerOptions extends RestAuthorizerOptions {
  /**
   * Where the token is: one request header.
   *
   * @default 'method.request.header.Authorization'
   */
  readonly identitySource?: string;

  /**
   * Regular expression (Java syntax) that the token must match before the function is called.
   *
   * @default - no check
   */
  readonly validationRegex?: string;
}

/**
 * Options of a Lambda authorizer that gets the request.
 */
export interface RestLambdaAuthorizerOptions extends RestAuthorizerOptions {
  /**
   * Where a request identifies its caller: `method.request.header.X`, `method.request.querystring.x`, `stageVariables.x`,
   * `context.x` (see `IdentitySource` of `aws-cdk-lib/aws-apigateway`). A request without one of them gets a 401 response.
   * Required if decisions are cached.
   *
   * @default - none
   */
  readonly identitySources?: string[];
}
