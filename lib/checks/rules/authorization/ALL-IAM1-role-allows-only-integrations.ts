import { type RoleStatement } from '../../../template/model/neighbours';
import { type Rule } from '../../rule';
import { guide, listed } from '../../queries/common';
import { isLiteral, outline } from '../../../template/model/text';

/** Services whose actions name a resource, so `*` is never needed; except actions that list or describe. */
const NAMED_RESOURCES =
  /^(lambda|sqs|sns|s3|dynamodb|kinesis|firehose|states|events|ssm|secretsmanager|kms|execute-api|iam):(?!List|Describe)/i;
const EVERY_ACTION = /^(\*|[a-z0-9-]+:\*)$/i;

function tooWide({ effect, actions, resources, hasCondition }: RoleStatement): string | undefined {
  if (effect !== 'Allow' || hasCondition) {
    return undefined;
  }
  const wide = actions.filter(isLiteral).filter((action) => EVERY_ACTION.test(action));
  if (wide.length > 0) {
    return `allows ${listed(wide)}`;
  }
  const named = actions.filter((action) => NAMED_RESOURCES.test(outline(action))).map(String);
  return resources.includes('*') && named.length > 0 ? `allows ${listed(named)} on every resource` : undefined;
}

export const rule: Rule = {
  id: 'ALL-IAM1',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A role of API Gateway allows only what its integrations do',
  why:
    'Callers write part of what an integration sends. If the role has access to everything, one mapping mistake ' +
    'gives them access to other tables, queues or buckets too.',
  fix: {
    library:
      'Use the service integrations of the gateway (`RestIntegration.sqs(…)`, `HttpIntegration.eventBridge(…)`, ' +
      '`WebSocketIntegration.sqs(…)`…), which grant one action on one resource.',
    l2:
      'Pass a `credentialsRole` that is granted that one action on the resource, e.g. ' +
      '`queue.grantSendMessages(role)`; `HttpSqsIntegration`, `HttpEventBridgeIntegration` and ' +
      '`HttpStepFunctionsIntegration` create their own.',
    cloudFormation:
      'List the actions and ARNs that the integrations need in the policy of the role, without wildcards.',
  },
  link: guide('security-best-practices'),
  sameAs: { 'cdk-nag': ['AwsSolutions-IAM5'] },
  *check(model) {
    for (const { statements, location: role } of model.serviceRoles) {
      for (const statement of statements) {
        const what = tooWide(statement);
        if (what !== undefined) {
          yield { location: statement.location, message: `${role.logicalId}, a role of API Gateway, ${what}` };
        }
      }
    }
  },
};
