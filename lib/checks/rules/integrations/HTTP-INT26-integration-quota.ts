import { INTEGRATIONS_PER_HTTP_API } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { v2ApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'HTTP-INT26',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: `An HTTP API stays within ${INTEGRATIONS_PER_HTTP_API} integrations`,
  why:
    `The quota "Integrations per API" is ${INTEGRATIONS_PER_HTTP_API}, and AWS does not raise it for HTTP APIs: a ` +
    'deployment that exceeds it rolls back. That a WebSocket API has the same quota is derived, and a warning.',
  fix: {
    library: 'Let routes share integrations: the gateway creates one for each back end.',
    l2: 'Pass one `HttpLambdaIntegration` to all routes of a function: the `HttpApi` creates it once.',
    cloudFormation:
      'Create one `AWS::ApiGatewayV2::Integration` for all routes of a function, or use `$ref` to ' +
      '`components/x-amazon-apigateway-integrations` in the Body.',
  },
  link: guide('http-api-quotas'),
  *check(model) {
    for (const { kind, integrations, location } of v2ApisOf(model)) {
      if (integrations.length > INTEGRATIONS_PER_HTTP_API) {
        yield {
          location,
          message: `the API has ${integrations.length} integrations; the quota is ${INTEGRATIONS_PER_HTTP_API}`,
          ...(kind === 'websocket' && { severity: 'warning' }),
        };
      }
    }
  },
};
