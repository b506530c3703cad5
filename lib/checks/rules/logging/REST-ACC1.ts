import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-ACC1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'AWS::ApiGateway::Account names a role',
  why: 'The resource sets the logging role of the whole account and Region. Without one it takes the role away, and every API there stops logging.',
  fix: {
    library: 'Use `ApiGatewayAccountLogging`, which sets a role where there is none and never takes one away.',
    l2:
      'Set `cloudWatchRole: true` of one `RestApi`, which sets the role, and make no `CfnAccount` without ' +
      '`cloudWatchRoleArn`.',
    cloudFormation: 'Set `CloudWatchRoleArn` of the `AWS::ApiGateway::Account`, or delete the resource.',
  },
  link: cloudFormation('resource-apigateway-account'),
  *check(model) {
    for (const { custom, cloudWatchRoleArn, location } of model.accounts) {
      if (!custom && (cloudWatchRoleArn === undefined || cloudWatchRoleArn === '')) {
        yield { location, message: `${location.logicalId} takes the logging role of the account away` };
      }
    }
  },
};
