import { type Acknowledgment, type CfnResource } from 'aws-cdk-lib';
import { acknowledge } from '../authoring/acknowledge';
import { AWS_SOLUTIONS, inPacks, NIST_R5, PCI } from '../authoring/nag-packs';
import { type RestRouteDefinition } from './route';

const TOLD =
  'The function of the JWT authorizer allows or denies each request by name, so that an Allow of the resource policy changes nothing.';
const NO_QUERY = 'The route says request: { query: {} }: its back end reads nothing of the query.';
const SHARED_CACHE = 'The cache of the route says perCaller: false: all callers may see the same response.';

/**
 * Records on the API resource the findings that cannot apply to it, or that the user has acknowledged with a reason. Each is
 * listed in docs/acknowledgements.md.
 */
export function acknowledgeApi(api: CfnResource, routes: readonly RestRouteDefinition[], hasPolicy: boolean): void {
  const answers: Acknowledgment[] = [];
  for (const { route, authorizer, integration, cache, request } of routes) {
    if (authorizer.kind === 'none') {
      answers.push({ id: `ApiGateway::ALL-AUTH1[${route.key}]`, reason: authorizer.reason ?? '' });
    } else if (cache?.shared) {
      answers.push({ id: `ApiGateway::REST-CACHE4[${route.key}]`, reason: SHARED_CACHE });
    }
    if (cache && request.readsNoQuery) {
      answers.push({ id: `ApiGateway::REST-CACHE10[${route.key}]`, reason: NO_QUERY });
    }
    if (hasPolicy && authorizer.jwt) answers.push({ id: `ApiGateway::REST-AUTH35[${route.key}]`, reason: TOLD });
    if (integration.unverifiedReason !== undefined) {
      answers.push({ id: `ApiGateway::OAS7[${route.key}]`, reason: integration.unverifiedReason });
    }
    if (integration.clearTextReason !== undefined) {
      answers.push({ id: `ApiGateway::ALL-INT14[${route.key}]`, reason: integration.clearTextReason });
    }
  }
  acknowledge(api, ...answers);
  const writes = routes.filter(({ route }) => ['POST', 'PUT', 'PATCH'].includes(route.method));
  if (writes.every(({ request }) => request.validator !== undefined)) {
    acknowledge(api, {
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason:
        'The request validators are in the OpenAPI body, where the rule does not look; every route that takes a body has one.',
    });
  }
}

/** Records on a stage why it has no web ACL. */
export function acknowledgeNoWebAcl(stage: CfnResource, reason: string): void {
  acknowledge(stage, { id: 'ApiGateway::REST-WAF1', reason }, ...webAclRules(reason));
}

/** Records on a stage of a private API that it needs no web ACL. */
export function acknowledgePrivate(stage: CfnResource): void {
  const reason = 'The API is private: only the VPCs and VPC endpoints of its resource policy reach it.';
  acknowledge(stage, ...webAclRules(reason));
}

/** The rules of cdk-nag that require a web ACL on every stage. */
function webAclRules(reason: string): Acknowledgment[] {
  return [...inPacks([AWS_SOLUTIONS], 'APIG3', reason), ...inPacks([NIST_R5, PCI], 'APIGWAssociatedWithWAF', reason)];
}
