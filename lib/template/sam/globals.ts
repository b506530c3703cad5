import { own } from '../reader/scope';
import { dict, isIntrinsic, isJson, type Json, list } from './json';

/** What is nested deeper than any property is taken from the resource. */
const MAX_DEPTH = 30;

/**
 * The properties of a resource with those of the section `Globals`: objects are merged, lists are joined, and of anything
 * else the resource's own is taken.
 *
 * @param ignored `IgnoreGlobals` of the resource: `*`, or names of properties
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(globals: unknown, ignored: unknown, properties: Json): Json {
  const section = dict(globals);
  if (!section || ignored === '*') {
    return properties;
  }
  const names = list(ignored);
  const taken = Object.fromEntries(Object.entries(section).filter(([name]) => !names.includes(name)));
  return merged(taken, properties, 0) as Json;
}

/** The section `Globals` for a type: `Function`, `Api`… */
export const globalsOf = (template: unknown, type: string): unknown => own(own(template, 'Globals'), type);

function merged(general: unknown, special: unknown, depth: number): unknown {
  if (Array.isArray(general) && Array.isArray(special)) {
    return [...(general as unknown[]), ...(special as unknown[])];
  }
  if (!isJson(general) || !isJson(special) || isIntrinsic(general) || isIntrinsic(special) || depth > MAX_DEPTH) {
    return special;
  }
  const keys = new Set([...Object.keys(general), ...Object.keys(special)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      if (!Object.hasOwn(special, key)) return [key, general[key]];
      return [key, Object.hasOwn(general, key) ? merged(general[key], special[key], depth + 1) : special[key]];
    }),
  );
}
