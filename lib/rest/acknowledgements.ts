import { type Acknowledgment, type CfnResource, Validations } from 'aws-cdk-lib';
import { recordedId } from '../checks/finding-id';
import { AWS_SOLUTIONS, inPacks, NIST_R5, PCI } from '../shared/nag-packs';
import { type RouteDefinition } from './route';

/**
 * Records on the API resource the findings that cannot apply to it, or that the user has answered with a reason. Each is
 * listed in docs/acknowledgements.md.
 */
export function acknowledgeApi(api: CfnResource, routes: readonly RouteDefinition[]): void {
  const reasons: Record<string, string> = {};
  for (const { route, authorizer, integration, cache } of routes) {
    if (authorizer.kind === 'none') {
      reasons[recordedId(`ALL-AUTH1[${route.key}]`)] = authorizer.reason ?? '';
    } else if (cache?.shared) {
      reasons[recordedId(`REST-CACHE4[${route.key}]`)] =
        'The cache of the route says perCaller: false: all callers may see the same response.';
    }
    if (integration.unverifiedReason !== undefined) {
      reasons[recordedId(`OAS7[${route.key}]`)] = integration.unverifiedReason;
    }
  }
  // As `Validations.acknowledge` writes it, in one record: one for each route would have a stack trace each, of this file.
  if (Object.keys(reasons).length > 0) api.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, reasons);
  const writes = routes.filter(({ route }) => ['POST', 'PUT', 'PATCH'].includes(route.method));
  if (writes.every(({ request }) => request.validator !== undefined)) {
    Validations.of(api).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason:
        'The request validators are in the OpenAPI body, where the rule does not look; every route that takes a body has one.',
    });
  }
}

/** Records on a stage why it has no web ACL. */
export function acknowledgeNoWebAcl(stage: CfnResource, reason: string): void {
  Validations.of(stage).acknowledge({ id: 'ApiGateway::REST-WAF1', reason }, ...webAclRules(reason));
}

/** Records on a stage of a private API that it needs no web ACL. */
export function acknowledgePrivate(stage: CfnResource): void {
  const reason = 'The API is private: only the VPCs and VPC endpoints of its resource policy reach it.';
  Validations.of(stage).acknowledge(...webAclRules(reason));
}

/** Records on a stage who makes its usage plans. */
export function acknowledgeUsagePlansElsewhere(stage: CfnResource, reason: string): void {
  Validations.of(stage).acknowledge({ id: 'ApiGateway::REST-KEY1', reason });
}

/** The rules of cdk-nag that want a web ACL on every stage. */
function webAclRules(reason: string): Acknowledgment[] {
  return [...inPacks([AWS_SOLUTIONS], 'APIG3', reason), ...inPacks([NIST_R5, PCI], 'APIGWAssociatedWithWAF', reason)];
}
