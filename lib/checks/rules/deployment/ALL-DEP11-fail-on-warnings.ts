import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'ALL-DEP11',
  appliesTo: ['rest', 'http'],
  severity: 'info',
  title: 'An import with warnings fails',
  why: 'API Gateway drops the parts of a definition that it does not understand, with a warning that CloudFormation does not show. The route or the check is missing, and the deployment succeeds.',
  fix: {
    library: 'Remove the override: the gateway sets it.',
    l2: 'Set `failOnWarnings: true` on the `SpecRestApi`.',
    cloudFormation: 'Set `FailOnWarnings: true` on the `AWS::ApiGateway::RestApi` or `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigateway-restapi'),
  *check(model) {
    for (const { form, failOnWarnings, location } of [...model.restApis, ...model.httpApis]) {
      if ((form === 'body' || form === 'mixed') && (failOnWarnings === undefined || failOnWarnings === false)) {
        yield { location, message: 'warnings of the import are ignored' };
      }
    }
  },
};
