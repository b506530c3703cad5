import { MODEL_NAME } from '../../../facts/names';
import { MODEL_MAX_BYTES } from '../../../facts/enumerations';
import { jsonText } from '../../../template/reader/json-text';
import { type Model } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference } from '../../queries/common';

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

function* problems(model: Model): Iterable<string> {
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
    yield `is written for ${dialect}; API Gateway supports draft 4`;
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
  why: 'API Gateway rejects a model with another name, dialect or size, and the deployment rolls back.',
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
    for (const { models } of model.restApis) {
      for (const it of models) {
        const name = isKnown(it.name) ? it.name : it.location.logicalId;
        for (const what of problems(it)) {
          yield { location: it.location, message: `model "${name}" ${what}`, key: name };
        }
      }
    }
  },
};
