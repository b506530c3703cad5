import { type Model } from '../model/common';
import { type Resolved } from '../model/resolved';
import { Place } from '../reader/located';
import { type Node } from '../reader/node';
import { type Value } from '../model/value';

/** A model; its schema is resolved when it is requested. */
class ModelOf extends Place implements Model {
  public readonly schema?: unknown;
  readonly #schema: Node;

  constructor(
    node: Node,
    schema: Node,
    public readonly name?: Value<string>,
    public readonly contentType?: Value<string>,
  ) {
    super(node);
    this.schema = schema.written;
    this.#schema = schema;
  }

  public get resolvedSchema(): Resolved | undefined {
    return this.#schema.resolved;
  }
}

export const modelOfResource = (node: Node): Model =>
  new ModelOf(node, node.get('Schema'), node.get('Name').string(), node.get('ContentType').string());

/** A schema of a document. */
export const modelOfBody = (schema: Node): Model => new ModelOf(schema, schema, schema.name, 'application/json');
