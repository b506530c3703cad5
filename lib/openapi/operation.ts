import { type Schema } from '../json-schema/subschemas';

/** One operation of a document. */
export interface Operation {
  /** `GET /pets/{id}`, or `$default`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  /** Keys from the root of the document to the operation. */
  readonly place: readonly string[];
  readonly value: Schema;
  /** The parameters of the path, which also apply to the operation; with their place. */
  readonly shared: { readonly value: unknown; readonly place: readonly string[] };
}
