import { type Located, type Position } from './place';

/** Resources of SAM in a template that no transform turns into others; located at the first. */
export interface Untransformed extends Located {
  readonly types: readonly string[];
}

/** Resources that each refer to the next, and the last to the first; located at the first. */
export interface Circle extends Located {
  readonly logicalIds: readonly string[];
}

/** A key that a file has twice. */
export interface DuplicateKey extends Located {
  readonly key: string;
  /** The place of the key that does not count. */
  readonly lost: Position;
  readonly kept: Position;
}
