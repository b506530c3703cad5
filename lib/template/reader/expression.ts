import { type ResourceRef } from '../model/model';
import { type Text } from '../model/value';

/** What a part of a string points to. */
export interface Reference extends ResourceRef {
  /** `parameter`, `pseudo` and `missing` name no resource; `unknown` names nothing at all. */
  readonly kind: 'resource' | 'parameter' | 'pseudo' | 'missing' | 'unknown';
  /** Undefined for a `Ref`. */
  readonly attribute?: string;
}

export type Part = string | Reference;

export const UNKNOWN_PART: Reference = { kind: 'unknown', template: '', logicalId: 'unknown' };

// A template can double a string at every step; past this the text is not worth having.
const MAX_PARTS = 2000;
const MAX_CHARS = 8_000_000;

/** A string with at least one reference in it. */
export class Expression {
  private written?: { readonly file: string; readonly text: Text };

  constructor(public readonly parts: readonly Part[]) {}

  /** The only part, where it is a reference to a resource. */
  public get resource(): Reference | undefined {
    const [part] = this.parts;
    return this.parts.length === 1 && typeof part === 'object' && part.kind === 'resource' ? part : undefined;
  }

  public textIn(file: string): Text {
    if (this.written?.file !== file) {
      this.written = { file, text: this.parts.map((part) => partText(part, file)).join('') };
    }
    return this.written.text;
  }
}

export function partText(part: Part, file: string): Text {
  if (typeof part === 'string') {
    return part;
  }
  const elsewhere = (part.kind === 'resource' || part.kind === 'parameter') && part.template !== file;
  const attribute = part.attribute === undefined ? '' : `.${part.attribute}`;
  return `<${elsewhere ? `${part.template}#` : ''}${part.logicalId}${attribute}>`;
}

/** One string out of parts: plain where no reference is left, undefined where it grows out of bounds. */
export function joined(parts: readonly Part[]): string | Expression | undefined {
  const merged: Part[] = [];
  let chars = 0;
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === 'string') {
      chars += part.length;
      if (chars > MAX_CHARS) {
        return undefined;
      }
      if (part === '') {
        continue;
      }
      if (typeof last === 'string') {
        merged[merged.length - 1] = last + part;
        continue;
      }
    }
    merged.push(part);
    if (merged.length > MAX_PARTS) {
      return undefined;
    }
  }
  if (merged.length === 0) {
    return '';
  }
  const [only] = merged;
  return merged.length === 1 && typeof only === 'string' ? only : new Expression(merged);
}
