import { type Finding, type Fix } from './rule';

/**
 * What made a resource: a construct of this library, an L2 of the CDK, or a template and the L1s that are no more than one.
 * `cdk` where all that is known is that CDK wrote the template.
 */
export type Origin = 'library' | 'l2' | 'cloudFormation' | 'cdk';

/** How the ways to write an API are told apart where several are shown. */
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

/** What an OpenAPI document says is written the same in whatever hands it over. */
const isInDocument = (path: string): boolean => /^Properties\.Body\b/.test(path);

/** What to tell who wrote the resource of a finding; a line for each way, labelled, where that is not known. */
export function fixFor({ fix, path }: Pick<Finding, 'fix' | 'path'>, origin: Origin): string {
  if (origin === 'cdk') return labelledFixes(fix).join('\n');
  if (origin === 'l2') return (isInDocument(path) ? undefined : fix.l2) ?? fix.cloudFormation;
  return fix[origin];
}
