import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';

export const rule: Rule = {
  id: 'OAS7',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The certificate of a back end is verified',
  why: 'API Gateway then takes a certificate of any authority, a self-made one too: whoever gets between it and the back end can answer in its place.',
  fix: {
    library:
      'Give the back end a certificate of a public authority (ACM), or say why not in `insecureSkipVerification` of the ' +
      'private integration.',
    l2:
      'Give the back end a certificate of a public authority (ACM), and take `insecureSkipVerification` out of the ' +
      'document that `ApiDefinition` takes.',
    cloudFormation:
      'Give the back end a certificate of a public authority (ACM), and leave `insecureSkipVerification` out of ' +
      '`tlsConfig` of `x-amazon-apigateway-integration`.',
  },
  link: guide('api-gateway-extensions-integration-tls-config'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.insecureSkipVerification === true) {
        yield onMethod(method, 'does not verify who answers', integration.location);
      }
    }
  },
};
