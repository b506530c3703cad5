import { Duration } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { checkAlgorithms, checkAudience, checkIssuer, checkScopes, JWT_ALGORITHMS } from './jwt-issuer';
import { type JwtTokenOptions } from './options';
import { at } from '../lookup/named';

/** The settings of the function of a JWT authorizer, with all defaults. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
  readonly requiredClaims: Readonly<Record<string, string>>;
  readonly clockToleranceSeconds: number;
  readonly algorithms: readonly string[];
  readonly token: TokenPlace;
}

/** The place of the token: the header of a request, or one of several places in a WebSocket handshake. */
export type TokenPlace =
  { readonly header: string } | { readonly kind: 'websocket'; readonly sources: readonly TokenSource[] };

/** One of the places; `name` is that of the header, of the query parameter, or of the subprotocol that precedes the token. */
export interface TokenSource {
  readonly in: 'header' | 'query' | 'subprotocol';
  readonly name: string;
}

const CLOCK_TOLERANCE_MAX_SECONDS = 300;

/** @throws if the options are invalid */
export function defineJwtSettings(
  issuer: string,
  options: JwtTokenOptions,
  token: TokenPlace,
  owner: Owner,
): JwtSettings {
  const claims = Object.entries(options.requiredClaims ?? {});
  for (const [claim] of claims) {
    if (claim === '') throw owner.error('requiredClaims has a claim without a name');
    const why = at(CHECKED, claim);
    if (why !== undefined) throw owner.error(`requiredClaims: "${claim}" is always checked; ${why}`);
  }
  return {
    issuer: checkIssuer(issuer, owner),
    audience: checkAudience(options.audience, owner).sort(),
    scopes: checkScopes(options.scopes ?? [], owner).sort(),
    requiredClaims: Object.fromEntries(claims.sort(([a], [b]) => (a < b ? -1 : 1))),
    clockToleranceSeconds: clockTolerance(options.clockTolerance, owner),
    algorithms: checkAlgorithms(options.algorithms ?? JWT_ALGORITHMS, owner),
    token,
  };
}

const CHECKED: Readonly<Record<string, string>> = {
  iss: 'set issuer',
  aud: 'set audience',
  exp: 'leave it out',
  nbf: 'leave it out',
  scope: 'set scopes',
  scp: 'set scopes',
};

function clockTolerance(given: Duration | undefined, owner: Owner): number {
  const tolerance = given ?? Duration.seconds(30);
  if (tolerance.isUnresolved()) return tolerance.toSeconds();
  const seconds = tolerance.toSeconds();
  if (seconds > CLOCK_TOLERANCE_MAX_SECONDS) {
    throw owner.error(
      `clockTolerance must be 0 to ${CLOCK_TOLERANCE_MAX_SECONDS} seconds, got: ${seconds}; tokens are accepted that long after they expire`,
    );
  }
  return seconds;
}
