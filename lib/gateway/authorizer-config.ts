import { type Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner, show } from '../authoring/errors';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { checkScopes } from '../jwt/jwt-issuer';
import { bindChecked, refuseProps } from './bound-config';
import { checkKind, type OfKind } from './foreign-kind';
import { isPreset } from './preset';

/**
 * Who decides whether a caller may call a route.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
export enum AuthorizerType {
  /** No authorizer: the route is open. */
  NONE = 'NONE',
  /** IAM, by signed requests (Signature Version 4). */
  IAM = 'IAM',
  /** Amazon Cognito user pools. REST APIs. */
  COGNITO = 'COGNITO',
  /** The tokens of an OpenID Connect issuer; on REST and WebSocket APIs, a function of this library checks them. */
  JWT = 'JWT',
  /** A Lambda function that gets one token. REST APIs. */
  TOKEN = 'TOKEN',
  /** A Lambda function that gets the request. */
  REQUEST = 'REQUEST',
}

/**
 * What an authorizer knows about its route. The gateway creates it, and passes it to `bind`.
 */
export interface IAuthorizerContext {
  /**
   * The stack of the gateway.
   */
  readonly stack: Stack;

  /**
   * Key of the route, e.g. `GET /orders/{id}` or `$connect`.
   */
  readonly routeKey: string;
}

/**
 * What authorizers of all kinds of APIs return from `bind`.
 */
export interface AuthorizerConfig {
  /**
   * Who decides.
   */
  readonly type: AuthorizerType;

  /**
   * Name of the authorizer, unique in the API, even if several routes use it. A-Z a-z 0-9 . _ -, up to 128 characters.
   *
   * @default - none: types NONE and IAM only
   */
  readonly authorizerName?: string;

  /**
   * Why the route may be open, for reviewers; required for type NONE, and only there.
   *
   * @default - none
   */
  readonly reason?: string;

  /**
   * The function that decides; required for types TOKEN and REQUEST, and only there. The gateway permits the API to call it.
   *
   * @default - none
   */
  readonly handler?: IFunction;

  /**
   * What identifies a caller, in the syntax of the kind of API, e.g. `method.request.header.Authorization` on REST APIs,
   * `$request.header.Authorization` on HTTP APIs, `route.request.header.Authorization` on WebSocket APIs.
   *
   * @default - the header Authorization, or none for type REQUEST
   */
  readonly identitySources?: string[];

  /**
   * The `iss` of the tokens; required for type JWT, and only there.
   *
   * @default - none
   */
  readonly issuer?: string;

  /**
   * The `aud` of the tokens for this API; required for type JWT, and only there.
   *
   * @default - none
   */
  readonly audience?: string[];

  /**
   * OAuth scopes, one of which a token must have; types COGNITO and JWT. For routes without `scopes`.
   *
   * @default - none
   */
  readonly scopes?: string[];
}

/** An authorizer of any kind. */
export interface BindsAuthorizer<R> extends OfKind {
  bind(context: IAuthorizerContext): R;
}

/** The authorizer of a route. @throws if neither the route nor the gateway has one */
export function chosenAuthorizer<A>(own: A | undefined, byDefault: A | undefined, kind: GatewayKind, owner: Owner): A {
  const chosen = own ?? byDefault;
  if (chosen !== undefined) return chosen;
  throw owner.error(
    'has no authorizer, and the gateway has no defaultAuthorizer; set one, ' +
      `or ${KINDS[kind].authorizer}.none('why it may be open') if everyone may ${kind === 'websocket' ? 'connect' : 'call it'}`,
  );
}

/** The scopes of a route: its own, otherwise those of its authorizer. @throws if nothing would check them */
export function scopesOnRoute(
  own: readonly string[] | undefined,
  authorizer: { readonly kind: string; readonly scopes?: readonly string[] },
  areChecked: boolean,
  owner: Owner,
): string[] {
  if (own && !areChecked) {
    throw owner.error(
      `scopes are checked by Cognito and JWT authorizers only; the route's authorizer has kind "${authorizer.kind}"`,
    );
  }
  return checkScopes(own ?? authorizer.scopes ?? [], owner).sort();
}

/** What is already known about configs that cannot change. */
const known = new WeakMap<object, unknown>();

/**
 * The result of an authorizer on a route.
 *
 * @param define checks the config
 * @throws if it belongs to another kind of API, or is not valid
 */
export function definedBy<R extends AuthorizerConfig, D>(
  authorizer: BindsAuthorizer<R>,
  kind: GatewayKind,
  context: IAuthorizerContext,
  define: (config: R, owner: Owner) => D,
  owner: Owner,
): D {
  checkKind(authorizer, kind, 'authorizer', owner);
  // Those of this library were checked when they were created.
  const config = isPreset(authorizer) ? authorizer.bind(context) : undefined;
  const found = config && (known.get(config) as D | undefined);
  if (found) return found;
  const bound = bindChecked(authorizer, context, `${KINDS[kind].authorizer}Config`, owner);
  return define(bound.config, bound.owner);
}

/** The config of an authorizer of this library, checked and frozen. */
export function checkedConfig<R extends AuthorizerConfig, D>(
  config: R,
  define: (config: R, owner: Owner) => D,
  owner: Owner,
): R {
  known.set(Object.freeze(config), define(config, owner));
  return config;
}

/** The name of an authorizer that the user did not name: its kind, and the ids of its user pools or function. */
export function defaultName(kind: string, ...resources: readonly { readonly node: { readonly id: string } }[]): string {
  const ids = resources.map(({ node }) => node.id.replace(/[^A-Za-z0-9._-]+/g, '-')).sort();
  return [kind, ...ids].join('-').slice(0, 128);
}

/** What a type of a kind of API requires, and what it accepts in addition. */
export interface TypeProps {
  readonly needs: readonly string[];
  readonly takes: readonly string[];
}

const EVERYWHERE = ['type', 'authorizerName', 'reason'];

/** @throws if the API does not have the type, or the type does not have a prop, or lacks one */
export function checkType(
  config: AuthorizerConfig,
  types: Partial<Readonly<Record<AuthorizerType, TypeProps>>>,
  api: string,
  owner: Owner,
): void {
  const { type, authorizerName: name, reason } = config;
  const props = types[type];
  if (!props) throw owner.error(`type ${type} is not for ${api} APIs. Allowed: ${Object.keys(types).join(', ')}`);
  const others = Object.keys(config).filter((prop) => ![...EVERYWHERE, ...props.needs, ...props.takes].includes(prop));
  refuseProps(config, others, `is not for type ${type}; remove it`, owner);
  const isNamed = type !== AuthorizerType.NONE && type !== AuthorizerType.IAM;
  if (!isNamed) refuseProps(config, ['authorizerName'], `is not for type ${type}; remove it`, owner);
  if (type !== AuthorizerType.NONE) refuseProps(config, ['reason'], 'is why a route is open; type NONE has it', owner);
  else if (reason === undefined || reason.trim() === '')
    throw owner.error('the reason is empty; write why the route may be open, e.g. "load balancer probe"');
  const missing = props.needs.find((prop) => (config as unknown as Record<string, unknown>)[prop] === undefined);
  if (missing !== undefined) throw owner.error(`${missing} is missing; type ${type} needs it`);
  if (isNamed && (name === undefined || !/^[A-Za-z0-9._-]{1,128}$/.test(name)))
    throw owner.error(
      name === undefined
        ? 'authorizerName is missing; name it, e.g. "partners"'
        : `authorizerName ${show(name)} must be 1 to 128 of A-Z a-z 0-9 . _ -`,
    );
}
