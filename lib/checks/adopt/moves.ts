import { resourceKey, sameResource } from '../../template/model/place';
import { REPLACING } from '../../facts/replacement';
import { at } from '../../lookup/named';
import { type PlainResource } from '../../template/reader/plain-resources';
import { accountRoleMoves } from './account-roles';
import { changesOfCallers } from './callers';
import { consequenceOf } from './consequences';
import { executionLogMoves } from './execution-logs';
import { importMoves } from './imports';
import { type Move, type MoveKind } from './move';
import { identityOf, Resources } from './resources';
import { isSameValue, printed, referencesOf } from './values';

/**
 * The parts of live APIs that an update would replace, lose or collide with.
 *
 * @param before the resources as they are deployed
 * @param after the resources of the update, in templates of the same names
 */
export function movesBetween(before: readonly PlainResource[], after: readonly PlainResource[]): Move[] {
  const templates = new Set(after.map(({ template }) => template));
  const [old, now] = [new Resources(before.filter(({ template }) => templates.has(template))), new Resources(after)];
  const replaced = replacements(old, now);
  const gone = new Set(old.all.filter((one) => !now.get(one) || replaced.has(resourceKey(one))).map(resourceKey));
  const fates = old.all.flatMap((one) => fateOf(one, now, replaced));
  return [
    ...fates,
    ...collisions(old, now, replaced),
    ...importMoves(old, now, gone),
    ...executionLogMoves(old, now),
    ...accountRoleMoves(old, now),
    ...changesOfCallers(old, now, gone),
  ].sort((a, b) => RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind));
}

const RANKS: readonly MoveKind[] = ['collides', 'lost', 'replaced', 'changes', 'unknown'];

interface Replacement {
  readonly property: string;
  readonly isSure: boolean;
}

/** The resources that remain in the template and are created again, and because of which property. */
function replacements(old: Resources, now: Resources): ReadonlyMap<string, Replacement> {
  const found = new Map<string, Replacement>();
  // A replaced resource replaces those that refer to it with such a property.
  for (let [count, sure] = [-1, -1]; count !== found.size || sure !== countSure(found);) {
    [count, sure] = [found.size, countSure(found)];
    for (const before of old.all) {
      const after = now.get(before);
      if (!after || after.type !== before.type || found.get(resourceKey(before))?.isSure) continue;
      const why = replacementOf(before, after, [old, now], found);
      if (why) found.set(resourceKey(before), why);
    }
  }
  return found;
}

const countSure = (found: ReadonlyMap<string, Replacement>): number =>
  [...found.values()].filter(({ isSure }) => isSure).length;

function replacementOf(
  before: PlainResource,
  after: PlainResource,
  [old, now]: readonly [Resources, Resources],
  known: ReadonlyMap<string, Replacement>,
): Replacement | undefined {
  let unsure: Replacement | undefined;
  for (const property of at(REPLACING, before.type) ?? []) {
    const [a, b] = [at(before.properties, property), at(after.properties, property)];
    const isReplaced = referencesOf(b).some((one) => known.get(resourceKey(one))?.isSure);
    // A reference to a domain name or stage comes to its name, which may be written instead.
    const name = isReplaced ? undefined : old.nameIn(a);
    const isSame =
      name !== undefined && name === now.nameIn(b)
        ? true
        : !isReplaced && (isSameValue(a, b) ?? isWrittenAlike(before, after, property));
    if (isSame === false) return { property, isSure: true };
    if (isSame === undefined) unsure ??= { property, isSure: false };
  }
  return unsure;
}

/** What is written in the same way is the same, whatever the deployment makes of it; undefined if it is not. */
const isWrittenAlike = (before: PlainResource, after: PlainResource, property: string): true | undefined =>
  JSON.stringify(writtenIn(before, property)) === JSON.stringify(writtenIn(after, property)) ? true : undefined;

const writtenIn = ({ written }: PlainResource, property: string): unknown =>
  typeof written === 'object' && written !== null
    ? (written as Readonly<Record<string, unknown>>)[property]
    : undefined;

/** A resource under a condition may not be there. */
const orUnknown = (kind: MoveKind, ...resources: readonly PlainResource[]): MoveKind =>
  resources.some(({ isConditional }) => isConditional) ? 'unknown' : kind;

