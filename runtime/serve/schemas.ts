import Ajv from 'ajv-draft-04';
import { type SchemaCompiler } from '../../lib/serve/models';
import { detailOf } from './schema-details';

/** Checks as draft 4 of JSON Schema says; formats are not looked at. */
export const compileSchema: SchemaCompiler = (schema) => {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false, validateFormats: false });
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).flatMap((error) => detailOf(error) ?? []));
};
