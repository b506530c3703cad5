import { decoded } from '../../lib/serve/multi-values';

/** Shorter values are hidden where they stand; elsewhere the same characters mean nothing. */
const SHORTEST = 6;
/** Of shorter secrets the last four characters would be too much. */
const SHOWS_LAST = 12;

const ENDINGS = [
  ...['authorization', 'cookie', 'cookies', 'apikey', 'token', 'secret', 'password', 'passwd', 'signature'],
  ...['credential', 'credentials', 'identitysource', 'usageidentifierkey', 'accesskey', 'privatekey'],
];

/** Whether a header, parameter or property of this name holds a secret: `X-Api-Key`, `access_token`. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return ENDINGS.some((ending) => plain.endsWith(ending));
}

/** What is shown of a secret: `…last4`. */
export function maskOf(secret: string): string {
  // Of `Bearer short` or `a=1; b=short` it is the last part that counts; = at the end belongs to base64.
  const begins = Math.max(secret.lastIndexOf(' '), secret.lastIndexOf(';'), secret.lastIndexOf('=', secret.length - 3));
  return secret.length - begins - 1 < SHOWS_LAST ? '…' : `…${secret.slice(-4)}`;
}

/** The secrets of one request, which nothing shown may hold. */
export class Secrets {
  private needles: readonly (readonly [needle: string, mask: string])[] = [];
  private readonly values = new Set<string>();
  private readonly parts = new Set<string>();

  /** The length of the longest text that is looked for. */
  public get longest(): number {
    return this.sorted()[0]?.[0].length ?? 0;
  }

  /** @param name of the header or parameter, which tells the parts of the value */
  public add(value: string, name = ''): void {
    if (value === '') return;
    this.values.add(value);
    for (const part of partsOf(value, name.toLowerCase())) this.parts.add(part);
    this.needles = [];
  }

  /** The text without the secrets in it, and without tokens of three parts. */
  public hide(text: string): string {
    let [before, now] = ['', text];
    // What is left of one secret can complete another one; each round shortens the text.
    while (before !== now) {
      before = now;
      for (const [needle, mask] of this.sorted()) {
        if (now.includes(needle)) now = now.replaceAll(needle, () => mask);
      }
    }
    return hideTokens(now).replaceAll(/[\w+/-]+={0,2}/g, (run) => (this.isHiddenIn(run) ? '…' : run));
  }

  /** Whether the text in base64 holds a secret; where it begins is not known. */
  private isHiddenIn(base64: string): boolean {
    if (base64.length < SHORTEST) return false;
    return [0, 1, 2, 3].some((offset) => {
      const inside = Buffer.from(base64.slice(offset), 'base64').toString('utf8');
      return this.sorted().some(([needle]) => inside.includes(needle)) || hideTokens(inside) !== inside;
    });
  }

  private sorted(): typeof this.needles {
    if (this.needles.length === 0) {
      const all = new Map<string, string>();
      for (const secret of [...this.values, ...this.parts]) {
        if (secret.length < SHORTEST) continue;
        for (const form of formsOf(secret)) all.set(form, maskOf(secret));
      }
      this.needles = [...all].sort(([a], [b]) => b.length - a.length);
    }
    return this.needles;
  }
}

/** The parts of a value that are secrets: a token behind its scheme, the values of cookies. */
function* partsOf(value: string, name: string): Iterable<string> {
  yield decoded(value);
  if (name.includes('cookie')) {
    const pairs = value.split(';');
    for (const pair of name.includes('set') ? pairs.slice(0, 1) : pairs) {
      yield pair.slice(pair.indexOf('=') + 1).trim();
    }
    return;
  }
  const at = value.indexOf(' ');
  if (at < 0) return;
  const rest = value.slice(at + 1).trim();
  yield rest;
  if (value.slice(0, at).toLowerCase() === 'basic') {
    const pair = Buffer.from(rest, 'base64').toString('utf8');
    yield pair;
    yield pair.slice(pair.indexOf(':') + 1);
  }
  for (const field of rest.split(',')) yield field.slice(field.indexOf('=') + 1).trim();
}

/** A secret as texts hold it: as it is, and escaped for URLs, JSON, JSON in JSON, and scripts. */
function formsOf(secret: string): Set<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, json, JSON.stringify(json).slice(1, -1), json.replaceAll("'", "\\'")];
  forms.push(...[secret, json].map((form) => form.replaceAll('/', '\\/')));
  try {
    const url = encodeURIComponent(secret);
    const lower = url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    forms.push(
      url,
      lower,
      url.replaceAll('%20', '+'),
      encodeURI(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
    );
  } catch {
    // Half a character has no form in URLs.
  }
  return new Set(forms);
}

/** Hides whatever looks like a JSON Web Token: three parts or more, the first of them a JSON object in base64. */
export function hideTokens(text: string): string {
  return text.includes('eyJ') ? text.replaceAll(/[\w.-]+/g, hideTokenIn) : text;
}

function hideTokenIn(run: string): string {
  const at = run.indexOf('eyJ');
  if (at < 0) return run;
  const parts = run.slice(at).split('.');
  return parts.length < 3 ? run : `${run.slice(0, at)}${maskOf(run.slice(at))}`;
}
