import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { cognitoTokens } from '../jwt/cognito-issuer';
import { Owner } from '../authoring/errors';
import { AuthorizerType, checkedConfig, defaultName, type IAuthorizerContext } from '../gateway/authorizer-config';
import { presetOf } from '../gateway/preset';
import { auth0Issuer, entraIdIssuer, oktaIssuer } from '../jwt/issuers';
import { nameOfIssuer } from '../jwt/jwt-issuer';
import { type WebSocketAuthorizerConfig } from './authorizer-config';
import { defineAuthorizer } from './authorizer-definition';
import { type WebSocketAuthorizerOptions } from './authorizer-options';
import {
  type WebSocketAuth0AuthorizerOptions,
  type WebSocketCognitoAuthorizerOptions,
  type WebSocketEntraIdAuthorizerOptions,
  type WebSocketJwtAuthorizerOptions,
  type WebSocketJwtCommonOptions,
  type WebSocketOktaAuthorizerOptions,
} from './jwt-options';

/**
 * Options of a Lambda authorizer.
 */
export interface WebSocketLambdaAuthorizerOptions extends WebSocketAuthorizerOptions {
  /**
   * What a request must have: `route.request.header.X`, `route.request.querystring.x`, `stageVariables.x`, `context.x`. A request
   * without one of them gets a 401 response, and the function is not called.
   *
   * @default - none: the function is called for every request
   */
  readonly identitySources?: string[];
}

/**
 * Who may connect to a WebSocket API. Clients are authorized when they connect, and not again: the route `$connect` has the
 * authorizer for the whole API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 */
export abstract class WebSocketAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): WebSocketAuthorizer {
    return preset({ type: AuthorizerType.IAM }, 'iam');
  }

  /**
   * Users and clients of any OpenID Connect issuer. WebSocket APIs have no native JWT authorizer; the gateway creates a function.
   * Claims that are text, numbers or booleans are available on all routes: `RequestValue.authorizerContext('sub')`.
   *
   * @param options issuer, audience, scopes, and where the token is
   */
  public static jwt(options: WebSocketJwtAuthorizerOptions): WebSocketAuthorizer {
    return WebSocketAuthorizer.bearer('jwt', options.issuer, options);
  }

  /**
   * Users and clients of an Auth0 tenant; see `jwt`.
   *
   * @param options domain, audience, scopes, and where the token is
   */
  public static auth0(options: WebSocketAuth0AuthorizerOptions): WebSocketAuthorizer {
    return WebSocketAuthorizer.bearer('auth0', auth0Issuer(options, ownerOf('auth0')), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience, scopes, and where the token is
   */
  public static okta(options: WebSocketOktaAuthorizerOptions): WebSocketAuthorizer {
    return WebSocketAuthorizer.bearer('okta', oktaIssuer(options, ownerOf('okta')), options);
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience, scopes, and where the token is
   */
  public static entraId(options: WebSocketEntraIdAuthorizerOptions): WebSocketAuthorizer {
    return WebSocketAuthorizer.bearer('entraId', entraIdIssuer(options, ownerOf('entraId')), options);
  }

  /**
   * Users of an Amazon Cognito user pool, by their ID tokens; see `jwt`.
   *
   * @param options user pool, app clients, and where the token is
   */
  public static cognito(options: WebSocketCognitoAuthorizerOptions): WebSocketAuthorizer {
    const instead = 'give each a separate API, or use WebSocketAuthorizer.lambda';
    const { userPool, issuer, audience } = cognitoTokens(options, instead, ownerOf('cognito'));
    const { authorizerName = defaultName('cognito', userPool), tokenSources } = options;
    const tokens = { authorizerName, audience, requiredClaims: { token_use: 'id' }, tokenSources };
    return WebSocketAuthorizer.bearer('cognito', issuer, tokens);
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request to connect. The `context` that
   * it returns is available on all routes.
   *
   * @param fn function, alias or version
   * @param options what a request must have
   */
  public static lambda(fn: IFunction, options: WebSocketLambdaAuthorizerOptions = {}): WebSocketAuthorizer {
    const { authorizerName = defaultName('lambda', fn), identitySources } = options;
    return preset({ type: AuthorizerType.REQUEST, authorizerName, handler: fn, identitySources }, 'lambda');
  }

  /**
   * No authorization: everyone who can reach the API may connect.
   *
   * @param reason why this is right, for reviewers; it becomes part of the acknowledgement of the finding
   */
  public static none(reason: string): WebSocketAuthorizer {
    return preset({ type: AuthorizerType.NONE, reason }, 'none');
  }

  private static bearer(kind: string, issuer: string, options: WebSocketJwtCommonOptions): WebSocketAuthorizer {
    const { authorizerName = nameOfIssuer(kind, issuer), tokenSources } = options;
    const { audience, scopes, requiredClaims, clockTolerance, algorithms } = options;
    const tokens = { issuer, audience, scopes, requiredClaims, clockTolerance, algorithms, tokenSources };
    return preset({ type: AuthorizerType.JWT, authorizerName, ...tokens }, kind);
  }

  /** @internal */
  public readonly _apiKind = 'websocket';

  /**
   * The authorizer of `$connect`. The gateway checks what it returns, and names the class in errors.
   *
   * @param context the route
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   * @example
   *
   * class Staff extends WebSocketAuthorizer {
   *   public bind(): WebSocketAuthorizerConfig {
   *     const audience = ['https://chat.example.com'];
   *     return { type: AuthorizerType.JWT, authorizerName: 'staff', issuer: 'https://login.example.com/', audience };
   *   }
   * }
   */
  public abstract bind(context: IAuthorizerContext): WebSocketAuthorizerConfig;
}

const ownerOf = (method: string): Owner => new Owner(`WebSocketAuthorizer.${method}`);

function preset(config: WebSocketAuthorizerConfig, method: string): WebSocketAuthorizer {
  const checked = checkedConfig(config, defineAuthorizer, ownerOf(method));
  return presetOf(WebSocketAuthorizer, () => checked);
}
