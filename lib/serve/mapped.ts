import { type Location } from '../template/model/place';
import { type Json } from './json';

/** Where a custom domain leads a request. */
export interface Mapped {
  readonly domainName: string;
  /** Undefined if the path names the stage. */
  readonly stage?: string;
  /** The part of the path, as it was sent, before that of the API: `/v1`, or nothing. */
  readonly basePath: string;
  /** `$context.customDomain`. */
  readonly customDomain: { readonly [name: string]: Json };
  readonly because: readonly Location[];
}

/** The stage of a request: its part of the path, and the custom domain that led here. */
export interface Arrival {
  /** `/prod`, or `/v1` of a custom domain; empty where the path begins below the stage. */
  readonly prefix: string;
  readonly mapped?: Mapped;
}

/**
 * How a request came here, for its trace.
 *
 * @param isClosed whether only custom domains lead to the API on AWS
 */
export function wayOf(mapped: Mapped | undefined, isClosed: boolean): string {
  if (!mapped) return isClosed ? '; on AWS only a custom domain leads here: disableExecuteApiEndpoint is true' : '';
  const { domainName, basePath, stage } = mapped;
  return `; ${domainName}${basePath} leads to ${stage === undefined ? 'the stage in the path' : `the stage ${stage}`}`;
}

/** A base path without the slashes around it. */
export function trimmed(path: string): string {
  let [from, to] = [0, path.length];
  while (path[from] === '/') from += 1;
  while (to > from && path[to - 1] === '/') to -= 1;
  return path.slice(from, to);
}
