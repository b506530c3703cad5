import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'OAS7',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The certificate of a back end is verified',
  why: 'Otherwise API Gateway accepts a certificate from any authority, even a self-signed one: anyone between it and the back end can impersonate the back end.',
  fix: {
    library:
      'Give the back end a certificate from a public authority (ACM), or give a reason in `insecureSkipVerification` ' +
      'of the private integration.',
    l2:
      'Give the back end a certificate from a public authority (ACM), and remove `insecureSkipVerification` from the ' +
      'document that `ApiDefinition` reads.',
    cloudFormation:
      'Give the back end a certificate from a public authority (ACM), and omit `insecureSkipVerification` in the ' +
      '`tlsConfig` of `x-amazon-apigateway-integration`.',
  },
  link: guide('api-gateway-extensions-integration-tls-config'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.insecureSkipVerification === true) {
        yield onMethod(method, 'does not verify the certificate of its back end', integration.location);
      }
    }
  },
};
