import { validate } from '@readme/openapi-parser';
import { openApiViolations } from './openapi-schema';

/**
 * What is wrong with an OpenAPI 3.0 document, by the schema of the OpenAPI Initiative and by a validator of others, which
 * also looks at references, operation ids and the parameters of paths.
 */
export async function openApiProblems(document: unknown): Promise<string[]> {
  const copy = JSON.parse(JSON.stringify(document)) as Parameters<typeof validate>[0];
  const result = await validate(copy, { validate: { errors: { colorize: false } }, resolve: { external: false } });
  return [...openApiViolations(document), ...(result.valid ? [] : result.errors.map(({ message }) => message))];
}
