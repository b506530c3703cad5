import { type IUserPool, type IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { type DecisionTtlOptions } from '../gateway/decision-ttl';
import { type Auth0TenantOptions, type EntraIdTenantOptions, type OktaServerOptions } from '../jwt/issuers';

/**
 * Options of every authorizer that looks at a request.
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
 * What authorizers for JSON Web Tokens have in common. API Gateway checks them itself: signature (RSA only), `iss`, `aud` or
 * `client_id`, `exp`, `nbf`, `iat` and scopes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export interface HttpTokenAuthorizerOptions extends HttpAuthorizerOptions {
  /**
   * OAuth scopes of which a token must have one (in `scope` or `scp`) on the routes that have no `scopes` of their own. At most
   * 10. With none, ID tokens are taken as well.
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
   * The user pool whose tokens are taken: of this stack, another one, or imported. Its id says in which Region it is. Exactly one:
   * the tokens of an authorizer are of one issuer.
   */
  readonly userPools: IUserPool[];

  /**
   * The app clients whose tokens are taken, at most 50.
   */
  readonly userPoolClients: IUserPoolClient[];
}

/**
 * What authorizers for tokens of an OpenID Connect issuer have in common.
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
   * The `iss` of the tokens, to the letter, with or without a slash at the end. `<issuer>/.well-known/openid-configuration`
   * must be there for API Gateway to read, also at the deployment.
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
 * The form of the events that API Gateway sends to a function.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export enum HttpPayloadFormatVersion {
  /**
   * The form that REST APIs send.
   */
  V1_0 = '1.0',

  /**
   * The form of HTTP APIs: fewer fields, cookies apart.
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
   * What tells one caller from another: `$request.header.X`, `$request.querystring.x`, `$context.x` or `$stageVariables.x`. A
   * request without one of them is answered 401. Needed where decisions are kept.
   *
   * @default - none
   */
  readonly identitySources?: string[];

  /**
   * Whether a kept decision holds on every route that has the authorizer. Otherwise `$context.routeKey` is one of the identity
   * sources, so that what is allowed on one route is asked again on the next.
   *
   * @default false
   */
  readonly cacheAcrossRoutes?: boolean;

  /**
   * The form of the events.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * Whether the function answers `{ isAuthorized: true }` or false. Otherwise it answers an IAM policy, as with form 1.0.
   *
   * @default - true with form 2.0
   */
  readonly simpleResponses?: boolean;
}
