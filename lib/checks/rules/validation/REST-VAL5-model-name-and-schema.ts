import { MODEL_NAME } from '../../../facts/names';
import { MODEL_MAX_BYTES } from '../../../facts/enumerations';
import { jsonText } from '../../../template/reader/json-text';
import { type Model, type RestApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, sameResource } from '../../queries/common';
import { schemaFaults } from '../../queries/schema-faults';

const DRAFT_4 = /^https?:\/\/json-schema\.org\/draft-04\/schema#?$/;

function parsed(schema: unknown): { value?: unknown; broken?: boolean } {
  if (typeof schema !== 'string') {
    return { value: schema };
  }
  try {
    const value: unknown = JSON.parse(schema);
    return { value };
  } catch {
    return { broken: true };
  }
}

function* problems(api: RestApi, model: Model): Iterable<string | { readonly doubt: string }> {
  if (isKnown(model.name) && !MODEL_NAME.test(model.name)) {
    yield `has a name with other characters than letters and digits`;
  }
  if (model.schema === undefined) {
    return;
  }
  const { value, broken } = parsed(model.schema);
  if (broken) {
    yield 'is not JSON';
  }
  const dialect = typeof value === 'object' && value !== null && '$schema' in value ? value.$schema : undefined;
  if (typeof dialect === 'string' && !DRAFT_4.test(dialect)) {
    // That another is rejected is documented nowhere.
    yield { doubt: `is written for ${dialect}; API Gateway supports draft 4` };
  }
  // An import may leave out what a model may not have.
  const isImported = sameResource(model.location, api.location);
  for (const { message, isRefused } of schemaFaults(api, value)) {
    yield isRefused && !isImported ? message : { doubt: message };
  }
  const bytes = Buffer.byteLength(typeof model.schema === 'string' ? model.schema : (jsonText(model.schema) ?? ''));
  if (bytes > MODEL_MAX_BYTES) {
    yield `has ${bytes} bytes; ${MODEL_MAX_BYTES} are allowed`;
  }
}

export const rule: Rule = {
  id: 'REST-VAL5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A model has an alphanumeric name and a JSON Schema of draft 4',
  why: 'API Gateway rejects a model with another name or size, or with a schema that draft 4 does not allow ("Invalid model schema specified"), and the deployment rolls back.',
  fix: {
    library: 'Use `JsonSchema.fromObject({…})` without `$schema`, or with the one of draft 4.',
    l2:
      'Set `modelName` of letters and digits and a `schema` of at most 400 KB in `addModel(…)`, with ' +
      '`JsonSchemaVersion.DRAFT4`.',
    cloudFormation:
      'Set `Name` of letters and digits, and `Schema` of 400 KB at most, of the `AWS::ApiGateway::Model`; in OpenAPI ' +
      'the same for `components/schemas`.',
  },
  link: apiReference('CreateModel'),
  *check(model) {
    for (const api of model.restApis) {
      for (const it of api.models) {
        const name = isKnown(it.name) ? it.name : it.location.logicalId;
        for (const what of problems(api, it)) {
          const message = `model "${name}" ${typeof what === 'string' ? what : what.doubt}`;
          yield {
            ...{ location: it.location, message, key: name },
            ...(typeof what !== 'string' && { severity: 'warning' as const }),
          };
        }
      }
    }
  },
};
