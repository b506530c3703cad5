import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readCloudFormationYaml } from '../../../runtime/cli/cfn-yaml';
import { BASES, resourcesOf } from './bases';
import { patched, type ValueMap } from './patch';

/** One change to faultless templates. */
export interface CorpusCase {
  readonly title: string;
  /** The faultless templates that are changed, each by itself. */
  readonly bases: readonly string[];
  /** A merge patch of the resources; a good case may have none. */
  readonly change: ValueMap;
  /** Other rules that cannot but find something too. */
  readonly also: readonly string[];
  /** The path to a key that the template has twice. */
  readonly twice?: readonly string[];
  /** Whether the template is one of AWS SAM. */
  readonly transform: boolean;
  /** The Region of the stack. */
  readonly region?: string;
  /** Shown in docs/rules.md, where it is not the first. */
  readonly docs: boolean;
}

/** What one file tells of its rule. */
export interface CorpusRule {
  readonly rule: string;
  readonly area: string;
  /** Of the file, as the rule's: its id and what it is about. */
  readonly name: string;
  readonly bad: readonly CorpusCase[];
  readonly good: readonly CorpusCase[];
  /** Why there is no template with a Body, or made by L2s. */
  readonly noBody?: string;
  readonly noL2?: string;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function onlyKeys(where: string, value: unknown, ...known: string[]): Record<string, unknown> {
  if (!isMap(value)) throw new Error(`${where} is no map`);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${where} has ${unknown.join(', ')}: only ${known.join(', ')} are read`);
  return value;
}

function texts(where: string, value: unknown): string[] {
  const list = (Array.isArray(value) ? value : [value]) as unknown[];
  if (list.length === 0 || list.some((text) => typeof text !== 'string')) throw new Error(`${where} is missing, or no text`);
  return list as string[];
}

function caseOf(where: string, value: unknown): CorpusCase {
  const raw = onlyKeys(where, value, 'title', 'base', 'change', 'also', 'region', 'docs', 'twice', 'transform');
  const [title] = texts(`${where}: title`, raw.title);
  const bases = texts(`${where}: base`, raw.base);
  const foreign = bases.filter((base) => !BASES.includes(base));
  if (foreign.length > 0) throw new Error(`${where}: there is no base ${foreign.join(', ')}, but ${BASES.join(', ')}`);
  const change = raw.change ?? {};
  if (!isMap(change)) throw new Error(`${where}: change is a map of resources`);
  const region = raw.region === undefined ? undefined : texts(`${where}: region`, raw.region)[0];
  return {
    ...{ title, bases, change: change as ValueMap, region },
    also: raw.also === undefined ? [] : texts(`${where}: also`, raw.also),
    docs: raw.docs === true,
    transform: raw.transform === true,
    twice: raw.twice === undefined ? undefined : texts(`${where}: twice`, raw.twice),
  };
}

function casesOf(where: string, value: unknown): CorpusCase[] {
  if (!Array.isArray(value)) throw new Error(`${where} is a list of cases`);
  return value.map((one, at) => caseOf(`${where} ${at}`, one));
}

/** What one file says; whatever it says beyond the known words is an error. */
export function parseRule(text: string, area: string, name: string): CorpusRule {
  const { value, duplicates } = readCloudFormationYaml(text);
  if (duplicates.length > 0) throw new Error(`${name}: ${duplicates[0].path.join('.')} is there twice`);
  const raw = onlyKeys(name, value, 'rule', 'noBody', 'noL2', 'bad', 'good');
  const optional = (key: string) => (raw[key] === undefined ? undefined : texts(`${name}: ${key}`, raw[key])[0]);
  const rule = texts(`${name}: rule`, raw.rule)[0];
  if (!name.startsWith(`${rule}-`)) throw new Error(`${name}: the file is named after its rule, and says ${rule}`);
  return {
    ...{ rule, area, name },
    bad: casesOf(`${name}: bad`, raw.bad),
    good: casesOf(`${name}: good`, raw.good),
    noBody: optional('noBody'),
    noL2: optional('noL2'),
  };
}

/** All files. */
export function readCorpus(): readonly CorpusRule[] {
  return (all ??= readdirSync(__dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'bases')
    .flatMap(({ name: area }) =>
      readdirSync(join(__dirname, area)).map((file) =>
        parseRule(readFileSync(join(__dirname, area, file), 'utf8'), area, basename(file, '.yaml')),
      ),
    ));
}

let all: readonly CorpusRule[] | undefined;

/** The whole template of a case. */
export function templateOf(base: string, { change, transform }: CorpusCase): { Resources: ValueMap } {
  return { ...(transform && { Transform: 'AWS::Serverless-2016-10-31' }), Resources: patched(resourcesOf(base), change) };
}
