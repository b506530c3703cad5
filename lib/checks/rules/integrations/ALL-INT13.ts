import { type Integration } from '../../../template/model';
import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../support';

const isHttp = ({ type }: Integration): boolean => type === 'HTTP' || type === 'HTTP_PROXY';

export const rule: Rule = {
  id: 'ALL-INT13',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A back end on the internet is called with TLS',
  why: 'What callers send encrypted goes on in clear: tokens, personal data and answers can be read and changed on the way to the back end.',
  fix: 'Call `https://…` in `RestIntegration.http(…)`. In CloudFormation: the scheme in `Uri` of the integration.',
  link: guide('setup-http-integrations'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      const { uri, connectionType } = integration;
      const isPublic = connectionType === undefined || connectionType === 'INTERNET';
      if (isPublic && uri?.startsWith('http://') && isHttp(integration)) {
        yield onMethod(method, `calls ${uri} in clear`, integration.location);
      }
    }
  },
};
