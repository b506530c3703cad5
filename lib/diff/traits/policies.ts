import { type Location } from '../../template/model/place';
import { type Resolved } from '../../template/model/resolved';
import { asList, isRecord } from '../../policies/resource-policies';
import { breaking, opening, uncertain } from '../rules';
import { type Rule, type Shown } from '../trait';
import { type Traits } from './side';

type Statement = Readonly<Record<string, unknown>>;

const LISTS = ['Action', 'Resource', 'Principal'] as const;
/** Keys without a meaning. */
const IGNORED = ['Sid', 'Id'];

/** A resource policy, statement by statement: what one allows more is open, what one allows less breaks callers. */
const POLICY: Rule = {
  judge(before, after) {
    if (!before) return breaking('callers that the policy does not allow are refused');
    if (!after) return opening('no policy restricts callers');
    const [was, is] = [statementsOf(before.data), statementsOf(after.data)];
    const gone = was.filter((one) => !is.some((other) => sameStatement(one, other)));
    const come = is.filter((one) => !was.some((other) => sameStatement(one, other)));
    const effects = [...gone.map((one) => effectOf(one, false)), ...come.map((one) => effectOf(one, true))];
    if (effects.length === 0) return undefined;
    const [first, second] = [gone.at(0), come.at(0)];
    if (first && second && gone.length + come.length === 2) return compared(first, second);
    if (effects.every((one) => one === 'wider')) return opening('the policy allows more');
    if (effects.every((one) => one === 'narrower')) return breaking('the policy allows less');
    return uncertain('the policy allows more and less; possibly breaking');
  },
};

type Effect = 'wider' | 'narrower' | 'unknown';

function effectOf({ Effect: effect }: Statement, isNew: boolean): Effect {
  if (effect !== 'Allow' && effect !== 'Deny') return 'unknown';
  return (effect === 'Allow') === isNew ? 'wider' : 'narrower';
}

/** One statement that was changed: what it names is a list, and `*` is all. */
function compared(was: Statement, is: Statement): ReturnType<Rule['judge']> {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !IGNORED.includes(key));
  const different = keys.filter((key) => keyOf(was[key]) !== keyOf(is[key]));
  const [only] = different;
  if (only === 'Effect' && different.length === 1) {
    return is.Effect === 'Allow' ? opening('the policy allows more') : breaking('the policy allows less');
  }
  const isList = different.length === 1 && LISTS.some((one) => one === only);
  if (only === 'Condition' && different.length === 1 && (was.Condition === undefined || is.Condition === undefined)) {
    return effect(is, is.Condition === undefined, 'without a condition', 'with a condition');
  }
  if (!isList) return uncertain(`${different.join(' and ')} of a statement changed; possibly breaking`);
  const [old, now] = [namesIn(was[only]), namesIn(is[only])];
  if (covers(now, old)) return effect(is, true, `more under ${only}`, '');
  if (covers(old, now)) return effect(is, false, '', `fewer under ${only}`);
  return uncertain(`${only} of a statement changed; possibly breaking`);
}

/** @param isMore whether the statement holds for more than before */
function effect(statement: Statement, isMore: boolean, more: string, less: string): ReturnType<Rule['judge']> {
  const found = effectOf(statement, isMore);
  const how = isMore ? more : less;
  return found === 'wider' ? opening(`the policy allows more (${how})`) : breaking(`the policy allows less (${how})`);
}

const covers = (wide: readonly string[], narrow: readonly string[]): boolean =>
  wide.includes('*') || narrow.every((one) => wide.includes(one));

function namesIn(value: unknown): string[] {
  if (!isRecord(value)) return asList(value).map(String);
  return Object.entries(value).flatMap(([kind, names]) =>
    asList(names).map((name) => (kind === 'AWS' && name === '*' ? '*' : `${kind}:${String(name)}`)),
  );
}

const sameStatement = (a: Statement, b: Statement): boolean => keyOf(a) === keyOf(b);

/** Order of keys and lists, ids, and lists of one make no difference. */
function keyOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 1 ? keyOf(value[0]) : `[${(value as unknown[]).map(keyOf).sort().join()}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value) ?? '';
  const pairs = Object.keys(value)
    .filter((name) => !IGNORED.includes(name))
    .sort();
  return `{${pairs.map((name) => `${JSON.stringify(name)}:${keyOf(value[name])}`).join()}}`;
}

const statementsOf = (policy: unknown): Statement[] =>
  isRecord(policy)
    ? asList(policy.Statement)
        .filter(isRecord)
        .map((one) => (one.Principal === undefined ? one : { ...one, Principal: namesIn(one.Principal) }))
    : [];

/**
 * Without a policy, a private API refuses everyone.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html
 */
const PRIVATE_POLICY: Rule = {
  judge(before, after) {
    if (!before) return opening('callers that the policy allows are accepted');
    return after ? POLICY.judge(before, after) : breaking('a private API without a policy refuses everyone');
  },
};

/** A policy may be a text with JSON in it. */
export function policyTrait(
  traits: Traits,
  policy: Resolved | undefined,
  location: Location | undefined,
  isPrivate = false,
): void {
  if (policy === undefined) return;
  const place = location ?? traits.location;
  const shown = traits.side.json(policy, place);
  const parsed = typeof shown.data === 'string' ? parsedJson(shown.data) : shown.data;
  // A statement is compared as a whole, whatever it refers to; only a policy of which nothing is known cannot be.
  const isSure = isRecord(parsed);
  const text = isSure ? statementsOf(parsed).map(summaryOf).join('; ') : '(unknown)';
  const value: Shown = { key: isSure ? keyOf(parsed) : shown.key, text, isSure, data: parsed };
  traits.add({ name: 'policy', rule: isPrivate ? PRIVATE_POLICY : POLICY, value, location: place });
}

/** `Allow * if IpAddress` */
function summaryOf({ Effect: name, Principal, NotPrincipal, Condition }: Statement): string {
  const who = NotPrincipal === undefined ? namesIn(Principal) : ['all but', ...namesIn(NotPrincipal)];
  const when = isRecord(Condition) ? ` if ${Object.keys(Condition).join(' and ')}` : '';
  return `${String(name)} ${who.join(' ')}${when}`;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
