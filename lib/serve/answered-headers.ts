import { type HeaderFields } from './exchange';
import { isObject, type Json } from './json';

/**
 * The headers of the response of a function: those of multiValueHeaders first; a value that both have comes once.
 *
 * @returns a text that says what is wrong with them
 */
export function answeredHeaders(single: Json, multiple: Json): HeaderFields | string {
  if (!isObject(single) || !isObject(multiple)) return 'headers and multiValueHeaders have to be objects';
  const fields: [string, string][] = [];
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return `multiValueHeaders has ${name}, which is not a list`;
    fields.push(...values.map((value: Json): [string, string] => [name, textOf(value)]));
  }
  for (const [name, value] of Object.entries(single)) {
    if (value === null) continue;
    const same = fields.filter(([each]) => each.toLowerCase() === name.toLowerCase());
    if (!same.some(([, each]) => each === textOf(value))) fields.push([same[0]?.[0] ?? name, textOf(value)]);
  }
  return fields;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
