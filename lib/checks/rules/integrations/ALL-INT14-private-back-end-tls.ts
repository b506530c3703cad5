import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';
import { onIntegration, type V2Use, v2IntegrationsOf } from '../../queries/v2-integrations';
import { outline } from '../../../template/model/text';

/** `TlsConfig`, which the others do not have, identifies an HTTP API. */
const isInClear = ({ api, integration: { tls, uri } }: V2Use): boolean =>
  api.kind === 'http' ? tls === undefined : outline(uri).startsWith('http://');

export const rule: Rule = {
  id: 'ALL-INT14',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A private back end is called with TLS',
  why: 'By default private integrations use HTTP: anyone who controls a machine in the VPC can read tokens and personal data.',
  fix: {
    library:
      'Give the load balancer a TLS listener and call it with `https` (`RestIntegration.alb(…)`, ' +
      '`.nlb(…)`; `HttpIntegration.alb(…)`, `.nlb(…)`, `.cloudMap(…)`; `WebSocketIntegration.nlbLink(…)`; ' +
      'with `host`, the name of its certificate). If clear text is intended, give a reason: `clearText: "reason"`.',
    l2:
      'Give the load balancer a TLS listener; call it with `https` in `HttpIntegration`, and set `secureServerName` of ' +
      '`HttpAlbIntegration`, `HttpNlbIntegration` or `HttpServiceDiscoveryIntegration`.',
    cloudFormation:
      'Write `https://` and the host of its certificate in `Uri` of the integration; set ' +
      '`TlsConfig.ServerNameToVerify` on an HTTP API.',
  },
  link: guide('private-integration'),
  sameAs: { 'security-hub': ['APIGateway.10'], 'aws-config': ['apigatewayv2-integration-private-https-enabled'] },
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (integration.connectionType === 'VPC_LINK' && outline(integration.uri).startsWith('http://')) {
        yield onMethod(method, `calls ${integration.uri} in clear text`, integration.location);
      }
    }
    for (const use of v2IntegrationsOf(model)) {
      if (use.integration.connectionType === 'VPC_LINK' && isInClear(use)) {
        yield onIntegration(use, 'calls the private back end in clear text');
      }
    }
  },
};
