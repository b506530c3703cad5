import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'ALL-DEP11',
  appliesTo: ['rest', 'http'],
  severity: 'info',
  title: 'An import that loses something fails',
  why: 'What API Gateway does not understand in a definition it drops with a warning, which CloudFormation does not show. The route or the check is missing, and the deployment is green.',
  fix: {
    library: 'Take the override away: the gateway sets it.',
    l2: 'Set `failOnWarnings: true` of the `SpecRestApi`.',
    cloudFormation: 'Set `FailOnWarnings: true` of the `AWS::ApiGateway::RestApi` or `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  *check(model) {
    for (const { form, failOnWarnings, location } of [...model.restApis, ...model.httpApis]) {
      if ((form === 'body' || form === 'mixed') && (failOnWarnings === undefined || failOnWarnings === false)) {
        yield { location, message: 'warnings of the import are dropped' };
      }
    }
  },
};
