import { CLIENT_CERTIFICATE_DAYS } from '../../../facts/quotas';
import { type Rule } from '../../rule';
import { guide, inside, stageLabel, stagesOf } from '../../queries/common';
import { webSocketStagesOf } from '../../queries/v2';
import { isUnknownText } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-SSL2',
  appliesTo: ['rest', 'websocket'],
  severity: 'info',
  title: 'Somebody renews the client certificate',
  why: `A certificate that API Gateway makes is valid for ${CLIENT_CERTIFICATE_DAYS} days, and is not renewed. Then a back end that checks it refuses every call.`,
  fix: {
    library:
      'Put the date into a calendar: make a second `RestClientCertificate.generated(…)`, have the back end trust both, ' +
      'change the stage, delete the first.',
    l2:
      'Put the date into a calendar: make a second `CfnClientCertificate`, have the back end trust both, change ' +
      '`clientCertificateId` in `deployOptions` (of a WebSocket API on the `CfnStage`), delete the first.',
    cloudFormation:
      'Put the date into a calendar: add a second `AWS::ApiGateway::ClientCertificate`, have the back end trust both, ' +
      'change `ClientCertificateId` of the stage, delete the first.',
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
