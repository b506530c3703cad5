import { type Finding, type Fix } from './rule';

/**
 * The creator of a resource: a construct of this library, an L2 of the CDK, or a template and its L1s, which are equivalent.
 * `cdk` if it is only known that CDK wrote the template.
 */
export type Origin = 'library' | 'l2' | 'cloudFormation' | 'cdk';

/** The labels of the ways to write an API, if several are shown. */
const FIX_LABELS: Readonly<Record<keyof Fix, string>> = {
  library: 'This library',
  l2: 'CDK L2',
  cloudFormation: 'CloudFormation',
};

const FORMS = Object.keys(FIX_LABELS) as (keyof Fix)[];

/** Each way to write the fix, after its label. */
export function labelledFixes(fix: Fix): string[] {
  return FORMS.flatMap((form) => (fix[form] === undefined ? [] : [`${FIX_LABELS[form]}: ${fix[form]}`]));
}

/** The content of an OpenAPI document is the same, whatever passes it on. */
const isInDocument = (path: string): boolean => /^Properties\.Body\b/.test(path);

/** The fix for the creator of the resource of a finding; one labeled line per way if that is unknown. */
export function fixFor({ fix, path }: Pick<Finding, 'fix' | 'path'>, origin: Origin): string {
  if (origin === 'cdk') return labelledFixes(fix).join('\n');
  if (origin === 'l2') return (isInDocument(path) ? undefined : fix.l2) ?? fix.cloudFormation;
  return fix[origin];
}
