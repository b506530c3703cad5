import { type JsonObject } from '../json';

/** Who sent a request, as an authorizer found out. */
export type Identity =
  | { readonly kind: 'jwt'; readonly claims: JsonObject; readonly scopes: readonly string[] | null }
  | { readonly kind: 'lambda'; readonly context: JsonObject; readonly principalId?: string }
  | {
      readonly kind: 'iam';
      readonly accessKey: string;
      readonly accountId: string;
      readonly userId: string;
      readonly userArn: string;
    };

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

/** The same of format 1.0, and `$context.authorizer`. */
export function ofFormat1(identity: Identity | undefined): JsonObject {
  if (identity?.kind === 'lambda') {
    return {
      ...identity.context,
      ...(identity.principalId === undefined ? {} : { principalId: identity.principalId }),
    };
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

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
