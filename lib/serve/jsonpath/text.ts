import { readJson } from '../vtl/json';
import { compactJson } from '../vtl/print';
import { evaluatePath } from './evaluate';
import { parsePath } from './parse';

/**
 * The value at a place of a JSON text, as mappings write it; undefined if it has none.
 *
 * @param path `.a.b` or `[0]`
 * @throws TemplateError if the text is not JSON, or the path cannot be read
 */
export function textAt(json: string, path: string): string | undefined {
  const value = evaluatePath(parsePath(`$${path}`), readJson(json));
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : compactJson(value);
}
