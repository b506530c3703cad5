import { type Json } from './json';

/** `$context` of a request, and `requestContext` of its events. */
export interface RequestContext {
  [name: string]: Json | undefined;
  readonly identity: { [name: string]: Json };
  /** Set by an authorizer. */
  authorizer?: { [name: string]: Json };
}
