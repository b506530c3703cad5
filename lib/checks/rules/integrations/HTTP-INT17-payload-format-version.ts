import { type V2Integration } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';

/** Whether the integration is known to call no function: a URL, or an action of a service. */
const isNoFunction = ({ type, subtype }: V2Integration): boolean =>
  type === 'HTTP_PROXY' || (type === 'AWS_PROXY' && typeof subtype === 'string');

export const rule: Rule = {
  id: 'HTTP-INT17',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An integration of an HTTP API sets its payload format version',
  why: '`PayloadFormatVersion` is required for HTTP APIs, and only Lambda functions support 2.0; anything else uses 1.0. Otherwise API Gateway rejects the integration, and the stack rolls back.',
  fix: {
    library: 'Use a factory of `HttpIntegration`, which sets it.',
    l2:
      'Set `payloadFormatVersion: PayloadFormatVersion.VERSION_2_0` on the `HttpLambdaIntegration`, and ' +
      '`PayloadFormatVersion.VERSION_1_0` for everything else.',
    cloudFormation:
      'Set `PayloadFormatVersion: "2.0"` (or "1.0") for a Lambda function, "1.0" for everything else ' +
      '(`payloadFormatVersion` of `x-amazon-apigateway-integration`).',
  },
  link: cloudFormation('resource-apigatewayv2-integration'),
  *check(model) {
    for (const use of httpIntegrationsOf(model)) {
      const { payloadFormatVersion: version } = use.integration;
      if (version === undefined) {
        yield onIntegration(use, 'has no PayloadFormatVersion');
      } else if (version === '2.0' && isNoFunction(use.integration)) {
        yield onIntegration(use, 'has PayloadFormatVersion 2.0 but does not call a Lambda function');
      }
    }
  },
};