function fateOf(before: PlainResource, now: Resources, replaced: ReadonlyMap<string, Replacement>): Move[] {
  const consequence = consequenceOf(before);
  if (!consequence) return [];
  const { template, logicalId, type } = before;
  const move = { template, logicalId, type, consequence: consequence.seen, instead: consequence.instead };
  const after = now.get(before);
  if (!after) {
    return before.isRetained
      ? []
      : [{ ...move, kind: orUnknown('lost', before), what: `${logicalId} is not in the new template` }];
  }
  if (after.type !== type) {
    return [
      {
        ...move,
        kind: 'collides',
        what: `${logicalId} is an ${after.type} in the new template, and CloudFormation cannot change the type of a resource`,
        instead: 'give the new resource another logical id',
      },
    ];
  }
  const why = replaced.get(resourceKey(before));
  if (!why) return [];
  const [a, b] = [before, after].map(({ properties }) => printed(at(properties, why.property)));
  if (!why.isSure) {
    return [
      {
        ...move,
        kind: 'unknown',
        what: `${why.property} is ${a} and becomes ${b}; if the value changes, it is replaced`,
      },
    ];
  }
  const what = `${why.property} changes from ${a} to ${b}`;
  // Its events are what is worth keeping.
  return type === 'AWS::Logs::LogGroup' && before.isRetainedWhenReplaced
    ? [{ ...move, kind: 'changes', what, consequence: 'the log continues in another group; the one of before remains' }]
    : [{ ...move, kind: orUnknown('replaced', before, after), what }];
}

/** New resources under a name that a deployed one has: CloudFormation creates before it deletes. */
function collisions(old: Resources, now: Resources, replaced: ReadonlyMap<string, Replacement>): Move[] {
  const taken = new Map<string, PlainResource>();
  for (const one of old.all) {
    const identity = identityOf(one, old);
    if (identity !== undefined) taken.set(identity, one);
  }
  return now.all.flatMap((one) => {
    const identity = identityOf(one, now);
    const holder = identity === undefined ? undefined : taken.get(identity);
    if (!holder || isOfNewParent(one, replaced)) return [];
    const isSameResource = sameResource(holder, one) && holder.type === one.type;
    if (isSameResource && !replaced.get(resourceKey(one))?.isSure) return [];
    // A deployment does not create a stage that is there; it updates it.
    if (one.type === 'AWS::ApiGateway::Deployment') return [];
    const { template, logicalId, type } = one;
    const [kind] = String(identity).split(' | ');
    return [
      {
        kind: orUnknown('collides', holder, one),
        template,
        logicalId,
        type,
        what: `${logicalId} is created while ${holder.logicalId} (${holder.type}) has the same ${NAMED[kind] ?? 'name'}`,
        consequence: 'the update fails and is rolled back: the resource already exists',
        instead: insteadOf(holder, one),
      },
    ];
  });
}

const NAMED: Readonly<Record<string, string>> = {
  stage: 'API and stage name',
  key: 'value',
  'plan key': 'plan and key',
  mapping: 'domain and path',
  route: 'API and route key',
  record: 'zone, name and type',
};

function insteadOf(holder: PlainResource, one: PlainResource): string {
  if (holder.type === one.type) return `keep the logical id ${holder.logicalId}, with adopt`;
  if (holder.type === 'AWS::ApiGateway::Deployment') {
    return 'import the stage into the stack under the new logical id first (cdk import)';
  }
  if (holder.type === 'AWS::ApiGateway::BasePathMapping') {
    return `keep it as it is: adopt.basePathMappings of the domain, with ${holder.logicalId}`;
  }
  return `keep ${holder.logicalId} in the stack, and refer to it instead of creating another`;
}

/** Whether it belongs to an API or key that is replaced, so the name is not taken there. */
function isOfNewParent(one: PlainResource, replaced: ReadonlyMap<string, Replacement>): boolean {
  return ['RestApiId', 'ApiId', 'KeyId'].some((property) =>
    referencesOf(at(one.properties, property)).some((parent) => replaced.get(resourceKey(parent))?.isSure),
  );
}
