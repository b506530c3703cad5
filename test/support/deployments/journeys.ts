import { CloudFormation, type CloudFormationOptions, type Outcome } from './cloudformation';
import { type Template, withDependents, without } from './template';

/** A stack as it is deployed. */
export interface Deployed {
  readonly name: string;
  readonly template: Template;
}

/** A deployment that had to succeed and did not. */
export interface Obstacle {
  /** What was done before. */
  readonly after: string;
  /** The resource that was in the way. */
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

const HOW = ['refused', 'unstable'] as const;

/** Nothing where the outcome is a success. */
function obstacle(after: string, template: Template, { failed }: Outcome): Obstacle[] {
  if (!failed) return [];
  const { logicalId, reason } = failed;
  return [{ after, logicalId, type: template.Resources[logicalId]?.Type ?? 'export', reason }];
}

/** What was made already is deployed; every resource fails once; then all is tried again. */
export function createFailRetry(before: readonly Deployed[], { name, template }: Deployed): Obstacle[] {
  const found: Obstacle[] = [];
  const start = started(before);
  for (const at of Object.keys(template.Resources)) {
    for (const how of HOW) {
      const cloud = start.copy();
      cloud.deploy(name, template, { at, how });
      found.push(...obstacle(`${at} ${how} while ${name} was created`, template, cloud.deploy(name, template)));
    }
  }
  return found;
}

/** From one template to another; everything that is new or changed fails once; then all is tried again. */
export function updateFailRetry(
  before: readonly Deployed[],
  name: string,
  from: Template,
  to: Template,
  options?: CloudFormationOptions,
): Obstacle[] {
  const found: Obstacle[] = [];
  const changed = Object.keys(to.Resources).filter(
    (id) => JSON.stringify(from.Resources[id]) !== JSON.stringify(to.Resources[id]),
  );
  const start = started([...before, { name, template: from }], options);
  for (const at of changed) {
    const cloud = start.copy();
    // What is there when it fails leaves more behind than what never was.
    cloud.deploy(name, to, { at, how: 'unstable' });
    found.push(...obstacle(`${at} failed while ${name} was updated`, to, cloud.deploy(name, to)));
  }
  return found;
}

/** Templates one after the other. */
export function oneAfterTheOther(
  before: readonly Deployed[],
  name: string,
  ...templates: readonly Template[]
): Obstacle[] {
  const cloud = started(before);
  return templates.flatMap((template, index) =>
    obstacle(`step ${index + 1} of ${templates.length}`, template, cloud.deploy(name, template)),
  );
}

/** The same stack deleted and made anew, and once more under another name beside it. */
export function deletedAndMadeAnew(before: readonly Deployed[], { name, template }: Deployed): Obstacle[] {
  const cloud = started([...before, { name, template }]);
  cloud.delete(name);
  return obstacle(`${name} was deleted`, template, cloud.deploy(name, template));
}

/** The template without each part that somebody may add or take out: a resource or a construct, and all that needs it. */
export function lesserTemplates(template: Template): Template[] {
  const paths = new Map<string, string[]>();
  for (const [id, { Metadata }] of Object.entries(template.Resources)) {
    const path = String(Metadata?.['aws:cdk:path'] ?? id).split('/');
    for (let length = 2; length < path.length; length++) {
      const prefix = path.slice(0, length).join('/');
      paths.set(prefix, [...(paths.get(prefix) ?? []), id]);
    }
  }
  const parts = [...Object.keys(template.Resources).map((id) => [id]), ...paths.values()];
  const gone = parts.map((part) => withDependents(template, part));
  const different = new Map(gone.map((ids) => [[...ids].sort().join(), ids]));
  return [...different.values()].map((ids) => without(template, ids));
}

/** @throws where what comes before cannot be deployed */
function started(stacks: readonly Deployed[], options?: CloudFormationOptions): CloudFormation {
  const cloud = new CloudFormation(undefined, options);
  for (const { name, template } of stacks) {
    const { failed } = cloud.deploy(name, template);
    if (failed) throw new Error(`${name} is not deployed: ${failed.logicalId}: ${failed.reason}`);
  }
  return cloud;
}
