import * as path from 'node:path';
import { isDict, own } from './scope';
import { type TemplateSource } from './source';

/** Resources that make a nested stack, and the property with the place of its template. */
const PLACES: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

interface Nested {
  readonly parent: TemplateSource;
  readonly logicalId: string;
  readonly child: TemplateSource;
}

/**
 * The templates, where one that is the nested stack of another knows its parent. Each was given as a file: by its path next
 * to the parent, or by the end of the URL, if only one file has it.
 */
export function withParents(sources: readonly TemplateSource[]): TemplateSource[] {
  const nested = sources.flatMap((parent) => [...nestedIn(parent, sources)]);
  const parents = new Map<TemplateSource, Nested>();
  for (const one of nested) {
    const isOnlyUse = nested.every((other) => other === one || other.child !== one.child);
    // A stack that holds itself would have no end.
    if (isOnlyUse && !isWithin(one.parent, one.child, parents)) {
      parents.set(one.child, one);
    }
  }
  return sources.map((source) => {
    const found = parents.get(source);
    return found ? { ...source, parent: { file: found.parent.file, logicalId: found.logicalId } } : source;
  });
}

function isWithin(
  source: TemplateSource,
  outer: TemplateSource,
  parents: ReadonlyMap<TemplateSource, Nested>,
): boolean {
  for (let at: TemplateSource | undefined = source; at !== undefined; at = parents.get(at)?.parent) {
    if (at === outer) return true;
  }
  return false;
}

function* nestedIn(parent: TemplateSource, sources: readonly TemplateSource[]): Iterable<Nested> {
  const others = sources.filter((source) => source !== parent && source.parent === undefined);
  const taken = new Set(sources.flatMap((one) => (one.parent?.file === parent.file ? one.parent.logicalId : [])));
  const resources = own(parent.template, 'Resources');
  for (const [logicalId, body] of isDict(resources) && others.length > 0 ? Object.entries(resources) : []) {
    const type = own(body, 'Type');
    const property = typeof type === 'string' && Object.hasOwn(PLACES, type) ? PLACES[type] : undefined;
    if (property === undefined || taken.has(logicalId)) continue;
    const properties = own(body, 'Properties');
    const fitting = others.filter((other) => declaresAll(other, own(properties, 'Parameters')));
    const asset = own(own(body, 'Metadata'), 'aws:asset:path');
    const child = childAt(parent, asset ?? own(properties, property), fitting);
    if (child) yield { parent, logicalId, child };
  }
}

/** Whether the template has each parameter that is passed; CloudFormation refuses others. */
function declaresAll({ template }: TemplateSource, passed: unknown): boolean {
  return !isDict(passed) || Object.keys(passed).every((name) => own(own(template, 'Parameters'), name) !== undefined);
}

function childAt(
  parent: TemplateSource,
  place: unknown,
  others: readonly TemplateSource[],
): TemplateSource | undefined {
  const text = textOf(place);
  if (text === undefined) return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text) && !text.includes(UNKNOWN)) {
    const file = path.resolve(path.dirname(parent.file), text);
    return others.find((other) => path.resolve(other.file) === file);
  }
  const wanted = segmentsOf(text.replace(/[?#].*/s, ''));
  const shared = others.map((other) => sharedEnd(segmentsOf(other.file), wanted));
  const most = Math.max(0, ...shared);
  return most > 0 && shared.filter((one) => one === most).length === 1 ? others[shared.indexOf(most)] : undefined;
}

/** Stands for what is not known of a text; in no path. */
const UNKNOWN = '\0';

function textOf(place: unknown): string | undefined {
  if (typeof place === 'string') return place;
  const [sub, join] = [own(place, 'Fn::Sub'), own(place, 'Fn::Join')];
  const pattern: unknown = Array.isArray(sub) ? sub[0] : sub;
  if (typeof pattern === 'string') return pattern.replaceAll(/\$\{[^{}]*\}/g, UNKNOWN);
  const [delimiter, parts] = Array.isArray(join) ? (join as unknown[]) : [];
  return typeof delimiter === 'string' && Array.isArray(parts)
    ? parts.map((part: unknown) => (typeof part === 'string' ? part : UNKNOWN)).join(delimiter)
    : undefined;
}

const segmentsOf = (file: string): string[] => file.split(/[/\\]/).reverse();

/** How many segments the two have in common, from the end. */
function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && a[count] !== '' && a[count] === b[count]) count++;
  return count;
}
