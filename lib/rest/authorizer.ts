import { Duration, Token } from 'aws-cdk-lib';
import { type IUserPool } from 'aws-cdk-lib/aws-cognito';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Owner, show } from '../authoring/errors';
import { asWrittenFor, checkIdentitySource } from '../gateway/identity-source';
import { defineJwtSettings, type JwtSettings } from '../jwt/settings';
import { auth0Issuer, entraIdIssuer, nameOfIssuer, oktaIssuer } from '../jwt/jwt-issuer';
import { faultOfPattern } from '../authoring/regular-expression';
import {
  type RestAuthorizerOptions,
  type RestCognitoAuthorizerOptions,
  type RestLambdaAuthorizerOptions,
  type RestLambdaTokenAuthorizerOptions,
  resultsCacheTtl,
} from './authorizer-options';
import {
  type RestAuth0AuthorizerOptions,
  type RestEntraIdAuthorizerOptions,
  type RestJwtAuthorizerOptions,
  type RestJwtCommonOptions,
  type RestOktaAuthorizerOptions,
} from './jwt-options';

/** An authorizer, every default filled in. */
export interface RestAuthorizerDefinition {
  readonly kind: 'none' | 'iam' | 'cognito' | 'token' | 'request';
  /** The name of the security scheme. */
  readonly name: string;
  /** Why the route is open; kind `none` only. */
  readonly reason?: string;
  readonly userPools?: readonly IUserPool[];
  readonly fn?: IFunction;
  /** A request authorizer whose function comes with this package; the gateway makes it. */
  readonly jwt?: JwtSettings;
  readonly scopes?: readonly string[];
  readonly identitySources: readonly string[];
  readonly validationRegex?: string;
  readonly ttlSeconds?: number;
}

