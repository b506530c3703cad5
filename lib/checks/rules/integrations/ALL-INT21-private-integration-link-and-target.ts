import { type Rule } from '../../rule';
import { apiReference, onMethod } from '../../queries/common';
import { onIntegration } from '../../queries/v2-integrations';
import { type PrivateCall, privateCalls, privateUses } from '../../queries/vpc-links';

const NO_LINK = 'uses a VPC link, but does not specify it (ConnectionId)';

function problem({ integration, link }: PrivateCall): string | undefined {
  const { connectionId, integrationTarget } = integration;
  if (connectionId === undefined) {
    return NO_LINK;
  }
  if (link?.version === 2 && integrationTarget === undefined) {
    return `uses ${link.location.logicalId}, a VPC link V2, but specifies no load balancer (IntegrationTarget)`;
  }
  return link?.version === 1 && integrationTarget !== undefined
    ? `has an IntegrationTarget, but ${link.location.logicalId} is a VPC link V1, which has one target`
    : undefined;
}

export const rule: Rule = {
  id: 'ALL-INT21',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A private integration specifies its link and its target',
  why:
    'A VPC link V2 leads into a VPC, and the integration specifies the load balancer; a V1 leads to one load ' +
    'balancer, and the integration must not specify it. WebSocket APIs accept only V1, and HTTP APIs use V2. API ' +
    'Gateway rejects anything else.',
  fix: {
    library:
      'Use `RestIntegration.alb(…)` or `.nlb(…)`, which set both, and `HttpIntegration.alb(…)`, `.nlb(…)` ' +
      'or `.cloudMap(…)`, or `WebSocketIntegration.nlbLink(…)`, which set the link.',
    l2:
      'Set `vpcLink` with `connectionType: ConnectionType.VPC_LINK` in the options of the `Integration`; ' +
      '`HttpAlbIntegration`, `HttpNlbIntegration` and `HttpServiceDiscoveryIntegration` set the link themselves.',
    cloudFormation:
      'Set `ConnectionId`, and with an `AWS::ApiGatewayV2::VpcLink` the ARN of the load balancer in ' +
      '`IntegrationTarget`. In a WebSocket API, `ConnectionId` is that of an `AWS::ApiGateway::VpcLink`.',
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
        yield onIntegration(use, `uses ${link.location.logicalId}, a VPC link V2; WebSocket APIs accept only V1`);
      } else if (use.api.kind === 'http' && link?.version === 1) {
        // The page on VPC links V2 describes them alone for HTTP APIs; that V1 is refused is written nowhere.
        yield {
          ...onIntegration(use, `uses ${link.location.logicalId}, a VPC link V1; HTTP APIs use V2`),
          severity: 'warning',
        };
      }
    }
  },
};
