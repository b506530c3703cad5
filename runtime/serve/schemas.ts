import Ajv from 'ajv-draft-04';
import { bounded } from '../../lib/serve/bounded';
import { type SchemaCompiler } from '../../lib/serve/models';
import { misconfigured } from '../../lib/serve/refusal';
import { detailOf } from './schema-details';

/** Checks as draft 4 of JSON Schema says; formats are not looked at. */
export const compileSchema: SchemaCompiler = (schema) => {
  const ajv = new Ajv({
    ...{ strict: false, allErrors: true, verbose: true, logger: false, validateFormats: false },
    code: { regExp },
  });
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).flatMap((error) => detailOf(error) ?? []));
};

/** The pattern of a schema on the text of a client, which is stopped if it takes too long. */
const regExp = Object.assign(
  (pattern: string, flags: string) => {
    const expression = new RegExp(pattern, flags);
    return {
      test: (text: string): boolean =>
        bounded(
          // It is tried at each place of the text.
          `[^]*(?:${pattern})`,
          text,
          () => expression.test(text),
          (reason) => misconfigured(`The check of the body was stopped: ${reason}`),
        ),
    };
  },
  // For code that is written to a file, which this is not.
  { code: 'new RegExp' },
);
