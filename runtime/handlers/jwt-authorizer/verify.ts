import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type JwtConfig } from './config';
import { type Issuer } from './issuer';
import { IssuerUnavailableError } from './remote-document';

/** Why a token was not taken; goes to the log, never to the caller. */
export interface Rejection {
  readonly reason: string;
  readonly alg?: string;
  readonly kid?: string;
  readonly iss?: string;
  readonly aud?: string;
}

/** The caller gets 401. */
export class TokenRejectedError extends Error {
  constructor(public readonly rejection: Rejection) {
    super(rejection.reason);
    this.name = 'TokenRejectedError';
  }
}

/** API Gateway takes 10,240 bytes of headers in all. */
const TOKEN_MAX_LENGTH = 10_240;
const SHOWN_MAX_LENGTH = 200;

/** The token of an `Authorization: Bearer <token>` header. */
export function bearerToken(header: string | undefined): string {
  if (header === undefined || header.trim() === '')
    throw new TokenRejectedError({ reason: 'the header with the token is missing' });
  const match = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*) *$/i.exec(
    header.slice(0, TOKEN_MAX_LENGTH + 10),
  );
  if (header.length > TOKEN_MAX_LENGTH)
    throw new TokenRejectedError({ reason: `the token is longer than ${TOKEN_MAX_LENGTH} characters` });
  if (!match) throw new TokenRejectedError({ reason: 'the header is not "Bearer <JWT>"' });
  return match[1];
}

/** A token that stands alone. `where` it stood goes to the log. */
export function plainToken(text: string, where: string): string {
  if (text.length > TOKEN_MAX_LENGTH)
    throw new TokenRejectedError({ reason: `the token is longer than ${TOKEN_MAX_LENGTH} characters` });
  if (!/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(text))
    throw new TokenRejectedError({ reason: `${where} is not a JWT` });
  return text;
}

/**
 * The claims of a token that is right in every respect but its scopes.
 * @throws TokenRejectedError if it is not, IssuerUnavailableError if that is unknown
 */
export async function verifyToken(token: string, issuer: Issuer, config: JwtConfig, now: Date): Promise<JWTPayload> {
  const facts = factsOf(token);
  // A foreign token must not make the issuer be asked for a key that it cannot have.
  if (facts.claims.iss !== config.issuer)
    throw new TokenRejectedError({ reason: 'iss is another issuer', ...facts.shown });
  const reject = (reason: string) => new TokenRejectedError({ reason, ...facts.shown });
  const key: JWTVerifyGetKey = (header, of) => {
    if (typeof header.kid !== 'string' || header.kid === '') throw reject('kid is missing');
    return issuer.key(header, of);
  };
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer: config.issuer,
      algorithms: [...config.algorithms],
      clockTolerance: config.clockToleranceSeconds,
      currentDate: now,
      requiredClaims: ['exp'],
    });
    const wrong = faultOf(payload, config, now);
    if (wrong !== undefined) throw reject(wrong);
    return payload;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw reject(reason);
  }
}

/** What HTTP APIs and the user require of the claims beyond RFC 7519. */
function faultOf(claims: JWTPayload, config: JwtConfig, now: Date): string | undefined {
  const audience = audienceOf(claims);
  if (audience === undefined) return 'aud and client_id are missing';
  if (!audience.some((one) => typeof one === 'string' && config.audience.includes(one)))
    return claims.aud === undefined ? 'client_id, used instead of aud, is another audience' : 'aud is another audience';
  if (claims.iat !== undefined && claims.iat > Math.floor(now.getTime() / 1000) + config.clockToleranceSeconds)
    return 'iat: the token was issued in the future';
  for (const [claim, wanted] of Object.entries(config.requiredClaims)) {
    const given: unknown = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    const values: unknown[] = Array.isArray(given) ? given : [given];
    if (!values.some((value) => value !== undefined && value !== null && String(value) === wanted))
      return `the claim "${claim}" is missing or has another value`;
  }
  return undefined;
}

/** Access tokens of Amazon Cognito have no `aud`. If there is one, `client_id` does not count. */
function audienceOf({ aud, client_id: client }: JWTPayload): readonly unknown[] | undefined {
  if (aud !== undefined) return Array.isArray(aud) ? aud : [aud];
  return client === undefined ? undefined : [client];
}

function factsOf(token: string): { readonly claims: JWTPayload; readonly shown: Omit<Rejection, 'reason'> } {
  try {
    const claims = decodeJwt(token);
    const { alg, kid } = decodeProtectedHeader(token);
    return { claims, shown: { alg: shown(alg), kid: shown(kid), iss: shown(claims.iss), aud: shown(claims.aud) } };
  } catch {
    throw new TokenRejectedError({ reason: 'the token is not a JWT' });
  }
}

/** Anyone may have written it, so only a short part is logged. */
function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_MAX_LENGTH);
}

/** Undefined where the fault is not the token's. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof IssuerUnavailableError || error instanceof TokenRejectedError) return undefined;
  if (error instanceof errors.JWTExpired) return 'exp: the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing'
      ? `${error.claim} is missing`
      : (CLAIM_REASONS[error.claim] ?? `${error.claim} is not valid`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'alg is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no such key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'the issuer has several keys with this kid';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is not from the issuer';
  return error instanceof errors.JOSEError ? 'the token is not a JWT' : undefined;
}

const CLAIM_REASONS: Readonly<Record<string, string>> = {
  nbf: 'nbf: the token is not valid yet',
};
