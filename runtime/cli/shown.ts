/**
 * Text that is fit for a terminal and for the log of a build: what came from a template or from AWS is in it as data.
 * Nothing else can be written (`CliIo`), and only this file and `table.ts` make it.
 */
export type Shown = string & { readonly [SHOWN]: true };
declare const SHOWN: unique symbol;

/** Control characters, line ends of every kind, what turns the direction of writing, and halves of characters. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const UNSAFE_IN_LINES = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Commands to the machine that runs a build: `##[…` (GitHub, Azure), `##vso[…` and `##teamcity[…` are taken anywhere in a
 * line, `::…` at its start.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const COMMAND_ANYWHERE = /#(?=#(?:vso|teamcity)?\[)/g;
const COMMAND_AT_START = /^(\s*):(?=:)/;

/** Nothing in it can be unsafe but the commands. */
const PLAIN = /^[ -~]*$/;

const hex = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The text as one line in which nothing but letters is left: `\n`, `\u001b` stand for what a terminal would obey. */
export function visible(text: string): string {
  if (PLAIN.test(text) && !text.includes('##') && !text.includes('::')) return text;
  return text
    .replace(UNSAFE, (char) => SHORT[char] ?? hex(char))
    .replace(COMMAND_ANYWHERE, hex)
    .replace(COMMAND_AT_START, (_, space: string) => `${space}${hex(':')}`);
}

/** One line, whatever is in it. */
export const line = (text: string): Shown => `${visible(text)}\n` as Shown;

/** A line for each. */
export const lines = (texts: readonly string[]): Shown => shown(texts.map(line));

/** One after the other. */
export const shown = (parts: readonly Shown[]): Shown => parts.join('') as Shown;

/** JSON that says the same, without a character that a terminal or a build would obey. */
export const json = (value: unknown, indent = 2): Shown => written(`${JSON.stringify(value, null, indent)}\n`);

/** A document whose line ends are its own: JSON, XML, and YAML that quotes what is odd. */
export const written = (document: string): Shown =>
  document.replace(UNSAFE_IN_LINES, hex).replace(COMMAND_ANYWHERE, hex) as Shown;

/** Whether a text has anything in it that is escaped. */
export const isUnsafe = (text: string): boolean => visible(text) !== text;

/** A workflow command of GitHub, with a line of text for each. */
export function workflowCommand(name: string, properties: Readonly<Record<string, string>>, text: string[]): Shown {
  const told = Object.entries(properties).map(([key, value]) => `${key}=${property(visible(value))}`);
  return `::${name} ${told.join(',')}::${text.map((one) => data(visible(one))).join('%0A')}\n` as Shown;
}

const data = (text: string): string => text.replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
