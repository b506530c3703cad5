import { CLIENT_CERTIFICATE_DAYS } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';
import { isUnknownText } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-SSL2',
  appliesTo: ['rest', 'websocket'],
  severity: 'info',
  title: 'The client certificate is renewed',
  why: `A certificate that API Gateway generates is valid for ${CLIENT_CERTIFICATE_DAYS} days, and is not renewed. After that, a back end that checks it rejects every call.`,
  fix: {
    library:
      'Put the date in a calendar: create a second `GatewayClientCertificate.generated(…)`, let the back end trust ' +
      'both, change the stage, and delete the first.',
    l2:
      'Put the date in a calendar: create a second `CfnClientCertificate`, let the back end trust both, change ' +
      '`clientCertificateId` in `deployOptions` (on the `CfnStage` for a WebSocket API), and delete the first.',
    cloudFormation:
      'Put the date in a calendar: add a second `AWS::ApiGateway::ClientCertificate`, let the back end trust both, ' +
      'change `ClientCertificateId` of the stage, and delete the first.',
  },
  link: guide('getting-started-client-side-ssl-authentication'),
  *check(model) {
    for (const { stage } of [...stagesOf(model), ...webSocketStagesOf(model)]) {
      if (stage.clientCertificateId !== undefined && !isUnknownText(stage.clientCertificateId)) {
        yield {
          location: inside(stage.location, 'ClientCertificateId'),
          message: `${stageLabel(stage)} has a client certificate, which expires`,
        };
      }
    }
  },
};
