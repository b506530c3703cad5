import { type ResourceRef } from '../template/model/place';
import { type Text } from '../template/model/text';
import { type Backends } from './backends';
import { type SchemaCompiler } from './models';
import { type KnownCredential } from './credential';

/** What a local API needs from the world around it. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly backends: Backends;
  readonly compileSchema: SchemaCompiler;
  /** Those that signatures are verified with; undefined if any signature is enough. */
  readonly credentials?: readonly KnownCredential[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  /** What a resource is called here. */
  readonly nameOf: (ref: ResourceRef) => string;
  /** The characters of a text of the template, with its references resolved. */
  readonly text: (text: Text) => string;
}
