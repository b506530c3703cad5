import { type ResourceRef } from './place';

/** What a part of a text points to. */
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

/** A string with at least one reference in it. Its `key` is compared; its printed form is for people only. */
export class Expression {
  private plain?: string;
  private absolute?: string;
  private elsewhere?: Expression;

  /** @param file the template that it stands in, whose references are printed without a file name */
  constructor(
    public readonly parts: readonly Part[],
    public readonly file: string,
  ) {}

  /** The only part, if it is a reference to a resource. */
  public get resource(): Reference | undefined {
    const [part] = this.parts;
    return this.parts.length === 1 && typeof part === 'object' && part.kind === 'resource' ? part : undefined;
  }

  /** Whether it holds something of which nothing at all can be said. */
  public get isUnknown(): boolean {
    return this.parts.includes(UNKNOWN_PART);
  }

  /**
   * The same for the same text, in whichever templates it stands; never that of a text without references. Colons and slashes
   * in it are those of the text, not of references.
   */
  public get key(): string {
    return (this.absolute ??= this.parts.map((part) => (typeof part === 'string' ? part : absolute(part))).join(''));
  }

  /** The characters, with `_` in the place of each reference, for patterns to look at. */
  public get outline(): string {
    return (this.plain ??= this.parts.map((part) => (typeof part === 'string' ? part : '_')).join(''));
  }

  /** The same text as it stands in a template. */
  public in(file: string): Expression {
    if (this.file === file) {
      return this;
    }
    if (this.elsewhere?.file !== file) {
      this.elsewhere = new Expression(this.parts, file);
    }
    return this.elsewhere;
  }

  /**
   * For messages: references are written `<LogicalId>` or `<LogicalId.Attribute>` (`<AWS::Region>` for pseudo parameters,
   * `<unknown>` where nothing can be said); `<file#LogicalId.Attribute>` when they point into another template.
   */
  public toString(): string {
    return this.parts.map((part) => printed(part, this.file)).join('');
  }

  /** Equal for equal texts. */
  public toJSON(): unknown {
    return { parts: this.parts };
  }
}

function printed(part: Part, file: string): string {
  if (typeof part === 'string') {
    return part;
  }
  const elsewhere = (part.kind === 'resource' || part.kind === 'parameter') && part.template !== file;
  const attribute = part.attribute === undefined ? '' : `.${part.attribute}`;
  return `<${elsewhere ? `${part.template}#` : ''}${part.logicalId}${attribute}>`;
}

/** Each is between NULs, which are in nothing that a template names. */
export const REFERENCE_IN_KEY = /\0[^\0]*\0/g;

/** By the reference: the routes of an API share a few. */
const keys = new WeakMap<Reference, string>();

function absolute(reference: Reference): string {
  let key = keys.get(reference);
  if (key === undefined) keys.set(reference, (key = keyOf(reference)));
  return key;
}

function keyOf({ kind, template, logicalId, attribute = '' }: Reference): string {
  if (kind === 'pseudo') {
    return `\0${logicalId.replace('::', '\x02')}\0`;
  }
  const key = `\0${template}\x01${logicalId}\x01${attribute}\0`;
  return DELIMITER.test(key) ? key.replaceAll(':', '\x02').replaceAll('/', '\x03') : key;
}

const DELIMITER = /[:/]/;

/** One string out of parts: plain where no reference is left, undefined where it grows out of bounds. */
export function joined(parts: readonly Part[], file: string): string | Expression | undefined {
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
  return merged.length === 1 && typeof only === 'string' ? only : new Expression(merged, file);
}
