import { Expression, joined, type Part, type Reference, REFERENCE_IN_KEY, UNKNOWN_PART } from './expression';
import { type ResourceRef } from './place';

/** A string of a template: characters, all of them known, or an expression with references in it. */
export type Text = string | Expression;

/** Texts by their names. */
export type Texts = Readonly<Record<string, Text>>;

/** A text of which nothing can be said. */
export const UNKNOWN_TEXT = new Expression([UNKNOWN_PART], '');

/** Whether the text holds no reference, so its characters can be judged. */
export function isLiteral(text: Text | undefined): text is string {
  return typeof text === 'string';
}

/** Whether nothing at all can be said of a part of the text. */
export function isUnknownText(text: Text | undefined): boolean {
  return typeof text === 'object' && text.isUnknown;
}

/** Whether a part of the text is known to the deployment only, so any characters may be in it. */
export function mayHoldAnything(text: Text | undefined): boolean {
  return (
    typeof text === 'object' &&
    text.parts.some((part) => typeof part === 'object' && part.kind !== 'pseudo' && part.kind !== 'resource')
  );
}

/** What is equal for equal texts, whichever templates they stand in. */
export function textKey(text: Text): string {
  return typeof text === 'string' ? text : text.key;
}

/** Whether the two are the same, whichever templates they stand in. */
export function isSameText(a: Text | undefined, b: Text | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && a.key === b.key);
}

/** The characters of the text, with `_` in the place of each reference, for patterns to look at; none if there is no text. */
export function outline(text: Text | undefined): string {
  return typeof text === 'object' ? text.outline : (text ?? '');
}

/** A key, or a piece of one, with something in the place of each reference. */
export function keyWithReferencesAs(replacement: string, key: string): string {
  return key.includes('\0') ? key.replaceAll(REFERENCE_IN_KEY, replacement) : key;
}

/** A reference to a resource, or to an attribute of it. */
export function referenceTo({ template, logicalId }: ResourceRef, attribute?: string): Expression {
  return new Expression([{ kind: 'resource', template, logicalId, attribute }], template);
}

/** The text of the parts, as it stands in a template. */
export function textOfParts(parts: readonly Part[], file: string): Text {
  return joined(parts, file) ?? UNKNOWN_TEXT;
}

/** One text after the other, as it stands in a template. */
export function concat(file: string, ...texts: readonly Text[]): Text {
  if (texts.every(isLiteral)) {
    return texts.join('');
  }
  return textOfParts(texts.flatMap(partsOf), file);
}

/** What comes after the last of the delimiters; undefined if there is none. */
export function afterLast(text: Text, delimiter: string): Text | undefined {
  if (typeof text === 'string') {
    const at = text.lastIndexOf(delimiter);
    return at < 0 ? undefined : text.slice(at + delimiter.length);
  }
  for (let index = text.parts.length - 1; index >= 0; index--) {
    const part = text.parts[index];
    const at = typeof part === 'string' ? part.lastIndexOf(delimiter) : -1;
    if (typeof part === 'string' && at >= 0) {
      return textOfParts([part.slice(at + delimiter.length), ...text.parts.slice(index + 1)], text.file);
    }
  }
  return undefined;
}

/**
 * The pieces before, between and after the delimiters, as many as are there.
 * @param delimiters one for all of its places, or several for one place each, looked for behind the one before
 */
export function splitText(text: Text, delimiters: string | readonly string[]): Text[] {
  if (typeof text === 'string' && typeof delimiters === 'string') {
    return text.split(delimiters);
  }
  const file = typeof text === 'string' ? '' : text.file;
  const pieces: Text[] = [];
  let piece: Part[] = [];
  for (const part of partsOf(text)) {
    let rest = part;
    while (typeof rest === 'string') {
      const delimiter = typeof delimiters === 'string' ? delimiters : delimiters.at(pieces.length);
      const at = delimiter === undefined ? -1 : rest.indexOf(delimiter);
      if (delimiter === undefined || at < 0) {
        break;
      }
      const end = rest.slice(0, at);
      pieces.push(piece.length === 0 ? end : textOfParts([...piece, end], file));
      piece = [];
      rest = rest.slice(at + delimiter.length);
    }
    piece.push(rest);
  }
  return [...pieces, textOfParts(piece, file)];
}

/** Whether the text is known to begin with something else. */
export function startsOtherwise(text: Text, prefix: string): boolean {
  if (typeof text === 'string') {
    return !text.startsWith(prefix);
  }
  const [first] = text.parts;
  return typeof first === 'string' && !first.startsWith(prefix) && !prefix.startsWith(first);
}

/** The references to resources in the text. */
export function referencesIn(text: Text): Reference[] {
  return partsOf(text).filter((part) => typeof part === 'object' && part.kind === 'resource') as Reference[];
}

/** The resource, where the text is a reference to one and nothing else. */
export function referenceOf(text: Text | undefined): Reference | undefined {
  return typeof text === 'object' ? text.resource : undefined;
}

const partsOf = (text: Text): readonly Part[] => (typeof text === 'string' ? [text] : text.parts);
