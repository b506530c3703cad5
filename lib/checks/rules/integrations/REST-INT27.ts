import { type Rule } from '../../rule';
import { guide, onMethod } from '../../queries/common';
import { privateCalls } from '../../queries/vpc-links';
import { outline } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-INT27',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private integration leads to a load balancer',
  why: 'A REST API reaches Application and Network Load Balancers. A Cloud Map service, which an HTTP API takes, is refused.',
  fix: {
    library: 'Put a load balancer before the service: `RestIntegration.privateAlb(…)`.',
    l2:
      'Put an `ApplicationLoadBalancer` before the service, or reach it from an `HttpApi` with ' +
      '`HttpServiceDiscoveryIntegration`.',
    cloudFormation: 'Name the ARN of a load balancer in `IntegrationTarget`, or use an `AWS::ApiGatewayV2::Api`.',
  },
  link: guide('private-integration'),
  *check(model) {
    for (const { method, integration } of privateCalls(model)) {
      const { cloudMapService, integrationTarget } = integration;
      if (cloudMapService || outline(integrationTarget).includes(':servicediscovery:')) {
        const name = cloudMapService?.logicalId ?? integrationTarget ?? '';
        yield onMethod(method, `leads to ${name}, a Cloud Map service`, integration.location);
      }
    }
  },
};
