import { type JsonObject } from '../json';
import { type Caller } from '../signature';

/** Who sent a request, as an authorizer found out. */
export type Identity =
  | { readonly kind: 'jwt'; readonly claims: JsonObject; readonly scopes: readonly string[] | null }
  | { readonly kind: 'lambda'; readonly context: JsonObject; readonly principalId?: string }
  | IamIdentity;

interface IamIdentity extends Caller {
  readonly kind: 'iam';
}

/** `requestContext.authorizer` of format 2.0; undefined for open routes. */
export function ofFormat2(identity: Identity | undefined): JsonObject | undefined {
  switch (identity?.kind) {
    case 'jwt':
      return { jwt: { claims: identity.claims, scopes: identity.scopes && [...identity.scopes] } };
    case 'lambda':
      return { lambda: identity.context };
    case 'iam': {
      const { accessKey, accountId, userId, userArn } = identity;
      return {
        iam: {
          ...{ accessKey, accountId, callerId: userId, cognitoIdentity: null },
          ...{ principalOrgId: null, userArn, userId },
        },
      };
    }
    default:
      return undefined;
  }
}

/** The same of format 1.0, and `$context.authorizer`: objects and lists of a function are JSON texts. */
export function ofFormat1(identity: Identity | undefined): JsonObject {
  if (identity?.kind === 'lambda') {
    const { context, principalId } = identity;
    const flat = Object.entries(context).map(
      ([name, value]) => [name, isNested(value) ? textOf(value) : value] as const,
    );
    return { ...Object.fromEntries(flat), ...(principalId === undefined ? {} : { principalId }) };
  }
  if (identity?.kind !== 'jwt') return { claims: null, scopes: null };
  return { claims: identity.claims, scopes: identity.scopes && [...identity.scopes] };
}

/**
 * Claims as events have them: lists as `[a b]`, numbers and booleans as texts, none that is null.
 *
 * @see https://github.com/floci-io/floci/pull/2011
 */
export const claimTexts = (claims: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      if (value === null) return [];
      if (Array.isArray(value)) return [[name, `[${value.map((each) => textOf(each)).join(' ')}]`]];
      return [[name, textOf(value)]];
    }),
  );

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
