import { put } from '../lookup/named';
import { CHOICE, type Choice, LITERAL_MARK, MARK } from '../template/reader/deferred-values';
import { eachPiece } from '../template/reader/sub-pattern';
import { isIntrinsic, isPlain } from './merged';

/** A document without references, and the values in their place: name → intrinsic function or dynamic reference. */
export interface DeferredDocument {
  readonly document: unknown;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Takes a document, as it would be in a template, apart into what is known now and what only a deployment knows. Texts keep
 * what they say around a reference, so a value is needed once for all routes that use it.
 *
 * @throws if a part has no value that a custom resource could get
 */
export function deferred(document: unknown): DeferredDocument {
  const values = new Values();
  return { document: new Deferral(values).of(document), values: values.all };
}

/** What is left out, as `AWS::NoValue` says. */
const OMITTED: unique symbol = Symbol('omitted');

const DYNAMIC = '{{resolve:';
const OPEN = /\{\{resolve:(?![^{}]*\}\})/;
const SECRET = /\{\{resolve:(?:secretsmanager|ssm-secure):[^{}"]*(?:\}\})?/;

class Values {
  public readonly all: Record<string, unknown> = {};
  private readonly numbered = new Map<string, string>();

  /** The placeholder of a value; the same for the same value. */
  public placeholder(value: unknown): string {
    return `${MARK}{${this.nameOf(value)}}`;
  }

  /** The name of a condition, whose value is `true` or `false`. */
  public condition(name: unknown): string {
    return this.named(`?${String(name)}`, { 'Fn::If': [name, 'true', 'false'] });
  }

  private nameOf(value: unknown): string {
    const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::ImportValue': exported } = value as Record<string, unknown>;
    if (isName(ref)) return this.named(ref, value);
    const path = Array.isArray(attribute) ? attribute.join('.') : attribute;
    if (isName(path)) return this.named(path, value);
    if (isName(exported)) return this.named(`!${exported}`, value);
    const key = refusingSecrets(JSON.stringify(value));
    const known = this.numbered.get(key);
    if (known !== undefined) return known;
    const name = this.named(`#${this.numbered.size + 1}`, value);
    this.numbered.set(key, name);
    return name;
  }

  private named(name: string, value: unknown): string {
    put(this.all, name, value);
    return name;
  }
}

const isName = (text: unknown): text is string => typeof text === 'string' && /^[\w:.-]+$/.test(text);

class Deferral {
  /** A value that several places share is taken apart once. */
  private readonly known = new Map<object, unknown>();

  constructor(private readonly values: Values) {}

  public of(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    let result = this.known.get(value);
    if (result === undefined) {
      result = Array.isArray(value) ? this.list(value) : this.map(value as Readonly<Record<string, unknown>>);
      // Most objects are in one place; those that are shared are frozen, or contain a reference.
      if (result !== value || Object.isFrozen(value)) this.known.set(value, result);
    }
    return result;
  }

  private text(text: string): string {
    const escaped = text.includes(MARK) ? text.replaceAll(MARK, LITERAL_MARK) : text;
    if (!escaped.includes(DYNAMIC)) return escaped;
    // CloudFormation resolves them in properties of resources only.
    return escaped.replace(/\{\{resolve:[^{}]*\}\}/g, (reference) =>
      this.values.placeholder(refusingSecrets(reference)),
    );
  }

  private list(list: readonly unknown[]): unknown {
    const copy = list.map((item) => this.of(item)).filter((item) => item !== OMITTED);
    return copy.length === list.length && copy.every((item, index) => item === list[index]) ? list : copy;
  }

  private map(map: Readonly<Record<string, unknown>>): unknown {
    if (isIntrinsic(map)) return this.intrinsic(map);
    let differs = false;
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(map)) {
      if (key.startsWith('Fn::')) throw new Error(unsupported(key));
      const [name, item] = [key.includes(MARK) ? key.replaceAll(MARK, LITERAL_MARK) : key, this.of(map[key])];
      if (item !== map[key] || name !== key) differs = true;
      if (item !== OMITTED) put(copy, name, item);
    }
    return differs ? copy : map;
  }

  private intrinsic(call: Readonly<Record<string, unknown>>): unknown {
    const [name] = Object.keys(call);
    if (name === 'Fn::Transform') throw new Error(unsupported(name));
    if (name === 'Ref' && call.Ref === 'AWS::NoValue') return OMITTED;
    const chosen = name === 'Fn::If' && Array.isArray(call[name]) ? this.choice(call[name]) : undefined;
    return chosen ?? this.joined(partsOf(call)) ?? this.values.placeholder(call);
  }

  private choice([condition, yes, no]: readonly unknown[]): Choice {
    const [then, other] = [this.of(yes), this.of(no)];
    return {
      [CHOICE]: this.values.condition(condition),
      ...(then !== OMITTED && { then }),
      ...(other !== OMITTED && { else: other }),
    };
  }

  /** Undefined if a part is neither plain text nor one value. */
  private joined(parts: readonly unknown[] | undefined): string | undefined {
    // A dynamic reference with a value inside must stay whole.
    const open = parts?.find((part) => typeof part === 'string' && OPEN.test(part));
    if (open !== undefined) refusingSecrets(open as string);
    const texts = open === undefined ? parts?.map((part) => this.of(part)) : undefined;
    return texts?.every((text) => typeof text === 'string') ? texts.join('') : undefined;
  }
}

/** The parts of a `Fn::Join` or a plain `Fn::Sub`. */
function partsOf(call: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const { 'Fn::Join': join, 'Fn::Sub': sub } = call;
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    const [delimiter, parts] = join as [string, unknown[]];
    // A list inside has an unknown number of elements.
    if (!parts.every((part) => typeof part === 'string' || isScalar(part))) return undefined;
    return parts.flatMap((part, index) => (index > 0 && delimiter !== '' ? [delimiter, part] : [part]));
  }
  if (typeof sub !== 'string') return undefined;
  const pieces: unknown[] = [];
  eachPiece(
    sub,
    (text) => pieces.push(text),
    (name) => pieces.push(substituted(name)),
  );
  return pieces;
}

function substituted(name: string): unknown {
  const [target, ...attribute] = name.split('.');
  return attribute.length > 0 ? { 'Fn::GetAtt': [target, attribute.join('.')] } : { Ref: target };
}

/** Whether the function certainly returns one text. */
function isScalar(part: unknown): boolean {
  if (!isPlain(part)) return false;
  const [name] = Object.keys(part);
  return ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::Join', 'Fn::Sub', 'Fn::Select'].includes(name);
}

/** @throws if a secret is in the text */
function refusingSecrets(text: string): string {
  const [secret] = SECRET.exec(text) ?? [];
  if (secret === undefined) return text;
  throw new Error(
    `the definition contains ${secret}, and as an asset it would be readable in the bucket; let the back end read the secret`,
  );
}

const unsupported = (name: string): string =>
  `the definition contains ${name}, whose result CloudFormation would pass on with every number and boolean as a string; write the values themselves, or leave definitionAsAsset out`;
