import { resourceKey, sameResource } from '../template/model/place';
import { type Change, CHANGE_CLASSES, type Verdict } from './change';
import { Coverage } from './covering';
import { definitionChange } from './definition-compare';
import { paired } from './pairs';
import { breaking, harmless } from './rules';
import { type ApiSurface, type Subject, type Surface } from './trait';
import { type TraitChange, traitChanges } from './traits-compare';

/** How the second differs from the first, as callers see it: what breaks them comes first. */
export function compareSurfaces(before: Surface, after: Surface): Change[] {
  const apis = paired(before.apis, after.apis, API_KEYS);
  // APIs that have nothing in common are still one that was renamed, if there is no other.
  const [lost, found] = [apis.removed.at(0), apis.added.at(0)];
  const isRenamed = lost && found && before.apis.length === 1 && after.apis.length === 1;
  const both = isRenamed ? [...apis.both, [lost, found] as const] : apis.both;
  const changes = [
    ...both.flatMap(([was, is]) => apiChanges(was, is)),
    ...(isRenamed ? [] : apis.removed.map((one) => whole(one.name, one.self, 'removed'))),
    ...(isRenamed ? [] : apis.added.map((one) => whole(one.name, one.self, 'added'))),
    ...subjectChanges(undefined, before.shared, after.shared),
  ];
  return changes.flat().sort((a, b) => CHANGE_CLASSES.indexOf(a.class) - CHANGE_CLASSES.indexOf(b.class));
}

const API_KEYS: ((api: ApiSurface) => string | undefined)[] = [
  ({ location }) => resourceKey(location),
  ({ constructPath }) => constructPath,
  ({ kind, knownName }) => knownName && `${kind} ${knownName}`,
  ({ knownName }) => knownName,
];

function apiChanges(before: ApiSurface, after: ApiSurface): Change[] {
  const api = after.name;
  const own = [...replacement(before, after), ...changesOf(api, before.self, after.self)];
  const others = subjectChanges(api, before.others, after.others);
  // What holds for a whole stage is told there, not again at each of its routes.
  const told = new Set(
    others.filter(({ kind }) => kind === 'stage').map((one) => limitKey(`${one.aspect} in ${one.subject}`, one)),
  );
  const routes = routeChanges(api, before, after).filter(
    (one) => one.change !== 'changed' || !told.has(limitKey(one.aspect ?? '', one)),
  );
  return [...own, ...routes, ...others];
}

const limitKey = (aspect: string, { before, after }: Pick<Change, 'before' | 'after'>): string =>
  JSON.stringify([aspect, before, after]);

/** Another logical id or kind is another API to CloudFormation: it gets another id, which is in its URL. */
function replacement(before: ApiSurface, after: ApiSurface): Change[] {
  const [was, is] = [before.location, after.location];
  if (before.kind === after.kind && sameResource(was, is)) return [];
  const isHidden = before.self.traits.some(({ name, value }) => name === DISABLED && value?.key === 'true');
  const verdict = isHidden
    ? harmless('a new API with another id; callers know the URL of the domain only')
    : breaking('a new API with another id, so the URL under execute-api changes');
  const shown = ({ kind }: ApiSurface, { logicalId }: typeof was) => `${kind} API ${logicalId}`;
  return [
    {
      ...{ class: verdict.class, change: 'changed', api: after.name, kind: 'API', subject: after.self.label },
      ...{ aspect: 'resource', before: shown(before, was), after: shown(after, is), why: verdict.why },
      ...{ location: is, side: 'after' },
    },
  ];
}

const DISABLED = 'default endpoint disabled';

function routeChanges(api: string, before: ApiSurface, after: ApiSurface): Change[] {
  const { both, removed, added } = paired(before.routes, after.routes, [({ key }) => key]);
  const [earlier, later] = [before, after].map(({ routes, kind }) => new Coverage(routes, kind));
  return [
    ...both.flatMap(([was, is]) => changesOf(api, was, is)),
    ...removed.flatMap((one) => {
      const cover = later.of(one.key);
      if (!cover) return whole(api, one, 'removed');
      const moved = { ...cover, label: one.label };
      return [
        ...whole(api, { ...one, removed: harmless(`${cover.label} responds instead`) }, 'removed'),
        ...traitChanges(one, moved).map((change) => changeOf(api, moved, change)),
      ];
    }),
    ...added.flatMap((one) => {
      const cover = earlier.of(one.key);
      if (!cover) return whole(api, one, 'added');
      return [
        ...whole(api, { ...one, added: harmless(`${cover.label} responded before`) }, 'added'),
        ...traitChanges(cover, one).map((change) => changeOf(api, one, change)),
      ];
    }),
  ];
}

function subjectChanges(api: string | undefined, before: readonly Subject[], after: readonly Subject[]): Change[] {
  const keys = [
    ({ kind, key }: Subject) => `${kind} ${key}`,
    ({ kind, location }: Subject) => (RENAMED.includes(kind) ? `${kind} ${location.logicalId}` : undefined),
  ];
  const { both, removed, added } = paired(before, after, keys);
  return [
    ...both.flatMap(([was, is]) => changesOf(api, was, is)),
    ...removed.flatMap((one) => whole(api, one, 'removed')),
    ...added.flatMap((one) => whole(api, one, 'added')),
  ];
}

/** These keep what they are under a new name. */
const RENAMED = ['usage plan'];

function changesOf(api: string | undefined, before: Subject, after: Subject): Change[] {
  const changes = traitChanges(before, after);
  const others = definitionChange(before, after, changes.length > 0);
  return [...changes, ...others].map((one) => changeOf(api, after, one));
}

function changeOf(api: string | undefined, subject: Subject, change: TraitChange): Change {
  const { verdict, name, before, after, location = subject.location, side } = change;
  return {
    ...{ class: verdict.class, change: 'changed', ...(api !== undefined && { api }) },
    ...{ kind: subject.kind, subject: subject.label, aspect: name },
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...{ why: verdict.why, location, side },
  };
}

function whole(api: string | undefined, subject: Subject, change: 'added' | 'removed'): Change[] {
  const verdict: Verdict | undefined = subject[change];
  if (!verdict) return [];
  const side = change === 'added' ? 'after' : 'before';
  const { kind, label, location } = subject;
  return [
    {
      ...{ class: verdict.class, change, ...(api !== undefined && { api }) },
      ...{ kind, subject: label, why: verdict.why, location, side },
    },
  ];
}
