import { type IUserPool, type IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';
import { type Auth0TenantOptions, type EntraIdTenantOptions, type OktaServerOptions } from '../jwt/issuers';

/**
 * Options of every authorizer that reads a request.
 */
export interface HttpAuthorizerOptions {
  /**
   * Name of the authorizer, unique in the API. A-Z a-z 0-9 . _ -.
   *
   * @default - the kind and the id of its user pool, function or issuer, e.g. `cognito-Users`
   */
  readonly authorizerName?: string;
}

/**
 * Options of all authorizers for JSON Web Tokens. API Gateway checks them itself: signature (RSA only), `iss`, `aud` or
 * `client_id`, `exp`, `nbf`, `iat` and scopes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export interface HttpTokenAuthorizerOptions extends HttpAuthorizerOptions {
  /**
   * OAuth scopes, one of which a token must have (in `scope` or `scp`) on routes without `scopes`. At most 10. Without scopes, ID
   * tokens are accepted as well.
   *
   * @default - none
   */
  readonly scopes?: string[];

  /**
   * Where the token is: one header or query parameter.
   *
   * @default '$request.header.Authorization'
   */
  readonly identitySource?: string;
}

/**
 * Options of a Cognito authorizer.
 *
 * @example
 * HttpAuthorizer.cognito({ userPools: [users], userPoolClients: [client], scopes: ['orders/read'] });
 */
export interface HttpCognitoAuthorizerOptions extends HttpTokenAuthorizerOptions {
  /**
   * The user pool whose tokens are accepted: of this stack or another, or imported. Its ID shows its Region. Exactly one, since
   * the tokens of an authorizer come from one issuer.
   */
  readonly userPools: IUserPool[];

  /**
   * The app clients whose tokens are accepted, at most 50.
   */
  readonly userPoolClients: IUserPoolClient[];
}

/**
 * Options of all authorizers for tokens of an OpenID Connect issuer.
 */
export interface HttpJwtCommonOptions extends HttpTokenAuthorizerOptions {
  /**
   * The `aud` of the tokens for this API; a token must have one of them. At most 50.
   */
  readonly audience: string[];
}

/**
 * Options of an authorizer for the tokens of any OpenID Connect issuer.
 *
 * @example
 * HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['orders'] });
 */
export interface HttpJwtAuthorizerOptions extends HttpJwtCommonOptions {
  /**
   * The exact `iss` of the tokens, with or without a trailing slash. API Gateway must be able to read
   * `<issuer>/.well-known/openid-configuration`, also during deployment.
   */
  readonly issuer: string;
}

/**
 * Options of an authorizer for the tokens of an Auth0 tenant.
 *
 * @see https://auth0.com/docs/secure/tokens/access-tokens
 */
export interface HttpAuth0AuthorizerOptions extends HttpJwtCommonOptions, Auth0TenantOptions {}

/**
 * Options of an authorizer for the tokens of an Okta organization.
 *
 * @see https://developer.okta.com/docs/concepts/auth-servers/
 */
export interface HttpOktaAuthorizerOptions extends HttpJwtCommonOptions, OktaServerOptions {}

/**
 * Options of an authorizer for the tokens of a Microsoft Entra ID tenant.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
 */
export interface HttpEntraIdAuthorizerOptions extends HttpJwtCommonOptions, EntraIdTenantOptions {}

/**
 * The format of the events that API Gateway sends to a function.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export enum HttpPayloadFormatVersion {
  /**
   * The format that REST APIs send.
   */
  V1_0 = '1.0',

  /**
   * The format of HTTP APIs: fewer fields, separate cookies.
   */
  V2_0 = '2.0',
}

/**
 * Options of a Lambda authorizer.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export interface HttpLambdaAuthorizerOptions extends HttpAuthorizerOptions, DecisionTtlOptions {
  /**
   * Where a request identifies its caller: `$request.header.X`, `$request.querystring.x`, `$context.x` or `$stageVariables.x`. A
   * request without one of them gets a 401 response. Required if decisions are cached.
   *
   * @default - none
   */
  readonly identitySources?: string[];

  /**
   * Whether a cached decision applies to every route with the authorizer. Otherwise `$context.routeKey` is one of the identity
   * sources, so each route needs its own decision.
   *
   * @default false
   */
  readonly cacheAcrossRoutes?: boolean;

  /**
   * The format of the events.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * Whether the function returns `{ isAuthorized: true }` or false. Otherwise it returns an IAM policy, as with format 1.0.
   *
   * @default - true with format 2.0
   */
  readonly simpleResponses?: boolean;
}