/**
 * Who may call a route of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
export class RestAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): RestAuthorizer {
    return new RestAuthorizer({ kind: 'iam', name: 'sigv4', identitySources: [] });
  }

  /**
   * Users of Amazon Cognito user pools.
   *
   * @param options user pools and scopes
   */
  public static cognito(options: RestCognitoAuthorizerOptions): RestAuthorizer {
    if (options.userPools.length === 0) {
      throw new Owner('RestAuthorizer.cognito').error('userPools is empty; name at least one user pool');
    }
    const name = options.authorizerName ?? defaultName('cognito', options.userPools);
    return new RestAuthorizer({
      kind: 'cognito',
      name,
      userPools: [...options.userPools],
      scopes: options.scopes && [...options.scopes],
      identitySources: [header(options.identitySource, 'RestAuthorizer.cognito')],
      ttlSeconds: ttl(options, 'RestAuthorizer.cognito'),
    });
  }

  /**
   * Users and clients of any OpenID Connect issuer, checked as HTTP APIs check them, by a function that the gateway makes, one
   * for each authorizer. A wrong token is answered 401, a missing scope 403, and 500 where neither key nor issuer is at hand.
   *
   * @param options issuer, audience and scopes
   */
  public static jwt(options: RestJwtAuthorizerOptions): RestAuthorizer {
    return RestAuthorizer.bearer('jwt', options.issuer, options);
  }

  /**
   * Users and clients of an Auth0 tenant; see `jwt`.
   *
   * @param options domain, audience and scopes
   */
  public static auth0(options: RestAuth0AuthorizerOptions): RestAuthorizer {
    return RestAuthorizer.bearer('auth0', auth0Issuer(options.domain, new Owner('RestAuthorizer.auth0')), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience and scopes
   */
  public static okta(options: RestOktaAuthorizerOptions): RestAuthorizer {
    const owner = new Owner('RestAuthorizer.okta');
    return RestAuthorizer.bearer(
      'okta',
      oktaIssuer(options.domain, options.authorizationServer ?? 'default', owner),
      options,
    );
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience and scopes
   */
  public static entraId(options: RestEntraIdAuthorizerOptions): RestAuthorizer {
    return RestAuthorizer.bearer(
      'entraId',
      entraIdIssuer(options.tenantId, new Owner('RestAuthorizer.entraId')),
      options,
    );
  }

  /**
   * A function that decides by one token of the request.
   *
   * @param fn function, alias or version
   * @param options where the token is, and how long a decision is kept
   */
  public static lambdaToken(fn: IFunction, options: RestLambdaTokenAuthorizerOptions = {}): RestAuthorizer {
    checkValidationRegex(options.validationRegex);
    return new RestAuthorizer({
      kind: 'token',
      name: options.authorizerName ?? defaultName('lambda', [fn]),
      fn,
      identitySources: [header(options.identitySource, 'RestAuthorizer.lambdaToken')],
      validationRegex: options.validationRegex,
      ttlSeconds: ttl(options, 'RestAuthorizer.lambdaToken'),
    });
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request.
   *
   * @param fn function, alias or version
   * @param options the identity sources, and how long a decision is kept
   */
  public static lambda(fn: IFunction, options: RestLambdaAuthorizerOptions = {}): RestAuthorizer {
    const owner = new Owner('RestAuthorizer.lambda');
    const sources = options.identitySources ?? [];
    for (const source of sources) checkIdentitySource(source, 'rest', owner);
    const unkept = sources.length === 0 ? Duration.seconds(0) : undefined;
    const ttlSeconds = resultsCacheTtl({ resultsCacheTtl: options.resultsCacheTtl ?? unkept }, owner);
    if (sources.length === 0 && ttlSeconds !== 0) {
      throw owner.error(
        'identitySources is empty while decisions are kept, so one caller would get the decision made for another; ' +
          "name what tells callers apart, e.g. ['method.request.header.Authorization'], or set resultsCacheTtl: Duration.seconds(0)",
      );
    }
    return new RestAuthorizer({
      kind: 'request',
      name: options.authorizerName ?? defaultName('lambda', [fn]),
      fn,
      identitySources: [...sources],
      ttlSeconds,
    });
  }

  /**
   * The same as `lambda`, which is its name in all kinds of API.
   *
   * @deprecated use `lambda`
   */
  public static lambdaRequest(fn: IFunction, options: RestLambdaAuthorizerOptions = {}): RestAuthorizer {
    return RestAuthorizer.lambda(fn, options);
  }

  /**
   * Nobody is asked: the route is open to everyone who can reach the API.
   *
   * @param reason why that is right, for those who review it; it is part of the acknowledgement of the finding
   */
  public static none(reason: string): RestAuthorizer {
    if (reason.trim() === '') {
      throw new Owner('RestAuthorizer.none').error(
        'the reason is empty; say why the route may be open, e.g. "load balancer probe"',
      );
    }
    return new RestAuthorizer({ kind: 'none', name: 'none', reason, identitySources: [] });
  }

  private static bearer(kind: string, issuer: string, options: RestJwtCommonOptions): RestAuthorizer {
    const owner = new Owner(`RestAuthorizer.${kind}`);
    const source = header(options.identitySource, `RestAuthorizer.${kind}`);
    if (Token.isUnresolved(source))
      throw owner.error('identitySource must be known before the deployment: "method.request.header.Authorization"');
    return new RestAuthorizer({
      kind: 'request',
      jwt: defineJwtSettings(issuer, options, { header: source.replace(/^method\.request\.header\./, '') }, owner),
      name: options.authorizerName ?? nameOfIssuer(kind, issuer),
      identitySources: [source],
      ttlSeconds: resultsCacheTtl(options, owner),
    });
  }

  /** @internal */
  public readonly _apiKind = 'rest';

  /** @internal */
  public readonly _definition: RestAuthorizerDefinition;

  private constructor(definition: RestAuthorizerDefinition) {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(definition.name)) {
      throw new Owner('RestAuthorizer').error(
        `authorizerName ${show(definition.name)} must be 1 to 128 of A-Z a-z 0-9 . _ -`,
      );
    }
    this._definition = definition;
  }
}

const HEADER_SOURCE = /^method\.request\.header\.[\w$.!#%&'*+^`|~-]+$/;

function header(source: string | undefined, owner: string): string {
  const given = source ?? 'method.request.header.Authorization';
  if (Token.isUnresolved(given) || HEADER_SOURCE.test(given)) return given;
  const meant = asWrittenFor('rest', given);
  throw new Owner(owner).error(
    `identitySource ${show(given)} must be one header: ${show(HEADER_SOURCE.test(meant) ? meant : 'method.request.header.Authorization')}`,
  );
}

function checkValidationRegex(pattern: string | undefined): void {
  if (pattern === undefined || Token.isUnresolved(pattern)) return;
  const why = pattern === '' ? 'it is empty' : faultOfPattern(pattern);
  if (why === undefined) return;
  throw new Owner('RestAuthorizer.lambdaToken').error(
    `validationRegex ${show(pattern)} is no regular expression (${why}); write e.g. "^Bearer [-0-9A-Za-z._]+$", or leave it out`,
  );
}

function ttl(options: RestAuthorizerOptions, owner: string): number {
  return resultsCacheTtl(options, new Owner(owner));
}

function defaultName(kind: string, resources: readonly { readonly node: { readonly id: string } }[]): string {
  const ids = resources.map((resource) => resource.node.id.replace(/[^A-Za-z0-9._-]+/g, '-')).sort();
  return [kind, ...ids].join('-').slice(0, 128);
}
