import { Duration } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { CACHE_TTL_MAX_SECONDS } from '../facts/quotas';
import { asWrittenFor } from './identity-source';

/** The same as API Gateway's own default. */
const DEFAULT_TTL = Duration.minutes(5);

/**
 * How long the decisions of an authorizer are cached.
 * @internal
 */
export interface DecisionTtlOptions {
  /**
   * How long a decision is cached for the same identity. 0 to 3600 seconds; 0 disables caching.
   *
   * @default - Duration.minutes(5) with identity sources, otherwise Duration.seconds(0)
   */
  readonly resultsCacheTtl?: Duration;
}

/** @throws outside 0 to 3600 seconds, or if one caller would get what was decided for another */
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
      'identitySources is empty while decisions are cached, so one caller would get the decision for another; ' +
        `name what identifies callers, e.g. ['${asWrittenFor(kind, '$request.header.Authorization')}'], or remove resultsCacheTtl`,
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
