import { isToken } from '../document/skeleton';
import { openApiKeywords } from '../template/openapi/schema';
import { isObject, mapSubschemas, type Schema } from './subschemas';

/** A model in the words of OpenAPI 3.0, which has fewer keywords than draft-04; it never requires more. */
export function inOpenApi(schema: Schema): Schema {
  if (isToken(schema)) return schema;
  // OpenAPI ignores what is next to a reference.
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  return mapSubschemas(openApiKeywords({ ...schema }), (part) => (isObject(part) ? inOpenApi(part) : part));
}
