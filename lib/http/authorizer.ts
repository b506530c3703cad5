import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Owner } from '../authoring/errors';
import { AuthorizerType, checkedConfig, defaultName, type IAuthorizerContext } from '../gateway/authorizer-config';
import { presetOf } from '../gateway/preset';
import { cognitoTokens } from '../jwt/cognito-issuer';
import { auth0Issuer, entraIdIssuer, oktaIssuer } from '../jwt/issuers';
import { nameOfIssuer } from '../jwt/jwt-issuer';
import { type HttpAuthorizerConfig } from './authorizer-config';
import { defineAuthorizer } from './authorizer-definition';
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

/**
 * Who may call a route of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
 */
export abstract class HttpAuthorizer {
  /**
   * Callers that sign their requests (Signature Version 4) and whose policy allows `execute-api:Invoke`.
   */
  public static iam(): HttpAuthorizer {
    return preset({ type: AuthorizerType.IAM }, 'iam');
  }

  /**
   * Users and machines of app clients of an Amazon Cognito user pool.
   *
   * @param options user pool, its clients and scopes
   */
  public static cognito(options: HttpCognitoAuthorizerOptions): HttpAuthorizer {
    const instead = 'give each its own authorizer on separate routes';
    const { userPool, ...tokens } = cognitoTokens(options, instead, ownerOf('cognito'));
    return HttpAuthorizer.token('cognito', options, { name: defaultName('cognito', userPool), ...tokens });
  }

  /**
   * Users and clients of any OpenID Connect issuer. A request with an invalid token gets a 401 response, one without a required
   * scope 403.
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
    return HttpAuthorizer.bearer('auth0', auth0Issuer(options, ownerOf('auth0')), options);
  }

  /**
   * Users and clients of an Okta organization; see `jwt`.
   *
   * @param options domain, authorization server, audience and scopes
   */
  public static okta(options: HttpOktaAuthorizerOptions): HttpAuthorizer {
    return HttpAuthorizer.bearer('okta', oktaIssuer(options, ownerOf('okta')), options);
  }

  /**
   * Users and clients of a Microsoft Entra ID tenant; see `jwt`.
   *
   * @param options tenant, audience and scopes
   */
  public static entraId(options: HttpEntraIdAuthorizerOptions): HttpAuthorizer {
    return HttpAuthorizer.bearer('entraId', entraIdIssuer(options, ownerOf('entraId')), options);
  }

  /**
   * A function that decides by headers, query string, stage variables and context of the request.
   *
   * @param fn function, alias or version
   * @param options the identity sources, how long a decision is cached, and the format of event and response
   */
  public static lambda(fn: IFunction, options: HttpLambdaAuthorizerOptions = {}): HttpAuthorizer {
    const { authorizerName = defaultName('lambda', fn), ...more } = options;
    return preset({ type: AuthorizerType.REQUEST, authorizerName, handler: fn, ...more }, 'lambda');
  }

  /**
   * No authorization: the route is open to everyone who can reach the API.
   *
   * @param reason why this is right, for reviewers; it becomes part of the acknowledgement of the finding
   */
  public static none(reason: string): HttpAuthorizer {
    return preset({ type: AuthorizerType.NONE, reason }, 'none');
  }

  private static bearer(kind: string, issuer: string, options: HttpJwtCommonOptions): HttpAuthorizer {
    return HttpAuthorizer.token(kind, options, {
      name: nameOfIssuer(kind, issuer),
      issuer,
      audience: options.audience,
    });
  }

  private static token(
    kind: string,
    options: HttpTokenAuthorizerOptions,
    token: { readonly name: string; readonly issuer: string; readonly audience: string[] },
  ): HttpAuthorizer {
    const { issuer, audience } = token;
    const { scopes, identitySource, authorizerName = token.name } = options;
    const identitySources = identitySource === undefined ? undefined : [identitySource];
    return preset({ type: AuthorizerType.JWT, authorizerName, issuer, audience, scopes, identitySources }, kind);
  }

  /** @internal */
  public readonly _apiKind = 'http';

  /**
   * The authorizer for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors. Authorizers with the same name must be equal.
   *
   * @param context the route
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   * @example
   *
   * class Staff extends HttpAuthorizer {
   *   public bind(): HttpAuthorizerConfig {
   *     const audience = ['https://api.example.com'];
   *     return { type: AuthorizerType.JWT, authorizerName: 'staff', issuer: 'https://login.example.com/', audience };
   *   }
   * }
   */
  public abstract bind(context: IAuthorizerContext): HttpAuthorizerConfig;
}

const ownerOf = (method: string): Owner => new Owner(`HttpAuthorizer.${method}`);

function preset(config: HttpAuthorizerConfig, method: string): HttpAuthorizer {
  const checked = checkedConfig(config, defineAuthorizer, ownerOf(method));
  return presetOf(HttpAuthorizer, () => checked);
}
