import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { cognitoIssuer, onlyUserPool } from '../jwt/cognito-issuer';
import { Owner, show } from '../authoring/errors';
import { checkIdentitySource } from '../gateway/identity-source';
import { auth0Issuer, entraIdIssuer, nameOfIssuer, oktaIssuer } from '../jwt/jwt-issuer';
import { defineJwtSettings, type JwtSettings } from '../jwt/settings';
import { type WebSocketAuthorizerOptions } from './authorizer-options';
import {
  type WebSocketAuth0AuthorizerOptions,
  type WebSocketCognitoAuthorizerOptions,
  type WebSocketEntraIdAuthorizerOptions,
  type WebSocketJwtAuthorizerOptions,
  type WebSocketJwtCommonOptions,
  type WebSocketOktaAuthorizerOptions,
} from './jwt-options';
import { WebSocketTokenSource } from './token-source';

/**
 * Options of a Lambda authorizer.
 */
export interface WebSocketLambdaAuthorizerOptions extends WebSocketAuthorizerOptions {
  /**
   * What a request must have: `route.request.header.X`, `route.request.querystring.x`, `stageVariables.x`, `context.x`. A
   * request without one of them is answered 401, and the function is not called.
   *
   * @default - none: the function is called for every request
   */
  readonly identitySources?: string[];
}

/** An authorizer, every default filled in. */
export interface WebSocketAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'request';
  readonly name: string;
  /** Why everyone may connect; kind `none` only. */
  readonly reason?: string;
  readonly fn?: IFunction;
  /** An authorizer whose function comes with this package; the gateway makes it. */
  readonly jwt?: JwtSettings;
  readonly identitySources: readonly string[];
}

/**
 * Who may connect to a WebSocket API. Clients are asked for when they connect, and never again: it is the route `$connect`
 * that has the authorizer, for the whole API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 */
export class WebSocketAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): WebSocketAuthorizer {
    return new WebSocketAuthorizer({ kind: 'iam', name: 'sigv4', identitySources: [] });
  }

  /**
   * Users and clients of any OpenID Connect issuer. WebSocket APIs have no JWT authorizer of their own; this is a function that
   * the gateway makes. Claims that are text, numbers or booleans are there on all routes: `RequestValue.authorizerContext('sub')`.
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
    const owner = new Owner('WebSocketAuthorizer.auth0');
    return WebSocketAuthorizer.bearer('auth0', auth0Issuer(options.domain, owner), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience, scopes, and where the token is
   */
  public static okta(options: WebSocketOktaAuthorizerOptions): WebSocketAuthorizer {
    const owner = new Owner('WebSocketAuthorizer.okta');
    const issuer = oktaIssuer(options.domain, options.authorizationServer ?? 'default', owner);
    return WebSocketAuthorizer.bearer('okta', issuer, options);
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience, scopes, and where the token is
   */
  public static entraId(options: WebSocketEntraIdAuthorizerOptions): WebSocketAuthorizer {
    const owner = new Owner('WebSocketAuthorizer.entraId');
    return WebSocketAuthorizer.bearer('entraId', entraIdIssuer(options.tenantId, owner), options);
  }

  /**
   * Users of an Amazon Cognito user pool, by their ID tokens; see `jwt`.
   *
   * @param options user pool, app clients, and where the token is
   */
  public static cognito(options: WebSocketCognitoAuthorizerOptions): WebSocketAuthorizer {
    const { userPoolClients, tokenSources } = options;
    const owner = new Owner('WebSocketAuthorizer.cognito');
    const userPool = onlyUserPool(
      options.userPools,
      'give each an API of its own, or use WebSocketAuthorizer.lambda',
      owner,
    );
    if (userPoolClients.length === 0) {
      throw owner.error('userPoolClients is empty; name at least one app client');
    }
    return WebSocketAuthorizer.bearer('cognito', cognitoIssuer(userPool), {
      authorizerName: options.authorizerName ?? defaultName('cognito', userPool),
      audience: userPoolClients.map((client) => client.userPoolClientId),
      requiredClaims: { token_use: 'id' },
      tokenSources,
    });
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request to connect. What it answers as
   * `context` is there on all routes.
   *
   * @param fn function, alias or version
   * @param options what a request must have
   */
  public static lambda(fn: IFunction, options: WebSocketLambdaAuthorizerOptions = {}): WebSocketAuthorizer {
    const owner = new Owner('WebSocketAuthorizer.lambda');
    return new WebSocketAuthorizer({
      kind: 'request',
      name: options.authorizerName ?? defaultName('lambda', fn),
      fn,
      identitySources: (options.identitySources ?? []).map((source) => checkIdentitySource(source, 'websocket', owner)),
    });
  }

  /**
   * Nobody is asked: everyone who can reach the API may connect.
   *
   * @param reason why that is right, for those who review it; it is part of the acknowledgement of the finding
   */
  public static none(reason: string): WebSocketAuthorizer {
    if (reason.trim() === '') {
      throw new Owner('WebSocketAuthorizer.none').error(
        'the reason is empty; say why everyone may connect, e.g. "public ticker"',
      );
    }
    return new WebSocketAuthorizer({ kind: 'none', name: 'none', reason, identitySources: [] });
  }

  private static bearer(kind: string, issuer: string, options: WebSocketJwtCommonOptions): WebSocketAuthorizer {
    const owner = new Owner(`WebSocketAuthorizer.${kind}`);
    const sources = options.tokenSources ?? [WebSocketTokenSource.header()];
    if (sources.length === 0) {
      throw owner.error('tokenSources is empty, so no token would be found; leave it out for the header Authorization');
    }
    const token = { sources: sources.map(({ _source }) => _source), kind: 'websocket' as const };
    return new WebSocketAuthorizer({
      kind: 'request',
      name: options.authorizerName ?? nameOfIssuer(kind, issuer),
      jwt: defineJwtSettings(issuer, options, token, owner),
      // All of them must be there, and of several places one will do.
      identitySources: sources.length === 1 ? [sources[0]._identitySource] : [],
    });
  }

  /** @internal */
  public readonly _apiKind = 'websocket';

  /** @internal */
  public readonly _definition: WebSocketAuthorizerDefinition;

  private constructor(definition: WebSocketAuthorizerDefinition) {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(definition.name)) {
      throw new Owner('WebSocketAuthorizer').error(
        `authorizerName ${show(definition.name)} must be 1 to 128 of A-Z a-z 0-9 . _ -`,
      );
    }
    this._definition = definition;
  }
}

function defaultName(kind: string, resource: { readonly node: { readonly id: string } }): string {
  return `${kind}-${resource.node.id.replace(/[^A-Za-z0-9._-]+/g, '-')}`.slice(0, 128);
}
