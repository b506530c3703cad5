import { type Value } from '../vtl/values';

/** A path that was read. */
export interface JsonPath {
  /** Whether it starts at the element of a filter (`@`). */
  readonly isRelative: boolean;
  readonly steps: readonly PathStep[];
  readonly source: string;
}

export type PathStep =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** `..`: what follows is looked for at all depths. */
  | { readonly kind: 'deep' }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly Operand[] };

export type Operand =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'exists'; readonly path: JsonPath }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand };
