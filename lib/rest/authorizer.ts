import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Owner } from '../authoring/errors';
import { AuthorizerType, checkedConfig, defaultName, type IAuthorizerContext } from '../gateway/authorizer-config';
import { presetOf } from '../gateway/preset';
import { auth0Issuer, entraIdIssuer, oktaIssuer } from '../jwt/issuers';
import { nameOfIssuer } from '../jwt/jwt-issuer';
import { type RestAuthorizerConfig } from './authorizer-config';
import { defineAuthorizer } from './authorizer-definition';
import {
  type RestCognitoAuthorizerOptions,
  type RestLambdaAuthorizerOptions,
  type RestLambdaTokenAuthorizerOptions,
} from './authorizer-options';
import {
  type RestAuth0AuthorizerOptions,
  type RestEntraIdAuthorizerOptions,
  type RestJwtAuthorizerOptions,
  type RestJwtCommonOptions,
  type RestOktaAuthorizerOptions,
} from './jwt-options';

/**
 * Who may call a route of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
export abstract class RestAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): RestAuthorizer {
    return preset({ type: AuthorizerType.IAM }, 'iam');
  }

  /**
   * Users of Amazon Cognito user pools.
   *
   * @param options user pools and scopes
   */
  public static cognito(options: RestCognitoAuthorizerOptions): RestAuthorizer {
    return preset(
      {
        type: AuthorizerType.COGNITO,
        authorizerName: options.authorizerName ?? defaultName('cognito', ...options.userPools),
        userPools: [...options.userPools],
        scopes: options.scopes && [...options.scopes],
        identitySources: listOf(options.identitySource),
        resultsCacheTtl: options.resultsCacheTtl,
      },
      'cognito',
    );
  }

  /**
   * Users and clients of any OpenID Connect issuer, checked as HTTP APIs check them, by a function that the gateway creates for
   * each authorizer. A request with an invalid token gets a 401 response, one without a required scope 403, and 500 if neither
   * the key nor the issuer is available.
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
    return RestAuthorizer.bearer('auth0', auth0Issuer(options, ownerOf('auth0')), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience and scopes
   */
  public static okta(options: RestOktaAuthorizerOptions): RestAuthorizer {
    return RestAuthorizer.bearer('okta', oktaIssuer(options, ownerOf('okta')), options);
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience and scopes
   */
  public static entraId(options: RestEntraIdAuthorizerOptions): RestAuthorizer {
    return RestAuthorizer.bearer('entraId', entraIdIssuer(options, ownerOf('entraId')), options);
  }

  /**
   * A function that decides by one token of the request.
   *
   * @param fn function, alias or version
   * @param options where the token is, and how long a decision is cached
   */
  public static lambdaToken(fn: IFunction, options: RestLambdaTokenAuthorizerOptions = {}): RestAuthorizer {
    return preset(
      {
        type: AuthorizerType.TOKEN,
        authorizerName: options.authorizerName ?? defaultName('lambda', fn),
        handler: fn,
        identitySources: listOf(options.identitySource),
        validationRegex: options.validationRegex,
        resultsCacheTtl: options.resultsCacheTtl,
      },
      'lambdaToken',
    );
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request.
   *
   * @param fn function, alias or version
   * @param options the identity sources, and how long a decision is cached
   */
  public static lambda(fn: IFunction, options: RestLambdaAuthorizerOptions = {}): RestAuthorizer {
    return preset(
      {
        type: AuthorizerType.REQUEST,
        authorizerName: options.authorizerName ?? defaultName('lambda', fn),
        handler: fn,
        identitySources: options.identitySources && [...options.identitySources],
        resultsCacheTtl: options.resultsCacheTtl,
      },
      'lambda',
    );
  }

  /**
   * The same as `lambda`, its name in all kinds of API.
   *
   * @deprecated use `lambda`
   */
  public static lambdaRequest(fn: IFunction, options: RestLambdaAuthorizerOptions = {}): RestAuthorizer {
    return RestAuthorizer.lambda(fn, options);
  }

  /**
   * No authorization: the route is open to everyone who can reach the API.
   *
   * @param reason why this is right, for reviewers; it becomes part of the acknowledgement of the finding
   */
  public static none(reason: string): RestAuthorizer {
    return preset({ type: AuthorizerType.NONE, reason }, 'none');
  }

  private static bearer(kind: string, issuer: string, options: RestJwtCommonOptions): RestAuthorizer {
    const { authorizerName = nameOfIssuer(kind, issuer), identitySource, ...jwt } = options;
    const { audience, scopes, requiredClaims, clockTolerance, algorithms, resultsCacheTtl } = jwt;
    const tokens = { issuer, audience, scopes, requiredClaims, clockTolerance, algorithms, resultsCacheTtl };
    return preset(
      { type: AuthorizerType.JWT, authorizerName, ...tokens, identitySources: listOf(identitySource) },
      kind,
    );
  }

  /** @internal */
  public readonly _apiKind = 'rest';

  /**
   * The authorizer for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors. Authorizers with the same name must be equal.
   *
   * @param context the route
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   * @example
   *
   * class Staff extends RestAuthorizer {
   *   public bind(): RestAuthorizerConfig {
   *     const audience = ['https://api.example.com'];
   *     return { type: AuthorizerType.JWT, authorizerName: 'staff', issuer: 'https://login.example.com/', audience };
   *   }
   * }
   */
  public abstract bind(context: IAuthorizerContext): RestAuthorizerConfig;
}

const ownerOf = (method: string): Owner => new Owner(`RestAuthorizer.${method}`);

function preset(config: RestAuthorizerConfig, method: string): RestAuthorizer {
  const checked = checkedConfig(config, defineAuthorizer, ownerOf(method));
  return presetOf(RestAuthorizer, () => checked);
}

const listOf = (source: string | undefined): string[] | undefined => (source === undefined ? undefined : [source]);
