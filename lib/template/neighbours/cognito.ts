import { type CognitoParts, type OfUserPool } from '../model/cognito';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { type Text, UNKNOWN_TEXT } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';

const USER_POOL = 'AWS::Cognito::UserPool';

export function readCognito(app: App): CognitoParts {
  return {
    userPools: nodes(app, USER_POOL).map((node) => ({
      location: node.location,
      name: node.get('UserPoolName').string(),
    })),
    clients: nodes(app, 'AWS::Cognito::UserPoolClient').map((node) => ({
      ...ofUserPool(node),
      name: node.get('ClientName').string(),
      generateSecret: node.get('GenerateSecret').bool(),
      authFlows: node.get('ExplicitAuthFlows').strings(),
      oAuthFlows: node.get('AllowedOAuthFlows').strings(),
      oAuthScopes: texts(node.get('AllowedOAuthScopes'), (scope) => scope),
    })),
    domains: nodes(app, 'AWS::Cognito::UserPoolDomain').map((node) => ({
      ...ofUserPool(node),
      domain: node.get('Domain').text(),
      isCustom: !node.get('CustomDomainConfig').isAbsent,
    })),
    resourceServers: nodes(app, 'AWS::Cognito::UserPoolResourceServer').map((node) => ({
      ...ofUserPool(node),
      identifier: node.get('Identifier').text(),
      scopes: texts(node.get('Scopes'), (scope) => scope.get('ScopeName')),
    })),
  };
}

const nodes = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));

function ofUserPool(node: Node): OfUserPool {
  const id = node.get('UserPoolId');
  return { location: node.location, userPoolId: id.text(), userPool: id.resource(USER_POOL) };
}

function texts(list: Node, pick: (item: Node) => Node): Value<Text[]> {
  const items = list.items();
  return items === UNKNOWN ? UNKNOWN : items.map((item) => pick(item).text() ?? UNKNOWN_TEXT);
}
