import { type AnyStage, type Integration, type V2Integration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, stageLabel } from '../../queries/common';

const isPublicHttp = ({ type, connectionType }: Integration | V2Integration): boolean =>
  (type === 'HTTP' || type === 'HTTP_PROXY') && (connectionType === undefined || connectionType === 'INTERNET');

const bareStage = (stage: AnyStage): Violation => ({
  location: stage.location,
  message: `${stageLabel(stage)} calls HTTP back ends without a certificate`,
});

export const rule: Rule = {
  id: 'REST-SSL1',
  appliesTo: ['rest', 'websocket'],
  severity: 'info',
  title: 'An HTTP back end can verify that API Gateway is the caller',
  why: 'Anyone who knows the address of a back end on the internet can call it and bypass authorizers and throttling. With a client certificate it can reject every caller except API Gateway.',
  fix: {
    library:
      'Set `clientCertificate: GatewayClientCertificate.generated()` on the stage, and let the back end require it.',
    l2: 'Create a `CfnClientCertificate`, set `clientCertificateId` in `deployOptions` (on the `CfnStage` for a WebSocket API), and let the back end require it.',
    cloudFormation:
      'Add an `AWS::ApiGateway::ClientCertificate`, set `ClientCertificateId` on the stage, and let the back end ' +
      'require it.',
  },
  link: guide('getting-started-client-side-ssl-authentication'),
  sameAs: {
    'cdk-nag': ['HIPAA.Security-APIGWSSLEnabled', 'NIST.800.53.R5-APIGWSSLEnabled', 'PCI.DSS.321-APIGWSSLEnabled'],
    checkov: ['CKV2_AWS_51'],
    kics: ['ed4c48b8'],
    terrascan: ['AC_AWS_0013'],
    'security-hub': ['APIGateway.2'],
    'aws-config': ['api-gw-ssl-enabled'],
  },
  *check(model) {
    for (const api of model.restApis) {
      const bare = api.stages.filter(({ clientCertificateId }) => clientCertificateId === undefined);
      const callsHttp =
        bare.length > 0 && api.methods.some(({ integration }) => isKnown(integration) && isPublicHttp(integration));
      for (const stage of callsHttp ? bare : []) {
        yield bareStage(stage);
      }
    }
    for (const api of model.webSocketApis) {
      const callsHttp = api.integrations.some(isPublicHttp);
      for (const stage of callsHttp ? api.stages : []) {
        if (stage.clientCertificateId === undefined) {
          yield bareStage(stage);
        }
      }
    }
  },
};
