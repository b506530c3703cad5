import { type Rule } from '../../rule';
import { cloudFormation, inside, stageLabel } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-SSL3',
  appliesTo: ['http'],
  severity: 'warning',
  title: 'A stage of an HTTP API has no client certificate',
  why: 'Client certificates are for REST and WebSocket APIs. API Gateway rejects them here, or calls the back end without one, which then cannot identify the caller.',
  fix: {
    library: 'Use the REST gateway (`GatewayClientCertificate.generated()`), or a private integration.',
    l2: 'Use a `RestApi` with `clientCertificateId` in `deployOptions`, or a private integration.',
    cloudFormation: 'Omit `ClientCertificateId` on the stage; use a REST API, or a private integration.',
  },
  link: cloudFormation('resource-apigatewayv2-stage'),
  *check(model) {
    for (const { stages } of model.httpApis) {
      for (const stage of stages) {
        if (stage.clientCertificateId !== undefined) {
          yield {
            location: inside(stage.location, 'ClientCertificateId'),
            message: `${stageLabel(stage)} has a client certificate, which HTTP APIs do not support`,
          };
        }
      }
    }
  },
};
