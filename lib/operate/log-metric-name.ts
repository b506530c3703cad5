import { createHash } from 'node:crypto';
import { METRIC_NAME_FORBIDDEN, METRIC_NAME_MAX_CHARACTERS } from '../facts/metrics';

const HASH_CHARACTERS = 8;

/**
 * A name that CloudWatch accepts, from the user's names: `Orders/%24default/Throttles`. Other characters are
 * URL-encoded, and a name that is too long ends in a hash; all other names are unchanged.
 */
export function logMetricName(...parts: readonly string[]): string {
  const name = parts.join('/').replace(METRIC_NAME_FORBIDDEN, escaped);
  if (name.length <= METRIC_NAME_MAX_CHARACTERS) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS);
  return `${name.slice(0, METRIC_NAME_MAX_CHARACTERS - HASH_CHARACTERS - 1)}-${hash}`;
}

const escaped = (character: string): string =>
  Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
