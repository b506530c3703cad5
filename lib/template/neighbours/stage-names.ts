import { type ResourceRef } from '../model/place';
import { Node } from '../reader/node';
import { type App } from '../reader/scope';

const V1 = 'AWS::ApiGateway::';
const V2 = 'AWS::ApiGatewayV2::';

export const nodes = (app: App, type: string): Node[] =>
  [...app.scopes.values()].flatMap((scope) =>
    (scope.byType.get(type) ?? []).map((logicalId) => Node.properties(scope, logicalId)),
  );

/** A property that names a stage, next to the property that names its API. */
export interface StageName {
  readonly by: ResourceRef;
  readonly api: Node;
  readonly stage: Node;
}

/** Where stages are named, with their API: plans, keys, mappings, rules of routing and deployments. */
export function stageNames(app: App): StageName[] {
  const named = (by: Node, api: Node, stage: Node): StageName => ({ by: by.ref, api, stage });
  const items = (node: Node): Node[] => node.knownItems();
  return [
    ...nodes(app, `${V1}UsagePlan`).flatMap((plan) =>
      items(plan.get('ApiStages')).map((item) => named(plan, item.get('ApiId'), item.get('Stage'))),
    ),
    ...nodes(app, `${V1}ApiKey`).flatMap((key) =>
      items(key.get('StageKeys')).map((item) => named(key, item.get('RestApiId'), item.get('StageName'))),
    ),
    ...[`${V1}BasePathMapping`, `${V1}BasePathMappingV2`, `${V2}ApiMapping`].flatMap((type) =>
      nodes(app, type).map((node) => named(node, node.either('RestApiId', 'ApiId'), node.get('Stage'))),
    ),
    ...nodes(app, `${V2}RoutingRule`).flatMap((rule) =>
      items(rule.get('Actions'))
        .map((action) => action.get('InvokeApi'))
        .map((call) => named(rule, call.get('ApiId'), call.get('Stage'))),
    ),
    ...nodes(app, `${V2}Deployment`).map((node) => named(node, node.get('ApiId'), node.get('StageName'))),
  ];
}
