import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../facts/names';
import { type Owner, show } from '../authoring/errors';

/** What a URI is made of; any other character, a space or `ü`, is written in percent. */
const URI_CHARACTER = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]-]|%[0-9A-Fa-f]{2})$/;
/** A path variable. */
const VARIABLE = /\{[^{}]*\}/g;
const TOKEN = /\$\{Token\[[^[\]]*\]\}/g;

/** Tokens and variables become text that a URL may have; `{` and `}` themselves are none. */
function filledIn(url: string): string {
  return url.replace(TOKEN, 'token').replace(STAGE_VARIABLE_REFERENCE, 'variable').replace(VARIABLE, 'variable');
}

/**
 * @param example a URL as it is right
 * @throws where it is not absolute, or has what no URL has
 */
export function checkBackEndUrl(url: string, example: string, owner: Owner): void {
  if (!Token.isUnresolved(url) && !/^https?:\/\/[^\s/?#]+/.test(filledIn(url))) {
    throw owner.error(`the URL ${show(url)} must be absolute, e.g. "${example}"`);
  }
  checkUriText(url, 'the URL', owner);
}

/**
 * Of a REST API's integration with an HTTP endpoint.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 * @throws where the URL has a port that is not called
 */
export function checkPort(url: string, owner: Owner): void {
  const port = /^https?:\/\/[^/?#]*:(\d+)(?:[/?]|$)/.exec(filledIn(url))?.[1];
  if (port !== undefined && !isPort(Number(port))) {
    throw owner.error(`the URL ${show(url)} has the port ${port}; API Gateway calls 80, 443 and 1024 to 65535`);
  }
}

/** @throws where a part of a URL has what no URL has */
export function checkUriText(text: string, what: string, owner: Owner): void {
  const parts = filledIn(text).match(/%[0-9A-Fa-f]{2}|[^]/gu) ?? [];
  const wrong = parts.find((part) => !URI_CHARACTER.test(part));
  if (wrong !== undefined) throw owner.error(`${what} ${show(text)} has ${show(wrong)} in it, ${adviceFor(wrong)}`);
}

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
