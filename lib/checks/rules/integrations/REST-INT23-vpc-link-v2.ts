import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { privateUses } from '../../queries/vpc-links';

export const rule: Rule = {
  id: 'REST-INT23',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'Private integrations use a VPC link V2',
  why: 'VPC links V1 are legacy, and each needs its own Network Load Balancer. A V2 leads to Application and Network Load Balancers, and one link serves many APIs.',
  fix: {
    library: 'Use `RestIntegration.alb(…)` or `.nlb(…)`.',
    l2:
      'Create the `VpcLink` of aws-apigatewayv2, and set it on the L1: `(method.node.defaultChild as ' +
      'CfnMethod).addPropertyOverride("Integration.ConnectionId", link.vpcLinkId)`, and likewise ' +
      '"Integration.IntegrationTarget" to the ARN of the load balancer.',
    cloudFormation:
      'Create an `AWS::ApiGatewayV2::VpcLink`, and set the ARN of the load balancer in `IntegrationTarget` of the ' +
      'integration.',
  },
  link: guide('vpc-links-v1'),
  *check(model) {
    // WebSocket APIs have no other.
    const ofWebSockets = new Set(
      [...privateUses(model)].filter(({ use }) => use.api.kind === 'websocket').map(({ link }) => link),
    );
    for (const link of model.vpcLinks) {
      const { version, location } = link;
      if (version === 1 && !ofWebSockets.has(link)) {
        yield { location, message: `${location.logicalId} is a VPC link V1` };
      }
    }
  },
};
