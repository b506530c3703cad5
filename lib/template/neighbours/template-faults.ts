import { SAM_TRANSFORM } from '../../facts/sam-globals';
import { type DuplicateKey, type Untransformed } from '../model/template-faults';
import { type DuplicateKey as FoundKey } from '../reader/duplicate-keys';
import { isDict, own } from '../reader/scope';
import { type TemplateSource } from '../reader/source';

const SAM = 'AWS::Serverless::';

export function readUntransformed(sources: readonly TemplateSource[]): Untransformed[] {
  return sources.flatMap(({ file, template }) => {
    if (mayBeTransformed(template)) return [];
    const resources = own(template, 'Resources');
    const found = Object.entries(isDict(resources) ? resources : {}).flatMap(([logicalId, body]) => {
      const type = own(body, 'Type');
      return typeof type === 'string' && type.startsWith(SAM) ? [{ logicalId, type }] : [];
    });
    if (found.length === 0) return [];
    const types = [...new Set(found.map(({ type }) => type))];
    return [{ location: { template: file, logicalId: found[0].logicalId, path: ['Type'] }, types }];
  });
}

/** A macro of the account may turn the template into anything; those of AWS other than SAM leave its resources alone. */
function mayBeTransformed(template: unknown): boolean {
  const transforms: unknown[] = [own(template, 'Transform') ?? []].flat();
  const isOther = (one: unknown): boolean => typeof one !== 'string' || !one.startsWith('AWS::');
  return own(template, 'Fn::Transform') !== undefined || transforms.includes(SAM_TRANSFORM) || transforms.some(isOther);
}

export function readDuplicateKeys(sources: readonly TemplateSource[]): DuplicateKey[] {
  return sources.flatMap(({ file, duplicates = [], documents }) => [
    ...duplicates.map((one) => {
      const [section, ...inside] = one.path;
      const [logicalId, ...path] = section === 'Resources' && inside.length > 0 ? inside : one.path;
      return located(one, file, logicalId, path);
    }),
    ...[...(documents ?? [])].flatMap(([logicalId, { property, duplicates: own }]) =>
      own.map((one) => located(one, file, logicalId, ['Properties', property, ...one.path])),
    ),
  ]);
}

const located = (
  { path: whole, lost, kept }: FoundKey,
  template: string,
  logicalId: string,
  path: readonly string[],
): DuplicateKey => ({ location: { template, logicalId, path }, key: whole[whole.length - 1], lost, kept });
