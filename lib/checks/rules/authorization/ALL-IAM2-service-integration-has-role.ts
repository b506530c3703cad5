import { type AnyApi, type AnyIntegration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { serviceOf } from '../../queries/service-calls';
import { type Rule } from '../../rule';
import { apiReference, onRoute } from '../../queries/common';
import { allCallsOf } from '../../queries/v2';

/** The service that cannot grant API Gateway access itself. */
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
  title: 'An integration with an AWS service has a role',
  why: 'Only a Lambda function can itself grant access to API Gateway. For other services the deployment rolls back, for a REST API with "Role ARN must be specified for AWS integrations".',
  fix: {
    library: 'Use the service integrations of the gateway, which create the role.',
    l2:
      'Set `credentialsRole` on the `AwsIntegration` or `WebSocketAwsIntegration`; `HttpSqsIntegration`, ' +
      '`HttpEventBridgeIntegration` and `HttpStepFunctionsIntegration` create the role.',
    cloudFormation:
      'Set `Credentials` on the integration (`CredentialsArn` of HTTP and WebSocket APIs, `credentials` in OpenAPI) ' +
      'to the ARN of a role that trusts apigateway.amazonaws.com.',
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
