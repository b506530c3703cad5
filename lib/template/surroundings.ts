import { type LambdaTargets } from './lambda';
import {
  type Account,
  type DomainMapping,
  type LambdaFunction,
  type LambdaPermission,
  type ResourceRef,
  type WebAclAssociation,
} from './model';
import { Node } from './node';
import { type App } from './scope';
import { type Stages } from './usage';
import { type Text, UNKNOWN, type Value } from './value';

const REST_API = 'AWS::ApiGateway::RestApi';

function nodes(app: App, type: string): Node[] {
  return [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));
}

export function readAccounts(app: App): Account[] {
  const account = (node: Node, custom: boolean): Account => ({
    location: node.location,
    cloudWatchRoleArn: node.get('CloudWatchRoleArn').text(),
    custom,
  });
  return [
    ...nodes(app, 'AWS::ApiGateway::Account').map((node) => account(node, false)),
    ...nodes(app, 'Custom::ApiGatewayAccountLogging').map((node) => account(node, true)),
  ];
}

export function readFunctions(app: App): LambdaFunction[] {
  return nodes(app, 'AWS::Lambda::Function').map((node) => ({
    location: node.location,
    name: node.get('FunctionName').string(),
    timeoutInSeconds: node.get('Timeout').number(),
  }));
}

export function readPermissions(app: App, lambdas: LambdaTargets): LambdaPermission[] {
  return nodes(app, 'AWS::Lambda::Permission').map((node) => ({
    location: node.location,
    target: lambdas.ofName(node.get('FunctionName')),
    action: node.get('Action').string(),
    principal: node.get('Principal').string(),
    sourceArn: node.get('SourceArn').text(),
    sourceAccount: node.get('SourceAccount').text(),
  }));
}

export function readWebAclAssociations(app: App, stages: Stages): WebAclAssociation[] {
  return nodes(app, 'AWS::WAFv2::WebACLAssociation').map((node) => ({
    location: node.location,
    resourceArn: node.get('ResourceArn').text(),
    webAclArn: node.get('WebACLArn').text(),
    stage: stageOfArn(app, node.get('ResourceArn'), stages),
  }));
}

/** The stage in `arn:…:apigateway:…::/restapis/<api>/stages/<stage>`. */
function stageOfArn(app: App, arn: Node, stages: Stages): ResourceRef | undefined {
  const parts = arn.parts() ?? [];
  let api: ResourceRef | undefined;
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if (typeof part !== 'string') {
      if (app.typeOf(part) === 'AWS::ApiGateway::Stage') {
        return { template: part.template, logicalId: part.logicalId };
      }
      if (app.typeOf(part) === REST_API && typeof before === 'string' && before.endsWith('/restapis/')) {
        api = { template: part.template, logicalId: part.logicalId };
      }
    }
  }
  return stages.named(afterStages(arn.text() ?? ''), api);
}

function afterStages(arn: Text): Text | undefined {
  const marker = '/stages/';
  const at = arn.lastIndexOf(marker);
  return at < 0 ? undefined : arn.slice(at + marker.length);
}

/** Where a mapping names no REST API of the templates, but might name one, it is unknown; one of another kind is left out. */
export function readDomainMappings(app: App): DomainMapping[] {
  const found: DomainMapping[] = [];
  const add = (node: Node, api: Node): void => {
    const other = api.reference();
    const isOther = other !== undefined && app.typeOf(other) !== REST_API && other.kind === 'resource';
    if (!isOther) {
      const restApi: Value<ResourceRef> | undefined = api.isAbsent ? UNKNOWN : api.resource(REST_API);
      found.push({ location: node.location, restApi });
    }
  };
  for (const type of ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2']) {
    nodes(app, type).forEach((node) => add(node, node.get('RestApiId')));
  }
  nodes(app, 'AWS::ApiGatewayV2::ApiMapping').forEach((node) => add(node, node.get('ApiId')));
  for (const rule of nodes(app, 'AWS::ApiGatewayV2::RoutingRule')) {
    rule
      .get('Actions')
      .knownItems()
      .forEach((action) => add(action, action.get('InvokeApi').get('ApiId')));
  }
  return found;
}
