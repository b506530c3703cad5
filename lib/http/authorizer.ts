import { Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { AUDIENCES_PER_AUTHORIZER } from '../facts/quotas';
import { asWrittenFor } from '../gateway/identity-source';
import { cognitoIssuer, onlyUserPool } from '../jwt/cognito-issuer';
import { Owner, show } from '../authoring/errors';
import {
  auth0Issuer,
  checkAudience,
  checkIssuer,
  checkScopes,
  entraIdIssuer,
  nameOfIssuer,
  oktaIssuer,
} from '../jwt/jwt-issuer';
import {
  type HttpAuth0AuthorizerOptions,
  type HttpCognitoAuthorizerOptions,
  type HttpEntraIdAuthorizerOptions,
  type HttpJwtAuthorizerOptions,
  type HttpJwtCommonOptions,
  type HttpLambdaAuthorizerOptions,
  type HttpOktaAuthorizerOptions,
  type HttpTokenAuthorizerOptions,
} from './authorizer-options';
import { defineLambdaAuthorizer, type LambdaAuthorizerSettings } from './lambda-authorizer';

/** An authorizer, every default filled in. */
export interface HttpAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'jwt' | 'lambda';
  /** The name of the security scheme. */
  readonly name: string;
  /** Why the route is open; kind `none` only. */
  readonly reason?: string;
  /** Kind `jwt` only. */
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[]; readonly identitySource: string };
  readonly scopes?: readonly string[];
  /** Kind `lambda` only. */
  readonly lambda?: LambdaAuthorizerSettings;
}

/**
 * Who may call a route of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
 */
export class HttpAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): HttpAuthorizer {
    return new HttpAuthorizer({ kind: 'iam', name: 'sigv4' });
  }

  /**
   * Users and machines of app clients of an Amazon Cognito user pool.
   *
   * @param options user pool, its clients and scopes
   */
  public static cognito(options: HttpCognitoAuthorizerOptions): HttpAuthorizer {
    const owner = new Owner('HttpAuthorizer.cognito');
    const { userPoolClients } = options;
    const userPool = onlyUserPool(options.userPools, 'give each an authorizer on routes of its own', owner);
    if (userPoolClients.length === 0) {
      throw owner.error(
        'userPoolClients is empty; name the app clients of the user pool whose tokens are for this API',
      );
    }
    return HttpAuthorizer.token(owner, options, {
      name: `cognito-${userPool.node.id.replace(/[^A-Za-z0-9._-]+/g, '-')}`.slice(0, 128),
      issuer: cognitoIssuer(userPool),
      audience: userPoolClients.map(({ userPoolClientId }) => userPoolClientId),
    });
  }

  /**
   * Users and clients of any OpenID Connect issuer. A wrong token is answered 401, a missing scope 403.
   *
   * @param options issuer, audience and scopes
   */
  public static jwt(options: HttpJwtAuthorizerOptions): HttpAuthorizer {
    return HttpAuthorizer.bearer('jwt', options.issuer, options);
  }

  /**
   * Users and clients of an Auth0 tenant; see `jwt`.
   *
   * @param options domain, audience and scopes
   */
  public static auth0(options: HttpAuth0AuthorizerOptions): HttpAuthorizer {
    return HttpAuthorizer.bearer('auth0', auth0Issuer(options.domain, new Owner('HttpAuthorizer.auth0')), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience and scopes
   */
  public static okta(options: HttpOktaAuthorizerOptions): HttpAuthorizer {
    const owner = new Owner('HttpAuthorizer.okta');
    const issuer = oktaIssuer(options.domain, options.authorizationServer ?? 'default', owner);
    return HttpAuthorizer.bearer('okta', issuer, options);
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience and scopes
   */
  public static entraId(options: HttpEntraIdAuthorizerOptions): HttpAuthorizer {
    const issuer = entraIdIssuer(options.tenantId, new Owner('HttpAuthorizer.entraId'));
    return HttpAuthorizer.bearer('entraId', issuer, options);
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request.
   *
   * @param fn function, alias or version
   * @param options the identity sources, how long a decision is kept, and the form of event and answer
   */
  public static lambda(fn: IFunction, options: HttpLambdaAuthorizerOptions = {}): HttpAuthorizer {
    const lambda = defineLambdaAuthorizer(fn, options, new Owner('HttpAuthorizer.lambda'));
    const name = `lambda-${fn.node.id.replace(/[^A-Za-z0-9._-]+/g, '-')}`.slice(0, 128);
    return new HttpAuthorizer({ kind: 'lambda', name: options.authorizerName ?? name, lambda });
  }

  /**
   * Nobody is asked: the route is open to everyone who can reach the API.
   *
   * @param reason why that is right, for those who review it; it is part of the acknowledgement of the finding
   */
  public static none(reason: string): HttpAuthorizer {
    if (reason.trim() === '') {
      throw new Owner('HttpAuthorizer.none').error(
        'the reason is empty; say why the route may be open, e.g. "load balancer probe"',
      );
    }
    return new HttpAuthorizer({ kind: 'none', name: 'none', reason });
  }

  private static bearer(kind: string, issuer: string, options: HttpJwtCommonOptions): HttpAuthorizer {
    const owner = new Owner(`HttpAuthorizer.${kind}`);
    return HttpAuthorizer.token(owner, options, {
      name: nameOfIssuer(kind, issuer),
      issuer: checkIssuer(issuer, owner),
      audience: checkAudience(options.audience, owner),
    });
  }

  private static token(
    owner: Owner,
    options: HttpTokenAuthorizerOptions,
    token: { readonly name: string; readonly issuer: string; readonly audience: readonly string[] },
  ): HttpAuthorizer {
    const { length } = token.audience;
    if (length > AUDIENCES_PER_AUTHORIZER) {
      throw owner.error(
        `names ${length} audiences, and an authorizer takes ${AUDIENCES_PER_AUTHORIZER}; make several authorizers, or have the issuer give one audience for the API`,
      );
    }
    const { issuer, audience } = token;
    return new HttpAuthorizer({
      kind: 'jwt',
      name: options.authorizerName ?? token.name,
      jwt: { issuer, audience: [...audience].sort(), identitySource: tokenSource(options.identitySource, owner) },
      scopes: checkScopes(options.scopes ?? [], owner),
    });
  }

  /** @internal */
  public readonly _apiKind = 'http';

  /** @internal */
  public readonly _definition: HttpAuthorizerDefinition;

  private constructor(definition: HttpAuthorizerDefinition) {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(definition.name)) {
      throw new Owner('HttpAuthorizer').error(
        `authorizerName ${show(definition.name)} must be 1 to 128 of A-Z a-z 0-9 . _ -`,
      );
    }
    this._definition = definition;
  }
}

function tokenSource(source: string = '$request.header.Authorization', owner: Owner): string {
  const isToken = (text: string) => /^\$request\.(header|querystring)\.[\w$.!#%&'*+^`|~-]+$/.test(text);
  if (Token.isUnresolved(source) || isToken(source)) return source;
  const meant = asWrittenFor('http', source);
  throw owner.error(
    `identitySource ${show(source)} must be one header or query parameter: ${show(isToken(meant) ? meant : '$request.header.Authorization')}`,
  );
}
