import { type HeaderFields } from './exchange';
import { answeredHeaders } from './answered-headers';
import { isObject, type Json } from './json';

const KEYS: ReadonlySet<string> = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
  'cookies',
]);

/** The response of a proxied function. */
export interface FunctionAnswer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The result of a proxied function; a text instead says why it is malformed. */
export function readFunctionAnswer(value: Json | undefined): FunctionAnswer | string {
  if (!isObject(value)) return 'The response of the function is not an object; return {statusCode, headers, body}';
  const odd = Object.keys(value).find((key) => !KEYS.has(key));
  if (odd !== undefined) return `The response has ${JSON.stringify(odd)}, which is not one of ${[...KEYS].join(', ')}`;
  const { statusCode = 200, headers, multiValueHeaders, body, isBase64Encoded } = value;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status) || statusCode === '' || status < 100 || status > 599) {
    return `statusCode is ${JSON.stringify(statusCode)}, not a whole number`;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return 'body is not a text; return JSON.stringify(body)';
  }
  const fields = answeredHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (typeof fields === 'string') return fields;
  return { status, headers: fields, body: body ?? '', isBase64Encoded: isBase64Encoded === true };
}
