import { Duration } from 'aws-cdk-lib';
import { CACHE_TTL_MAX_SECONDS } from '../facts/quotas';
import { type Owner } from '../authoring/errors';

/**
 * Options of every authorizer that looks at a request.
 */
export interface RestAuthorizerOptions {
  /**
   * Name of the authorizer, unique in the API. A-Z a-z 0-9 . _ -.
   *
   * @default - the kind and the ids of its user pools, function or issuer, e.g. `cognito-Users`
   */
  readonly authorizerName?: string;

  /**
   * How long a decision is kept for the same identity. 0 to 3600 seconds; 0 turns the cache off. A kept decision holds
   * for every route of the stage, so the policy of a Lambda authorizer must cover all of them.
   *
   * @default Duration.minutes(5)
   */
  readonly resultsCacheTtl?: Duration;
}

/** @throws outside of 0 to 3600 seconds */
export function resultsCacheTtl(options: RestAuthorizerOptions, owner: Owner): number {
  const given = options.resultsCacheTtl ?? Duration.minutes(5);
  if (given.isUnresolved()) return given.toSeconds();
  const seconds = given.toSeconds();
  if (seconds > CACHE_TTL_MAX_SECONDS) {
    throw owner.error(`resultsCacheTtl must be 0 to ${CACHE_TTL_MAX_SECONDS} seconds, got: ${seconds}`);
  }
  return seconds;
}
