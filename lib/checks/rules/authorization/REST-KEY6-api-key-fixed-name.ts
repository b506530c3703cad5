import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-KEY6',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'An API key has no fixed name',
  why: 'CloudFormation creates the new key before it removes the old one, and API Gateway rejects two keys with the same name: an update that replaces the key fails.',
  fix: {
    library: 'Omit `apiKeyName`, and say whose key it is in `description`.',
    l2: 'Omit `apiKeyName` in `addApiKey(…)` or `ApiKey`, and say whose key it is in `description`.',
    cloudFormation: 'Omit the `Name` of the `AWS::ApiGateway::ApiKey`, and say whose key it is in `Description`.',
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
