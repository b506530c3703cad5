import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';
import { outline } from '../../../template/model/text';

const PORT = /^https?:\/\/[^/?#@]*:(\d+)(?:[/?#]|$)/;

const isTaken = (port: number): boolean => port === 80 || port === 443 || (port >= 1024 && port <= 65_535);

export const rule: Rule = {
  id: 'REST-INT15',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A back end listens on a port that API Gateway supports',
  why: 'API Gateway calls the ports 80, 443 and 1024 to 65535. It rejects an integration with another port.',
  fix: {
    library: 'Let the back end listen on one of these, and use it in the URL of `RestIntegration.http(…)`.',
    l2: 'Let the back end listen on one of these, and use it in the URL of `HttpIntegration`.',
    cloudFormation: 'Let the back end listen on one of these, and use it in the `Uri` of the integration.',
  },
  link: guide('setup-http-integrations'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      const { uri, type } = integration;
      // Most URIs are ARNs.
      if (!outline(uri).startsWith('http') || (type !== 'HTTP' && type !== 'HTTP_PROXY')) {
        continue;
      }
      const port = PORT.exec(outline(uri))?.[1];
      if (port !== undefined && !isTaken(Number(port))) {
        yield onMethod(method, `calls port ${port}, which API Gateway does not support`, integration.location);
      }
    }
  },
};
