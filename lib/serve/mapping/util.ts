import { readJson } from '../vtl/json';
import { TemplateError } from '../vtl/scanner';
import { HostObject, type Value } from '../vtl/values';

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

/** As Apache Commons Lang 2 escapes, quotes of both kinds and `/` included. */
const escapeJavaScript = (text: string): string =>
  text.replace(/['"\\/]|[^ -\u007f]/g, (c) => {
    if (/['"\\/]/.test(c)) return `\\${c}`;
    return SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });

/** As Java's URLEncoder encodes. */
const urlEncode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new TemplateError(
      `$util.urlDecode: ${JSON.stringify(text)} has a "%" that is not followed by the bytes of a character`,
    );
  }
}

const FUNCTIONS: Readonly<Record<string, (text: string) => Value>> = {
  ...{ escapeJavaScript, urlEncode, urlDecode, parseJson: readJson },
  base64Encode: (text) => Buffer.from(text, 'utf8').toString('base64'),
  base64Decode: (text) => Buffer.from(text, 'base64').toString('utf8'),
};

/** Functions take one text; of nothing they give nothing. */
const taking =
  (call: (text: string) => Value) =>
  ([argument]: readonly Value[]): Value =>
    typeof argument === 'string' ? call(argument) : null;

/**
 * `$util` of a mapping template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export const UTIL = new HostObject(
  'util',
  {},
  Object.fromEntries(Object.entries(FUNCTIONS).map(([name, call]) => [name, taking(call)])),
);
