import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { onIntegration, type V2Use, v2IntegrationsOf } from '../../queries/v2-integrations';

const CALLING: readonly unknown[] = ['HTTP', 'HTTP_PROXY', 'AWS', 'AWS_PROXY'];

function missing({ api, integration: { type, subtype, uri, httpMethod }, routes }: V2Use): string[] {
  // The service makes the integration of a quick create itself.
  if (!CALLING.includes(type) || subtype !== undefined || routes.some(({ implicit }) => implicit)) {
    return [];
  }
  return [
    ...(uri === undefined ? ['IntegrationUri'] : []),
    ...(httpMethod === undefined && api.kind === 'http' && type === 'HTTP_PROXY' ? ['IntegrationMethod'] : []),
  ];
}

export const rule: Rule = {
  id: 'V2-INT32',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'An integration of an HTTP or WebSocket API has the URI and method that its type needs',
  why: 'Without a URI the integration has no target. The method of a request to an HTTP back end is that of the integration and not that of the route.',
  fix: {
    library: 'Create the integration with a factory of `HttpIntegration` or `WebSocketIntegration`.',
    l2:
      'Use `HttpUrlIntegration` or `HttpLambdaIntegration`, or set `integrationUri` and `method` on the ' +
      '`HttpIntegration` (`integrationUri` and `integrationMethod` on the `WebSocketIntegration`).',
    cloudFormation:
      'Set `IntegrationUri`, and for HTTP_PROXY `IntegrationMethod`, which may be ANY (`uri` and `httpMethod` of ' +
      '`x-amazon-apigateway-integration`).',
  },
  link: cloudFormation('resource-apigatewayv2-integration'),
  *check(model) {
    for (const use of v2IntegrationsOf(model)) {
      const names = missing(use);
      if (names.length > 0) {
        const violation = onIntegration(
          use,
          `of type ${String(use.integration.type)} has no ${names.join(' and no ')}`,
        );
        // AWS documents the method, but not what happens without it.
        yield names.includes('IntegrationUri') ? violation : { ...violation, severity: 'warning' };
      }
    }
  },
};
