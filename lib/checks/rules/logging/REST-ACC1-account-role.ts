import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-ACC1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'AWS::ApiGateway::Account has a role',
  why: 'The resource sets the logging role of the whole account and Region. Without one it removes the role, and every API there stops logging.',
  fix: {
    library: 'Use `ApiGatewayAccountLogging`, which sets a role if there is none and never removes one.',
    l2:
      'Set `cloudWatchRole: true` on one `RestApi`, which sets the role, and create no `CfnAccount` without ' +
      '`cloudWatchRoleArn`.',
    cloudFormation: 'Set `CloudWatchRoleArn` on the `AWS::ApiGateway::Account`, or delete the resource.',
  },
  link: cloudFormation('resource-apigateway-account'),
  *check(model) {
    for (const { custom, cloudWatchRoleArn, location } of model.accounts) {
      if (!custom && (cloudWatchRoleArn === undefined || cloudWatchRoleArn === '')) {
        yield { location, message: `${location.logicalId} removes the logging role of the account` };
      }
    }
  },
};
