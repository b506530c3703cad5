import { type Rule } from '../../rule';
import { cloudFormation } from '../../support';

export const rule: Rule = {
  id: 'ALL-DEP10',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'An API has a name',
  why: 'Without a Body there is no title to take the name from: API Gateway refuses the API, and the stack rolls back.',
  fix: 'The gateway names its API after its path; `restApiName` sets another name. In CloudFormation: `Name` of the `AWS::ApiGateway::RestApi`.',
  link: cloudFormation('resource-apigateway-restapi'),
  sameAs: { 'cfn-lint': ['E3660'] },
  *check(model) {
    for (const { form, name, location } of model.restApis) {
      if (form === 'resources' && name === undefined) {
        yield { location, message: 'the API has neither a Name nor a Body' };
      }
    }
  },
};
