import { put } from '../../lookup/named';
import { type Json, object } from './json';
import { variablesOf } from './paths';

/** Says of a path that its last variable takes the rest of the request path, slashes included: OpenAPI has no word for that. */
export const GREEDY = 'x-greedy';

const shapeOf = (path: string): string => path.replace(/\{[^{}]+\}/g, '{}');

/**
 * The paths for tools: they look for the name that is in the braces, so a linter, a server or a client makes something else of
 * `{proxy+}`. A path that would be another one without its `+` keeps it.
 */
export function withPlainVariables(paths: Json): Json {
  const shapes = Object.keys(paths).map(shapeOf);
  const plain: Json = {};
  for (const [path, item] of Object.entries(paths)) {
    const name = path.replace(/\+\}$/, '}');
    const variables = variablesOf(name);
    const isOwn = shapes.filter((shape) => shape === shapeOf(path)).length === 1;
    if (name === path || !isOwn || new Set(variables).size < variables.length) put(plain, path, item);
    else put(plain, name, { [GREEDY]: true, ...object(item) });
  }
  return plain;
}
