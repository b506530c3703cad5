import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft04, { type ValidateFunction } from 'ajv-draft-04';

let compiled: ValidateFunction | undefined;

/** What the OpenAPI Initiative's schema of OpenAPI 3.0 finds wrong in a document. */
export function openApiViolations(document: unknown): string[] {
  const text = readFileSync(join(__dirname, 'openapi-3.0.schema.json'), 'utf8');
  const validate = (compiled ??= new AjvDraft04({ strict: false, validateFormats: false }).compile(
    JSON.parse(text) as object,
  ));
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
