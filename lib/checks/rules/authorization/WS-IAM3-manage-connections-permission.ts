import { type RoleStatement } from '../../../template/model/neighbours';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { outline, type Text } from '../../../template/model/text';

const MANAGE = /^execute-api:ManageConnections$/i;
/** `*`, or an ARN that names no API. */
const ANY_API = /^(\*|arn:[^:]*:execute-api:[^:]*:[^:]*:\*.*)$/s;

const isAnyApi = (resource: Text): boolean => ANY_API.test(outline(resource));

const isTooWide = ({ effect, actions, resources, hasCondition }: RoleStatement): boolean =>
  effect === 'Allow' &&
  !hasCondition &&
  actions.some((action) => MANAGE.test(outline(action))) &&
  resources.some(isAnyApi);

export const rule: Rule = {
  id: 'WS-IAM3',
  appliesTo: ['websocket'],
  severity: 'warning',
  title: 'A permission to manage connections is for one WebSocket API',
  why:
    'A principal that is allowed `execute-api:ManageConnections` on `*` can send to, inspect and close every ' +
    'connection of every WebSocket API in the account. That this is more than a back end needs is derived: AWS ' +
    'recommends least privilege in general.',
  fix: {
    library: 'Call `grantManageConnections(fn)` of the `WebSocketGateway`, which specifies the API and the stage.',
    l2: 'Call `stage.grantManagementApiAccess(fn)` of the `WebSocketStage`, which specifies the API and the stage.',
    cloudFormation:
      'Set `arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/@connections/*` as the `Resource` of the ' +
      'statement.',
  },
  link: guide('apigateway-websocket-control-access-iam'),
  sameAs: { 'cdk-nag': ['AwsSolutions-IAM5'] },
  *check(model) {
    for (const statement of model.connectionStatements) {
      if (isTooWide(statement)) {
        const { location } = statement;
        yield { location, message: `${location.logicalId} allows managing the connections of every WebSocket API` };
      }
    }
  },
};
