import { join } from 'node:path';
import { show } from '../authoring/errors';
import { nearest } from '../lookup/nearest';
import { type Problem } from './copy';

/** The meta-schema of draft-04 as a function, which `scripts/build-assets.mjs` generates with ajv. */
interface MetaSchema {
  (schema: unknown): boolean;
  readonly errors?: readonly MetaSchemaError[] | null;
}

interface MetaSchemaError {
  readonly keyword: string;
  /** Place in the schema, as a JSON pointer. */
  readonly instancePath: string;
  readonly params: object;
  readonly message?: string;
}

const COMPILED = join(__dirname, '..', '..', 'assets', 'draft-04', 'index.js');
let metaSchema: MetaSchema | undefined;

/** The errors that draft-04's own meta-schema finds; one per place. */
export function violationsOfDraft04(schema: unknown): Problem[] {
  // Loaded here, so an app without models does not pay for it.
  const validate = (metaSchema ??= require(COMPILED) as MetaSchema);
  if (validate(schema)) return [];
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const problem = describe(error, schema);
    // The first error of a place describes the problem; the others repeat it for the branches around it.
    if (!problems.has(problem.path.join('/'))) problems.set(problem.path.join('/'), problem);
  }
  return [...problems.values()];
}

function describe(error: MetaSchemaError, schema: unknown): Problem {
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
