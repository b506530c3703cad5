import { type ResourceRef, type WebAclAssociation } from '../model/model';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';
import { type Stages } from './usage';
import { afterLast } from '../model/text';

/** The types that an id in an ARN may refer to. */
const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const STAGES = ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'];

function nodes(app: App, type: string): Node[] {
  return [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));
}

export function readWebAclAssociations(app: App, stages: Stages): WebAclAssociation[] {
  return nodes(app, 'AWS::WAFv2::WebACLAssociation').map((node) => ({
    location: node.location,
    resourceArn: node.get('ResourceArn').text(),
    webAclArn: node.get('WebACLArn').text(),
    ...stageOfArn(app, node.get('ResourceArn'), stages),
  }));
}

/** The API and the stage in `arn:…:apigateway:…::/restapis/<api>/stages/<stage>`, or `/apis/…` of a V2 API. */
function stageOfArn(app: App, arn: Node, stages: Stages): Pick<WebAclAssociation, 'api' | 'stage'> {
  const parts = arn.parts() ?? [];
  let api: ResourceRef | undefined;
  let stage: ResourceRef | undefined;
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    if (typeof part !== 'string') {
      const type = app.typeOf(part) ?? '';
      if (STAGES.includes(type)) {
        stage = { template: part.template, logicalId: part.logicalId };
      }
      // Under the prefix of the other version too: a rule says that it is wrong.
      if (APIS.includes(type) && typeof before === 'string' && /\/(rest)?apis\/$/.test(before)) {
        api = { template: part.template, logicalId: part.logicalId };
      }
    }
  }
  return { api, stage: stage ?? stages.named(afterLast(arn.text() ?? '', '/stages/'), api) };
}
