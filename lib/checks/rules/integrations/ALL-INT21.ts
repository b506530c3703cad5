import { type Rule } from '../../rule';
import { apiReference, onMethod } from '../../support';
import { onIntegration } from '../../v2-integrations';
import { type PrivateCall, privateCalls, privateUses } from '../../vpc-links';

const NO_LINK = 'goes through a VPC link, but names none (ConnectionId)';

function problem({ integration, link }: PrivateCall): string | undefined {
  const { connectionId, integrationTarget } = integration;
  if (connectionId === undefined) {
    return NO_LINK;
  }
  if (link?.version === 2 && integrationTarget === undefined) {
    return `goes through ${link.location.logicalId}, a VPC link V2, but names no load balancer (IntegrationTarget)`;
  }
  return link?.version === 1 && integrationTarget !== undefined
    ? `names an IntegrationTarget, but ${link.location.logicalId} is a VPC link V1, which has one target`
    : undefined;
}

export const rule: Rule = {
  id: 'ALL-INT21',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A private integration names its link and its target',
  why:
    'A VPC link V2 leads into a VPC, and the integration says to which load balancer; a V1 leads to one load balancer, and the integration must not say. ' +
    'A WebSocket API takes links V1 alone. API Gateway refuses anything else.',
  fix: {
    library:
      'Use `RestIntegration.privateAlb(…)` or `.privateNlb(…)`, which set both, and `HttpIntegration.alb(…)`, `.nlb(…)` ' +
      'or `.cloudMap(…)`, which set the link, as does `WebSocketIntegration.nlbLink(…)`.',
    l2:
      'Set `vpcLink` beside `connectionType: ConnectionType.VPC_LINK` in the options of the `Integration`; ' +
      '`HttpAlbIntegration`, `HttpNlbIntegration` and `HttpServiceDiscoveryIntegration` set the link themselves.',
    cloudFormation:
      'Set `ConnectionId`, and with an `AWS::ApiGatewayV2::VpcLink` the ARN of the load balancer in ' +
      '`IntegrationTarget`; of a WebSocket API to an `AWS::ApiGateway::VpcLink`.',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const call of privateCalls(model)) {
      const what = problem(call);
      if (what !== undefined) {
        yield onMethod(call.method, what, call.integration.location);
      }
    }
    for (const { use, link } of privateUses(model)) {
      if (use.integration.connectionId === undefined) {
        yield onIntegration(use, NO_LINK);
      } else if (use.api.kind === 'websocket' && link?.version === 2) {
        yield onIntegration(
          use,
          `goes through ${link.location.logicalId}, a VPC link V2, which no WebSocket API takes`,
        );
      }
    }
  },
};
