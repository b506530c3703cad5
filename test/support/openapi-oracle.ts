import { validate } from '@readme/openapi-parser';
import { openApiViolations } from './openapi-schema';

/** What these hold are values: a `$ref` in them is text, and the validator would follow it. */
const VALUES = ['enum', 'default', 'example', 'examples'];
/** Their keys are names, of which one may be `default`. */
const MAPS = ['properties', 'responses', 'schemas', 'headers', 'parameters', 'paths', 'variables'];

/**
 * What is wrong with an OpenAPI 3.0 document, by the schema of the OpenAPI Initiative and by a validator of others, which
 * also looks at references, operation ids and the parameters of paths.
 */
export async function openApiProblems(document: unknown): Promise<string[]> {
  const copy = withoutReferencesInValues(JSON.parse(JSON.stringify(document))) as Parameters<typeof validate>[0];
  const result = await validate(copy, { validate: { errors: { colorize: false } }, resolve: { external: false } });
  return [...openApiViolations(document), ...(result.valid ? [] : result.errors.map(({ message }) => message))];
}

function withoutReferencesInValues(part: unknown, place: 'names' | 'value' | 'object' = 'object'): unknown {
  if (Array.isArray(part)) return part.map((item) => withoutReferencesInValues(item, place));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, item]) => {
      if (place === 'value') return [key === '$ref' ? 'ref' : key, withoutReferencesInValues(item, 'value')];
      const isValue = place === 'object' && VALUES.includes(key);
      const inner = isValue ? 'value' : place === 'object' && MAPS.includes(key) ? 'names' : 'object';
      return [key, withoutReferencesInValues(item, inner)];
    }),
  );
}
