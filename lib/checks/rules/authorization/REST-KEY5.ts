import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY5',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'No API key value in the template',
  why: 'The key is then in the repository, in the build and in the stack for everybody who may read one of them, and cannot be rotated without a deployment.',
  fix: {
    library:
      'Name the key in `apiKeys` of the usage plan and let API Gateway generate its value, or take it from a secret.',
    l2: 'Leave `value` out of `addApiKey(…)`, so that API Gateway generates it, or pass a reference to a secret.',
    cloudFormation:
      'Leave `Value` of the `AWS::ApiGateway::ApiKey` out, or write a `{{resolve:secretsmanager:…}}` reference.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const { value, location } of model.apiKeys) {
      if (isKnown(value)) {
        const length =
          value.length < 20 || value.length > 128 ? `, of ${value.length} characters where 20 to 128 are allowed` : '';
        yield {
          location: inside(location, 'Value'),
          message: `API key ${location.logicalId} has its value in the template${length}`,
        };
      }
    }
  },
};
