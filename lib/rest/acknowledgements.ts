import { type CfnResource, Validations } from 'aws-cdk-lib';
import { type RouteDefinition } from './route';

/**
 * Records on the API resource the findings that cannot apply to it, or that the user has answered with a reason. Each is
 * listed in docs/acknowledgements.md.
 */
export function acknowledgeApi(api: CfnResource, routes: readonly RouteDefinition[]): void {
  const validations = Validations.of(api);
  for (const { route, authorizer } of routes) {
    if (authorizer.kind === 'none') {
      validations.acknowledge({ id: `ApiGateway::ALL-AUTH1[${route.key}]`, reason: authorizer.reason ?? '' });
    }
  }
  const writes = routes.filter(({ route }) => ['POST', 'PUT', 'PATCH'].includes(route.method));
  if (writes.every(({ request }) => request.validator !== undefined)) {
    validations.acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason: 'The request validators are in the OpenAPI body, where the rule does not look; every route that takes a body has one.',
    });
  }
}

/** Records on a stage why it has no web ACL. */
export function acknowledgeNoWebAcl(stage: CfnResource, reason: string): void {
  for (const id of ['ApiGateway::REST-WAF1', 'AwsSolutions::AwsSolutions-APIG3', NIST_R5_WAF, PCI_WAF]) {
    Validations.of(stage).acknowledge({ id, reason });
  }
}

const NIST_R5_WAF = 'NIST.800.53.R5::NIST.800.53.R5-APIGWAssociatedWithWAF';
const PCI_WAF = 'PCI.DSS.321::PCI.DSS.321-APIGWAssociatedWithWAF';
