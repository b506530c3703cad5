import { type ApiSurface, type Subject, type Surface, type Trait } from '../diff/trait';
import { type ApiModel, type LambdaPermission } from '../template/model/model';
import { type ServiceRole } from '../template/model/neighbours';
import { isKnown, knownOr } from '../template/model/value';
import { textOf } from './route-comparison';

/** What a stack says of APIs. */
export interface ApiContent extends Surface {
  readonly permissions: readonly LambdaPermission[];
  readonly roles: readonly ServiceRole[];
  /** How many, of whatever type. */
  readonly resources: number;
}

/** Those of functions that API Gateway may invoke. */
export const permissionsIn = ({ permissions }: ApiModel): LambdaPermission[] =>
  permissions.filter(({ principal }) => !isKnown(principal) || principal.startsWith('apigateway.'));

/** A text that changes with the APIs and with nothing else: a line for each thing that can be said. */
export function surfaceText({ apis, shared, permissions, roles }: ApiContent): string {
  const sections = [
    ...apis.flatMap(apiLines),
    ...shared.flatMap((one) => subjectLines(one, '')),
    ...titled('permissions', sorted([...permissions.map(permissionLine), ...roles.flatMap(roleLines)])),
  ];
  return `${sections.join('\n').trimEnd()}\n`;
}

function apiLines({ name, self, routes, others }: ApiSurface): string[] {
  const ordered = sortedRoutes(routes);
  return [
    `${self.label} ${name}`,
    ...self.traits.filter(isWorthSaying).flatMap((trait) => (trait.name === 'name' ? [] : traitLines(trait, '  '))),
    ...ordered.flatMap((route) => subjectLines(route, '  ', others)),
    ...others.flatMap((one) => subjectLines(one, '  ')),
    '',
  ];
}

/** Routes of one path together. */
export const sortedRoutes = (routes: readonly Subject[]): Subject[] =>
  [...routes].sort((a, b) => compareText(sortKey(a), sortKey(b)));

/** What a route is, for a message. */
export const traitLinesOf = ({ traits }: Subject): string[] =>
  traits.filter(isWorthSaying).flatMap((trait) => traitLines(trait, ''));

function sortKey({ label }: Subject): string {
  const [method, path = ''] = label.split(' ', 2);
  return `${path} ${method}`;
}

/** @param stages throttles of a whole stage are said there */
function subjectLines({ kind, label, traits }: Subject, indent: string, stages: readonly Subject[] = []): string[] {
  const said = new Set(
    stages.flatMap((stage) =>
      stage.kind === 'stage' ? stage.traits.map((trait) => `${trait.name} in ${stage.label} ${textOf(trait)}`) : [],
    ),
  );
  const own = traits.filter((trait) => isWorthSaying(trait) && !said.has(`${trait.name} ${textOf(trait)}`));
  const title = kind === 'route' ? label : `${kind} ${label}`;
  // Each response of an integration has its CORS origin, usually the same one.
  return [`${indent}${title}`, ...new Set(own.flatMap((trait) => traitLines(trait, `${indent}  `)))];
}

/** Who may call it is always said. */
const isWorthSaying = ({ name, isDefault }: Trait): boolean => !isDefault || name === 'authorization';

function traitLines(trait: Trait, indent: string): string[] {
  if (!trait.elements) return [`${indent}${trait.name}: ${textOf(trait)}`];
  return sorted(trait.elements.map(({ text }) => `${indent}${trait.name}: ${text}`));
}

function permissionLine({ target, principal, sourceArn }: LambdaPermission): string {
  const who = isKnown(principal) ? principal : '(unknown)';
  return `${who} may invoke ${String(target?.function?.logicalId ?? target?.text ?? '(unknown)')} for ${String(sourceArn ?? 'anything')}`;
}

function roleLines({ location, statements }: ServiceRole): string[] {
  return statements.flatMap(({ effect, actions, resources, hasCondition }) =>
    resources.map((resource) => {
      const verb = knownOr(effect, '(unknown)') === 'Deny' ? 'may not' : 'may';
      return `${location.logicalId} ${verb} ${sorted(actions.map(String)).join(', ')} on ${String(resource)}${hasCondition ? ' under a condition' : ''}`;
    }),
  );
}

const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const sorted = (lines: readonly string[]): string[] => [...lines].sort(compareText);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
