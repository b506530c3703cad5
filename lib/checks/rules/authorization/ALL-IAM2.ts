import { type AnyApi, type AnyIntegration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { serviceOf } from '../../queries/service-calls';
import { type Rule } from '../../rule';
import { apiReference, onRoute } from '../../queries/common';
import { allCallsOf } from '../../queries/v2';

/** The service that cannot let API Gateway in by itself. */
function called({ kind }: AnyApi, integration: AnyIntegration): string | undefined {
  if (kind === 'http') {
    return 'subtype' in integration && isKnown(integration.subtype) ? integration.subtype : undefined;
  }
  const service = integration.type === 'AWS' ? serviceOf(integration) : undefined;
  return service === 'lambda' ? undefined : service;
}

export const rule: Rule = {
  id: 'ALL-IAM2',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A call of an AWS service has a role to make it with',
  why: 'Only Lambda functions can let API Gateway in by themselves. For other services the deployment rolls back, with "Role ARN must be specified for AWS integrations" of a REST API.',
  fix: {
    library: 'Use the service integrations of the gateway, which make the role.',
    l2:
      'Set `credentialsRole` of the `AwsIntegration` or `WebSocketAwsIntegration`; `HttpSqsIntegration`, ' +
      '`HttpEventBridgeIntegration` and `HttpStepFunctionsIntegration` make the role.',
    cloudFormation:
      'Set `Credentials` of the integration (`CredentialsArn` of HTTP and WebSocket APIs, `credentials` in OpenAPI) to ' +
      'the ARN of a role that trusts apigateway.amazonaws.com.',
  },
  link: apiReference('PutIntegration'),
  *check(model) {
    for (const { api, route, integration } of allCallsOf(model)) {
      const service = integration.credentials === undefined ? called(api, integration) : undefined;
      if (service !== undefined) {
        yield onRoute(route, `calls ${service} without a role`, integration.location);
      }
    }
  },
};
