import { type AnyIntegration } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';
import { onIntegration, v2IntegrationsOf } from '../../queries/v2-integrations';
import { outline } from '../../../template/model/text';

const isHttp = ({ type }: AnyIntegration): boolean => type === 'HTTP' || type === 'HTTP_PROXY';

/** Whether the integration goes over the internet, in clear text. */
function isInClear(integration: AnyIntegration): boolean {
  const { uri, connectionType } = integration;
  const isPublic = connectionType === undefined || connectionType === 'INTERNET';
  return isPublic && outline(uri).startsWith('http://') && isHttp(integration);
}

export const rule: Rule = {
  id: 'ALL-INT13',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A back end on the internet is called with TLS',
  why: 'Requests that callers send encrypted continue in clear text: tokens, personal data and responses can be read and changed on the way to the back end.',
  fix: {
    library:
      'Call `https://…` in `RestIntegration.http(…)`, `HttpIntegration.http(…)` or `WebSocketIntegration.http(…)`.',
    l2: 'Call `https://…` in `HttpIntegration` (`HttpUrlIntegration` of an HTTP API).',
    cloudFormation: 'Write `https://` in `Uri` (`IntegrationUri` of an HTTP or WebSocket API) of the integration.',
  },
  link: guide('setup-http-integrations'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      if (isInClear(integration)) {
        yield onMethod(method, `calls ${integration.uri} in clear text`, integration.location);
      }
    }
    for (const use of v2IntegrationsOf(model)) {
      if (isInClear(use.integration)) {
        yield onIntegration(use, `calls ${use.integration.uri} in clear text`);
      }
    }
  },
};
