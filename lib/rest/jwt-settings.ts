import { Duration } from 'aws-cdk-lib';
import { type Owner, show } from '../shared/errors';
import { checkAlgorithms, checkAudience, checkIssuer, JWT_ALGORITHMS } from '../shared/jwt-issuer';
import { type RestJwtCommonOptions } from './jwt-options';

/** What the function of a JWT authorizer is told, every default filled in. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
  readonly requiredClaims: Readonly<Record<string, string>>;
  readonly clockToleranceSeconds: number;
  readonly algorithms: readonly string[];
  /** The header with the token. */
  readonly header: string;
}

const CLOCK_TOLERANCE_MAX_SECONDS = 300;

/** @throws where the options cannot be right */
export function defineJwtSettings(
  issuer: string,
  options: RestJwtCommonOptions,
  identitySource: string,
  owner: Owner,
): JwtSettings {
  const claims = Object.entries(options.requiredClaims ?? {});
  for (const [claim] of claims) {
    if (claim === '') throw owner.error('requiredClaims has a claim without a name');
    if (CHECKED[claim]) throw owner.error(`requiredClaims: "${claim}" is checked anyhow; ${CHECKED[claim]}`);
  }
  return {
    issuer: checkIssuer(issuer, owner),
    audience: checkAudience(options.audience, owner).sort(),
    scopes: checkScopes(options.scopes ?? [], owner).sort(),
    requiredClaims: Object.fromEntries(claims.sort(([a], [b]) => (a < b ? -1 : 1))),
    clockToleranceSeconds: clockTolerance(options.clockTolerance, owner),
    algorithms: checkAlgorithms(options.algorithms ?? JWT_ALGORITHMS, owner),
    header: identitySource.replace(/^method\.request\.header\./, ''),
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

/** @throws where one is empty, or several in one string */
export function checkScopes(scopes: readonly string[], owner: Owner): string[] {
  for (const scope of scopes) {
    if (/\s/.test(scope.trim())) {
      throw owner.error(
        `scopes: ${show(scope)} has white space, and a scope has none; write them one by one: ${scope.trim().split(/\s+/).map(show).join(', ')}`,
      );
    }
    if (scope.trim() === '' || scope !== scope.trim())
      throw owner.error(`scopes: ${show(scope)} is not a scope; write its name alone, e.g. "orders:read"`);
  }
  return [...new Set(scopes)];
}

function clockTolerance(given: Duration | undefined, owner: Owner): number {
  const tolerance = given ?? Duration.seconds(30);
  if (tolerance.isUnresolved()) return tolerance.toSeconds();
  const seconds = tolerance.toSeconds();
  if (seconds > CLOCK_TOLERANCE_MAX_SECONDS) {
    throw owner.error(
      `clockTolerance must be 0 to ${CLOCK_TOLERANCE_MAX_SECONDS} seconds, got: ${seconds}; a token would be taken that long after its end`,
    );
  }
  return seconds;
}

/** `jwt-login.example.com-tenant`: what of an issuer tells it from another, for names. */
export function nameOfIssuer(kind: string, issuer: string): string {
  const words = issuer
    .replace(/^https:\/\//, '')
    .replace(/\$\{Token\[[^\]]*\]\}/g, '')
    .split(/[^A-Za-z0-9._]+/);
  return [kind, ...words.filter((word) => word !== '')].join('-').slice(0, 128);
}
