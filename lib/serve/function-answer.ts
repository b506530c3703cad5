import { type HeaderFields } from './exchange';
import { isObject, type Json, type JsonObject } from './json';

const KEYS: ReadonlySet<string> = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
  'cookies',
]);

/** The answer of a proxied function. */
export interface FunctionAnswer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What a proxied function answered; a text instead says why it is malformed. */
export function readFunctionAnswer(value: Json | undefined): FunctionAnswer | string {
  if (!isObject(value)) return 'The answer of the function is no object; return {statusCode, headers, body}';
  const odd = Object.keys(value).find((key) => !KEYS.has(key));
  if (odd !== undefined) return `The answer has ${JSON.stringify(odd)}, which is not one of ${[...KEYS].join(', ')}`;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = value;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status) || statusCode === '' || status < 100 || status > 599) {
    return `statusCode is ${JSON.stringify(statusCode)}, not a whole number`;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return 'body is no text; return JSON.stringify(body)';
  }
  const fields = headersOf(headers ?? {}, multiValueHeaders ?? {});
  if (typeof fields === 'string') return fields;
  return { status, headers: fields, body: body ?? '', isBase64Encoded: isBase64Encoded === true };
}

/** Those of multiValueHeaders first; a value that both have comes once. */
function headersOf(single: Json, multiple: Json): HeaderFields | string {
  if (!isObject(single) || !isObject(multiple)) return 'headers and multiValueHeaders have to be objects';
  const fields: [string, string][] = [];
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return `multiValueHeaders has ${name}, which is no list`;
    fields.push(...values.map((value: Json): [string, string] => [name, textOf(value)]));
  }
  for (const [name, value] of Object.entries(single as JsonObject)) {
    if (value === null) continue;
    const same = fields.filter(([each]) => each.toLowerCase() === name.toLowerCase());
    if (!same.some(([, each]) => each === textOf(value))) fields.push([same[0]?.[0] ?? name, textOf(value)]);
  }
  return fields;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
