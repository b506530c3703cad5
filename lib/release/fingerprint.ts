import { type CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { createHash } from 'node:crypto';

/**
 * Changes with every setting of a stage except its deployment: a hash of its properties, and the values of all references
 * in them, since a value may change while the reference stays.
 */
export function stageFingerprint(stage: () => CfnResource): string {
  return Lazy.uncachedString({ produce: () => compute(stage()) });
}

function compute(stage: CfnResource): string {
  const stack = Stack.of(stage);
  const template: { Resources: object } = stack.resolve(stage._toCloudFormation());
  const [{ Properties }] = Object.values(template.Resources) as { Properties: Record<string, unknown> }[];
  const settings = { ...Properties, DeploymentId: undefined };
  const hash = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 32);
  return stack.resolve(Fn.join('|', [hash, ...references(settings)] as string[]));
}

/** The references in resolved JSON, without duplicates. */
function references(settings: unknown): readonly unknown[] {
  const found = new Map<string, unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const [key, ...others] = Object.keys(value);
    const isReference = others.length === 0 && (key === 'Ref' || key === 'Fn::GetAtt' || key === 'Fn::ImportValue');
    if (isReference) found.set(JSON.stringify(value), value);
    else Object.values(value).forEach(visit);
  };
  visit(settings);
  return [...found].filter(([text]) => !text.includes('"AWS::')).map(([, value]) => value);
}
