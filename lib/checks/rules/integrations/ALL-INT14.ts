import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-INT14',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A private back end is called with TLS',
  why: 'By default private integrations speak HTTP: inside of the VPC tokens and personal data can be read by whoever gets hold of one machine.',
  fix:
    'Give the load balancer a TLS listener and call it with `https` (`RestIntegration.privateAlb(…)`, `.privateNlb(…)`). In CloudFormation: `https://` and ' +
    'the host of its certificate in `Uri` of the integration.',
  link: guide('private-integration'),
  sameAs: { 'security-hub': ['APIGateway.10'], 'aws-config': ['apigatewayv2-integration-private-https-enabled'] },
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.connectionType === 'VPC_LINK' && integration.uri?.startsWith('http://')) {
        yield onMethod(method, `calls ${integration.uri} in clear`, integration.location);
      }
    }
  },
};
