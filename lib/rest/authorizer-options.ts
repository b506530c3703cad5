import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';

/**
 * Options of every authorizer that looks at a request. A kept decision holds for every route of the stage, so the policy of a Lambda
 * authorizer must cover all of them.
 */
export interface RestAuthorizerOptions extends DecisionTtlOptions {
  /**
   * Name of the authorizer, unique in the API. A-Z a-z 0-9 . _ -.
   *
   * @default - the kind and the ids of its user pools, function or issuer, e.g. `cognito-Users`
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
   * The user pools whose tokens are taken: of this stack, another one, or imported.
   */
  readonly userPools: IUserPool[];

  /**
   * OAuth scopes of which an access token must have one. With none, ID tokens are taken as well.
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
   * Regular expression (Java's) that the token must match before the function is called.
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
   * What tells one caller from another: `method.request.header.X`, `method.request.querystring.x`, `stageVariables.x`,
   * `context.x` (see `IdentitySource` of `aws-cdk-lib/aws-apigateway`). A request without one of them is answered 401.
   * Needed where decisions are kept.
   *
   * @default - none
   */
  readonly identitySources?: string[];
}
