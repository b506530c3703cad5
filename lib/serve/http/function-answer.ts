import { answeredHeaders } from '../answered-headers';
import { type Answer, type HeaderFields, withDefault } from '../exchange';
import { isObject, type Json, type JsonObject, parsedJson } from '../json';

/** An answer whose body is there. */
export type WholeAnswer = Answer & { readonly body: Uint8Array };

const PLAIN = 'text/plain;charset=UTF-8';
const JSON_TYPE = 'application/json';

/**
 * The result of a function; a text instead says why it is malformed.
 *
 * @param payload JSON
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function functionAnswer(payload: string, format: string): WholeAnswer | string {
  const value = parsedJson(payload);
  if (isObject(value) && value.statusCode !== undefined) return written(value, format);
  if (format === '1.0') return 'The response has no statusCode, which format 1.0 requires';
  // Any other value is the body itself.
  const text = typeof value === 'string' ? value : payload;
  return { status: 200, headers: [['Content-Type', JSON_TYPE]], body: Buffer.from(text, 'utf8') };
}

function written(value: JsonObject, format: string): WholeAnswer | string {
  const { statusCode, body, isBase64Encoded } = value;
  const isText = typeof statusCode === 'string' && statusCode.trim() !== '';
  const status = isText || typeof statusCode === 'number' ? Number(statusCode) : NaN;
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    return `statusCode is ${JSON.stringify(statusCode)}, not a whole number from 100 to 599`;
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return 'body is not a text; return JSON.stringify(body)';
  }
  const headers = headersOf(value, format);
  if (typeof headers === 'string') return headers;
  const text = body ?? '';
  if (isBase64Encoded === true && !isBase64(text)) return 'isBase64Encoded is true and body is not base64';
  return {
    status,
    headers: withDefault(headers, 'Content-Type', PLAIN),
    body: Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Format 2.0 has cookies, format 1.0 headers with several values. */
function headersOf({ headers, multiValueHeaders, cookies }: JsonObject, format: string): HeaderFields | string {
  if (format === '1.0') return answeredHeaders(headers ?? {}, multiValueHeaders ?? {});
  const fields = answeredHeaders(headers ?? {}, {});
  const given: Json = cookies ?? [];
  if (typeof fields === 'string') return fields;
  if (!Array.isArray(given)) return 'cookies is not a list';
  return [...fields, ...given.map((cookie: Json): [string, string] => ['set-cookie', String(cookie)])];
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replace(/[\r\n]/g, ''));
