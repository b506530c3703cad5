import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY6',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'No fixed name on an API key',
  why: 'CloudFormation makes the new key before it removes the old one, and two keys of one name are refused: an update that replaces the key fails.',
  fix: {
    library: 'Leave `apiKeyName` out; say whose key it is in `description`.',
    l2: 'Leave `apiKeyName` out of `addApiKey(…)` or `ApiKey`; say whose key it is in `description`.',
    cloudFormation: 'Leave `Name` of the `AWS::ApiGateway::ApiKey` out; say whose key it is in `Description`.',
  },
  link: cloudFormation('resource-apigateway-apikey'),
  sameAs: { 'cfn-nag': ['W28'] },
  *check(model) {
    for (const { name, location } of model.apiKeys) {
      if (isKnown(name)) {
        yield {
          location: inside(location, 'Name'),
          message: `API key ${location.logicalId} has the fixed name "${name}"`,
        };
      }
    }
  },
};
