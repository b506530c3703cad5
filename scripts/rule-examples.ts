// A bad and a good template of each rule for docs/rules.md, cut to the lines that matter: out of test/checks/corpus.
import { type RuleExample, type RuleExamples } from '../lib/checks/document';
import { resourcesOf } from '../test/checks/corpus/bases';
import { expand, isReference, patched, type Value, type ValueMap } from '../test/checks/corpus/patch';
import { type CorpusCase, type CorpusRule, readCorpus } from '../test/checks/corpus/read';
import { ABSENT, type Fragment, type FragmentMap, isMap, textLines } from './fragment-text';

/** Longer ones are shown up to here. */
const MAX_LINES = 14;

/** The first key of a range, and every other as it is. */
const firstOf = (key: string): string => Object.keys(expand({ [key]: null }) as ValueMap)[0];

/** The parts of a value that a change touches, as they are in `value`. */
function touched(value: Value | undefined, change: Value, context: boolean): Fragment {
  if (value === undefined || value === null) return ABSENT;
  if (!isMap(change) || isReference(change as Value)) return value;
  if (Array.isArray(value)) {
    const at = Object.keys(change).filter((key) => /^\d+$/.test(key));
    if (at.length === 0) return value;
    return at
      .map((key) => element(value[Number(key)], (change as ValueMap)[key], context))
      .filter((one) => one !== ABSENT);
  }
  if (!isMap(value) || isReference(value as Value)) return value;
  const result: FragmentMap = {};
  for (const [key, held] of Object.entries(change as ValueMap)) {
    // A range stands for its elements, if they are there.
    const first = firstOf(key);
    const now = touched((value as ValueMap)[first], held, context);
    result[key] = first !== key && now !== ABSENT ? (held as Fragment) : now;
  }
  return result;
}

const IDENTITY = ['StageName', 'RouteKey', 'HttpMethod', 'PathPart', 'DomainName', 'Name', 'Type'];

/** What is missing is seen by what stands beside it: up to two neighbours, those of a like name first. */
function withContext(parts: Fragment, value: Value | undefined): Fragment {
  if (!isMap(parts) || !isMap(value)) return parts;
  const entries = Object.entries(parts).map(
    ([key, held]) => [key, withContext(held, (value as ValueMap)[key])] as const,
  );
  const result: FragmentMap = Object.fromEntries(entries);
  if (entries.length === 0 || entries.some(([, held]) => held !== ABSENT)) return result;
  const isLike = (key: string) => entries.some(([name]) => name.startsWith(key.slice(0, 5)));
  const plain = Object.keys(value).filter((key) => typeof (value as ValueMap)[key] !== 'object');
  const near = [...plain.filter(isLike), ...IDENTITY.filter((key) => plain.includes(key))].slice(0, 2);
  return { ...Object.fromEntries(near.map((key) => [key, (value as ValueMap)[key]])), ...result };
}

/** An element of a list is told by what else it says: its method and path, its name. */
function element(value: Value | undefined, change: Value, context: boolean): Fragment {
  const parts = touched(value, change, context);
  if (!context || !isMap(parts) || !isMap(value)) return parts;
  const plain = Object.entries(value as ValueMap).filter(([, held]) => typeof held === 'string');
  return { ...Object.fromEntries(plain), ...parts };
}

/** What a change makes of resources, each with its type. */
function fragmentOf(resources: ValueMap, change: ValueMap, context = true): FragmentMap {
  const parts = touched(resources, change, context) as FragmentMap;
  const typed = Object.entries(parts).map(([id, held]): [string, Fragment] => {
    const now = resources[firstOf(id)] as ValueMap | undefined;
    if (!isMap(held) || now === undefined) return [id, held];
    const Type = now.Type as string;
    return [id, { Type, ...(context ? (withContext(held, now) as FragmentMap) : held) }];
  });
  return Object.fromEntries(typed);
}

/** Whether anything is there but types and comments. */
function says(fragment: Fragment): boolean {
  if (fragment === ABSENT) return false;
  if (Array.isArray(fragment)) return fragment.some(says);
  return isMap(fragment) ? Object.entries(fragment).some(([key, held]) => key !== 'Type' && says(held)) : true;
}

function example(title: string, fragment: FragmentMap, region?: string): RuleExample {
  const all = [...(region === undefined ? [] : [`# in ${region}`]), ...textLines(fragment)];
  return { title, lines: all.length > MAX_LINES ? [...all.slice(0, MAX_LINES - 1), '# …'] : all };
}

const ofCase = (one: CorpusCase): RuleExample => writtenTwice(one.twice?.at(-1), exampleOf(one));

const exampleOf = (one: CorpusCase): RuleExample =>
  example(one.title, fragmentOf(patched(resourcesOf(one.bases[0]), one.change), one.change), one.region);

/** The line of the key, and before it one with the same key. */
function writtenTwice(key: string | undefined, { title, lines }: RuleExample): RuleExample {
  const isLine = (line: string): boolean => key !== undefined && line.trim().startsWith(`${key}:`);
  return { title, lines: lines.flatMap((line) => (isLine(line) ? [`${line} # has no effect`, line] : [line])) };
}

/** Cases that show how careful a rule is, and not what to write. */
const CAREFUL = /cannot be told|deployment knows|elsewhere|parameter|nothing is known|taken away|unknown/;

/** The case that asks to be shown, or the first one that is short enough. */
function chosen(cases: readonly CorpusCase[]): CorpusCase | undefined {
  const shown = cases.filter(({ change, docs }) => docs || Object.keys(change).length > 0);
  const isShort = (one: CorpusCase): boolean => !ofCase(one).lines.includes('# …');
  return shown.find(({ docs }) => docs) ?? shown.find(isShort) ?? shown.at(0);
}

/** How many places of a fragment hold nothing. */
function absences(fragment: Fragment): number {
  if (fragment === ABSENT) return 1;
  const held = Array.isArray(fragment) ? fragment : isMap(fragment) ? Object.values(fragment) : [];
  return held.reduce<number>((sum, one) => sum + absences(one), 0);
}

/** The same places in the faultless template. */
function repaired({ bases, change }: CorpusCase): { shown: RuleExample; says: boolean } | undefined {
  const resources = resourcesOf(bases[0]);
  const fragment = fragmentOf(resources, change, false);
  if (Object.values(fragment).includes(ABSENT)) return undefined;
  return { shown: example('', fragmentOf(resources, change)), says: says(fragment) && absences(fragment) < 2 };
}

function examplesOf({ bad, good }: CorpusRule): RuleExamples | undefined {
  const wrong = chosen(bad);
  if (wrong === undefined) return undefined;
  const [kind] = wrong.bases[0].split('-');
  const near = good.filter(({ bases, title }) => bases[0].startsWith(kind) && !CAREFUL.test(title));
  const flagged = good.find(({ docs }) => docs);
  const same = repaired(wrong);
  const other = flagged ?? (same?.says ? undefined : chosen(near));
  const right = other ? ofCase(other) : (same?.shown ?? ofCase(chosen(good) ?? wrong));
  return { bad: ofCase(wrong), good: right };
}

/** By the id of the rule. */
export function ruleExamples(): Readonly<Record<string, RuleExamples>> {
  const shown = readCorpus().map((one): [string, RuleExamples | undefined] => [one.rule, examplesOf(one)]);
  return Object.fromEntries(shown.flatMap(([rule, examples]) => (examples ? [[rule, examples]] : [])));
}
