import { type Rule } from '../../rule';
import { guide, onMethod } from '../../queries/common';
import { privateCalls } from '../../queries/vpc-links';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-INT27',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private integration targets a load balancer',
  why: 'A REST API reaches Application and Network Load Balancers. It rejects a Cloud Map service, which HTTP APIs support.',
  fix: {
    library: 'Put a load balancer in front of the service: `RestIntegration.alb(…)`.',
    l2:
      'Put an `ApplicationLoadBalancer` in front of the service, or reach it from an `HttpApi` with ' +
      '`HttpServiceDiscoveryIntegration`.',
    cloudFormation: 'Set the ARN of a load balancer in `IntegrationTarget`, or use an `AWS::ApiGatewayV2::Api`.',
  },
  link: guide('private-integration'),
  *check(model) {
    for (const { method, integration } of privateCalls(model)) {
      const { cloudMapService, integrationTarget } = integration;
      if (cloudMapService || outline(integrationTarget).includes(':servicediscovery:')) {
        const name = cloudMapService?.logicalId ?? integrationTarget ?? '';
        yield onMethod(method, `targets ${name}, a Cloud Map service`, integration.location);
      }
    }
  },
};
