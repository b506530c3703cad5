import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

/** Whether they must exist first is not documented: models of WebSocket routes, and log groups. */
const UNDOCUMENTED = ['AWS::ApiGatewayV2::Model', 'AWS::Logs::LogGroup'];

export const rule: Rule = {
  id: 'ALL-DEP23',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'error',
  title: 'A resource depends on the resource that it refers to by name',
  why: 'CloudFormation creates resources at the same time unless one refers to the other. If a name stands in place of the reference, the stage may not exist yet: "API Stage not found", or "AWS WAF could not perform the operation because your resource does not exist".',
  fix: {
    library: 'Use `usagePlans`, `domain` and `webAcl` of the gateway, which refer to the stage.',
    l2:
      'Use `stage.stageName` (`api.deploymentStage`) instead of its name, or call `addDependency(…)` on the resource ' +
      'that has the name.',
    cloudFormation:
      'Write `!Ref Stage` instead of the name (`!Ref` of the domain name, model or function), or add `DependsOn: Stage`. In SAM, ' +
      '`!Ref Api.Stage`.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    for (const { kind, name, target, waits, location } of model.namedResources) {
      if (target && !waits) {
        yield {
          location,
          message: `${location.logicalId} names the ${kind} "${name}", but does not wait for ${target.logicalId}, which creates it`,
          ...(UNDOCUMENTED.includes(model.typeOf(target) ?? '') && { severity: 'warning' as const }),
        };
      }
    }
  },
};
