import { type Move } from './move';
import { type Resources } from './resources';

/**
 * The role with which the account logs, if it is deleted: API Gateway goes on to use its ARN, and no API of the account and Region
 * logs any longer.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html
 */
export function accountRoleMoves(old: Resources, now: Resources): Move[] {
  return old.ofType('AWS::ApiGateway::Account').flatMap((account): Move[] => {
    const role = old.target(account, 'CloudWatchRoleArn');
    if (!role || role.isRetained || now.get(role)) return [];
    const { template, logicalId, type } = role;
    return [
      {
        kind: role.isConditional ? 'unknown' : 'lost',
        template,
        logicalId,
        type,
        what: `${logicalId} is the role of ${account.logicalId}, and is not in the new template`,
        consequence: 'the APIs of the account and Region that log with this role stop logging',
        instead: 'set DeletionPolicy: Retain on the role and its policies in a deployment before',
      },
    ];
  });
}
