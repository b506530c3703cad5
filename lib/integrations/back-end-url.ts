import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../facts/names';
import { type Owner, show } from '../authoring/errors';

/** The characters of a URI; any other character, e.g. a space or `ü`, is percent-encoded. */
const URI_CHARACTER = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?[\]-]|%[0-9A-Fa-f]{2})$/;
/** A path variable. */
const VARIABLE = /\{[^{}]*\}/g;
const TOKEN = /\$\{Token\[[^[\]]*\]\}/g;

/** Tokens and variables become text that a URL may contain; `{` and `}` themselves are not allowed in one. */
function filledIn(url: string): string {
  return url.replace(TOKEN, 'token').replace(STAGE_VARIABLE_REFERENCE, 'variable').replace(VARIABLE, 'variable');
}

/**
 * @param example a correct URL
 * @throws if it is not absolute, or contains what a URL cannot contain
 */
export function checkBackEndUrl(url: string, example: string, owner: Owner): void {
  if (!Token.isUnresolved(url) && !/^https?:\/\/[^\s/?#]+/.test(filledIn(url))) {
    throw owner.error(`the URL ${show(url)} must be absolute, e.g. "${example}"`);
  }
  checkUriText(url, 'the URL', owner);
}

/**
 * For an integration of a REST API with an HTTP endpoint.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 * @throws if API Gateway does not call the port of the URL
 */
export function checkPort(url: string, owner: Owner): void {
  const port = /^https?:\/\/[^/?#]*:(\d+)(?:[/?]|$)/.exec(filledIn(url))?.[1];
  if (port !== undefined && !isPort(Number(port))) {
    throw owner.error(`the URL ${show(url)} has the port ${port}; API Gateway calls 80, 443 and 1024 to 65535`);
  }
}

/** @throws if a part of a URL contains what a URL cannot contain */
export function checkUriText(text: string, what: string, owner: Owner): void {
  const parts = filledIn(text).match(/%[0-9A-Fa-f]{2}|[^]/gu) ?? [];
  const wrong = parts.find((part) => !URI_CHARACTER.test(part));
  if (wrong !== undefined) throw owner.error(`${what} ${show(text)} contains ${show(wrong)}, ${adviceFor(wrong)}`);
}

function isPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && port <= 65535);
}

function adviceFor(part: string): string {
  if (part === '#') return 'and the fragment after it is for browsers; leave it out';
  if (part === '%') return 'which begins two hexadecimal digits; for the sign itself, write "%25"';
  if (part === '{' || part === '}') return 'which encloses the name of a path variable; write both braces, e.g. "{id}"';
  return `which a URL cannot contain; write "${percent(part)}"`;
}

function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
