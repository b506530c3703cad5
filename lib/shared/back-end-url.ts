import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../facts/names';
import { type Owner, show } from './errors';

/** What a URI is made of; any other character, a space or `ü`, is written in percent. */
const URI_CHARACTER = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]-]|%[0-9A-Fa-f]{2})$/;
/** A path variable. */
const VARIABLE = /\{[^{}]*\}/g;
const TOKEN = /\$\{Token\[[^[\]]*\]\}/g;

/**
 * @param example a URL as it is right
 * @throws where it is not absolute, or has what no URL has
 */
export function checkBackEndUrl(url: string, example: string, owner: Owner): void {
  // Tokens and variables become text that a URL may have; `{` and `}` themselves are none.
  const filled = url
    .replace(TOKEN, 'token')
    .replace(STAGE_VARIABLE_REFERENCE, 'variable')
    .replace(VARIABLE, 'variable');
  if (!Token.isUnresolved(url) && !/^https?:\/\/[^\s/?#]+/.test(filled)) {
    throw owner.error(`the URL ${show(url)} must be absolute, e.g. "${example}"`);
  }
  const wrong = (filled.match(/%[0-9A-Fa-f]{2}|[^]/gu) ?? []).find((part) => !URI_CHARACTER.test(part));
  if (wrong !== undefined) {
    throw owner.error(`the URL ${show(url)} has ${show(wrong)} in it, ${adviceFor(wrong)}`);
  }
  const port = /^https?:\/\/[^/?#]*:(\d+)(?:[/?]|$)/.exec(filled)?.[1];
  if (port !== undefined && !isPort(Number(port))) {
    throw owner.error(`the URL ${show(url)} has the port ${port}; API Gateway calls 80, 443 and 1024 to 65535`);
  }
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html */
function isPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && port <= 65535);
}

function adviceFor(part: string): string {
  if (part === '#') return 'and what follows it is for browsers; leave it out';
  if (part === '%') return 'which begins two hexadecimal digits; for the sign itself, write "%25"';
  if (part === '{' || part === '}') return 'which encloses the name of a path variable; write both, e.g. "{id}"';
  return `which a URL cannot have; write "${percent(part)}"`;
}

function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
