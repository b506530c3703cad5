import { Duration } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { CACHE_TTL_MAX_SECONDS } from '../facts/quotas';
import { asWrittenFor } from './identity-source';

/** What API Gateway does by itself too. */
const DEFAULT_TTL = Duration.minutes(5);

/**
 * How long the decisions of an authorizer are kept.
 * @internal
 */
export interface DecisionTtlOptions {
  /**
   * How long a decision is kept for the same identity. 0 to 3600 seconds; 0 keeps none.
   *
   * @default - Duration.minutes(5) with identity sources, else Duration.seconds(0)
   */
  readonly resultsCacheTtl?: Duration;
}

/** @throws outside of 0 to 3600 seconds, or if one caller would get what was decided for another */
export function decisionTtl(
  { resultsCacheTtl }: DecisionTtlOptions,
  identitySources: readonly string[],
  kind: 'rest' | 'http',
  owner: Owner,
): number {
  const isAnonymous = identitySources.length === 0;
  const given = resultsCacheTtl ?? (isAnonymous ? Duration.seconds(0) : DEFAULT_TTL);
  const seconds = cacheSeconds('resultsCacheTtl', given, owner);
  if (isAnonymous && seconds !== 0) {
    throw owner.error(
      'identitySources is empty while decisions are kept, so one caller would get the decision made for another; ' +
        `name what tells callers apart, e.g. ['${asWrittenFor(kind, '$request.header.Authorization')}'], or leave resultsCacheTtl out`,
    );
  }
  return seconds;
}

/** The seconds for which something is cached. @throws outside of 0 to 3600 */
export function cacheSeconds(prop: string, ttl: Duration, owner: Owner): number {
  const seconds = ttl.toSeconds();
  if (!ttl.isUnresolved() && seconds > CACHE_TTL_MAX_SECONDS) {
    throw owner.error(`${prop} must be 0 to ${CACHE_TTL_MAX_SECONDS} seconds, got: ${seconds}`);
  }
  return seconds;
}
