import { isToken } from '../document/skeleton';
import { definitionName, isObject, mapSubschemas, type Schema } from './subschemas';
import { at, put } from '../lookup/named';

/** A schema as models of an OpenAPI document. */
export interface RenderedModels {
  /** The model that represents the whole schema. */
  readonly name: string;
  /** `components.schemas`: the model, and one for each of its definitions. */
  readonly schemas: { readonly [name: string]: Schema };
}

/** The model name of a definition: `order-line` of `Order` is `OrderOrderLine`. */
export function definitionModelName(modelName: string, definition: string): string {
  const words = definition.split(/[^A-Za-z0-9]+/).filter((word) => word.length > 0);
  return modelName + words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/**
 * Moves every definition into a separate model: a model inside a Body can be referred to only by name, and `oneOf`,
 * `anyOf` and `allOf` cannot refer to a definition of the same schema.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function render(schema: Schema, name: string): RenderedModels {
  const definitions = definitionsOf(schema);
  const schemas: Record<string, Schema> = { [name]: model(schema, schema, name) };
  for (const [definition, part] of Object.entries(definitions)) {
    put(schemas, definitionModelName(name, definition), model(part, schema, name));
  }
  return { name, schemas };
}

/** The definitions of the root, as far as they are known at synth. */
export function definitionsOf(schema: Schema): { readonly [name: string]: Schema } {
  return isObject(schema.definitions) && !isToken(schema.definitions)
    ? (schema.definitions as { readonly [name: string]: Schema })
    : {};
}

/** The final target of a schema that consists of a reference only; undefined if it is circular. */
export function target(part: Schema, root: Schema): Schema | undefined {
  const seen = new Set<Schema>();
  let current = part;
  while (isReference(current)) {
    if (seen.has(current)) return undefined;
    seen.add(current);
    const name = definitionName(current.$ref);
    current = name === undefined ? root : (at(definitionsOf(root), name) as Schema);
  }
  return current;
}

function model(part: Schema, root: Schema, name: string): Schema {
  // A model that is only another name of a model is avoided.
  return rewrite(target(part, root) ?? part, name);
}

function rewrite(schema: Schema, name: string): Schema {
  if (isToken(schema)) return schema;
  if (isReference(schema)) {
    const definition = definitionName(schema.$ref);
    const model = definition === undefined ? name : definitionModelName(name, definition);
    return { ...schema, $ref: `#/components/schemas/${model}` };
  }
  // `$schema` is not a keyword of OpenAPI, and API Gateway reads every model as draft-04.
  const kept = '$schema' in schema || 'definitions' in schema ? withoutRoot(schema) : schema;
  return mapSubschemas(kept, (part) => (isObject(part) ? rewrite(part, name) : part));
}

function withoutRoot({ $schema: _, definitions: __, ...rest }: Schema): Schema {
  return rest;
}

function isReference(schema: Schema): schema is Schema & { readonly $ref: string } {
  return isObject(schema) && typeof schema.$ref === 'string' && !isToken(schema.$ref);
}
