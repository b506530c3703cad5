import Ajv from 'ajv-draft-04';
import { type SchemaCompiler } from '../../lib/serve/models';
import { detailsOf } from './schema-details';

/** Checks as draft 4 of JSON Schema says; formats are not looked at. */
export const compileSchema: SchemaCompiler = (schema) => {
  // Says whether the schema can be used at all.
  new Ajv({ strict: false, logger: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  return (value) => detailsOf(schema, value);
};
