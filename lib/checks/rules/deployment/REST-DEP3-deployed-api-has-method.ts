import { type Rule } from '../../rule';
import { apiReference } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-DEP3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A deployed API has a method',
  why: 'API Gateway rejects the deployment: "The REST API doesn\'t contain any methods".',
  fix: {
    library: 'Add a route to `routes`.',
    l2: 'Add a method, e.g. `api.root.addMethod("GET", integration)`.',
    cloudFormation: 'Add an `AWS::ApiGateway::Method`, or an operation under `paths` of the Body.',
  },
  link: apiReference('CreateDeployment'),
  *check(model) {
    for (const api of model.restApis) {
      if (api.form !== 'opaque' && api.methods.length === 0) {
        for (const { location } of api.deployments) {
          yield { location, message: `${location.logicalId} deploys an API without any method` };
        }
      }
    }
  },
};
