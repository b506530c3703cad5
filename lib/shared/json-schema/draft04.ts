import { type default as AjvDraft04, type ErrorObject, type ValidateFunction } from 'ajv-draft-04';
import { show } from '../errors';
import { nearest } from '../../template/nearest';
import { type Problem } from './copy';
import { DRAFT_04 } from './keywords';

let metaSchema: ValidateFunction | undefined;

/** What draft-04's own meta-schema finds wrong; one problem a place. */
export function violationsOfDraft04(schema: unknown): Problem[] {
  const validate = (metaSchema ??= compileMetaSchema());
  if (validate(schema)) return [];
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const problem = describe(error, schema);
    // The first error of a place says what is wrong there; the others say the same of the branches around it.
    if (!problems.has(problem.path.join('/'))) problems.set(problem.path.join('/'), problem);
  }
  return [...problems.values()];
}

function compileMetaSchema(): ValidateFunction {
  // Loaded here, so that an app without models does not pay for it.
  const { default: Ajv } = require('ajv-draft-04') as { default: typeof AjvDraft04 };
  const compiled = new Ajv({ strict: false, allErrors: true, validateFormats: false }).getSchema(DRAFT_04);
  if (!compiled) throw new Error('ajv-draft-04 does not know its own meta-schema');
  return compiled as ValidateFunction;
}

function describe(error: ErrorObject, schema: unknown): Problem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const value = path.reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], schema);
  const given = typeof value === 'object' && value !== null ? '' : `is ${show(value)}, but `;
  if (error.keyword === 'enum') {
    const allowed = (error.params as { allowedValues: string[] }).allowedValues;
    const [near] = typeof value === 'string' ? nearest(value, allowed) : [];
    const hint = near === undefined ? '' : `. Did you mean "${near}"?`;
    return { path, message: `${given}must be one of ${allowed.join(', ')}${hint}` };
  }
  return { path, message: `${given}${error.message ?? 'is not valid'} in draft-04` };
}
