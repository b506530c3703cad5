import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The template contains no API key value',
  why: 'Everyone who can read the repository, the build or the stack can read the key, and it cannot be rotated without a deployment.',
  fix: {
    library:
      'List the key in the `apiKeys` of the usage plan and let API Gateway generate its value, or take it from a secret.',
    l2: 'Omit `value` in `addApiKey(…)` so that API Gateway generates it, or pass a reference to a secret.',
    cloudFormation:
      'Omit the `Value` of the `AWS::ApiGateway::ApiKey`, or write a `{{resolve:secretsmanager:…}}` reference.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const { value, location } of model.apiKeys) {
      if (isKnown(value)) {
        const length =
          value.length < 20 || value.length > 128 ? `, with ${value.length} characters; 20 to 128 are allowed` : '';
        yield {
          location: inside(location, 'Value'),
          message: `API key ${location.logicalId} has its value in the template${length}`,
        };
      }
    }
  },
};
