import { type Rule } from '../../rule';
import { listed } from '../../support';

export const rule: Rule = {
  id: 'REST-DEP2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A change of any part of the API makes a new deployment',
  why:
    'A stage serves the snapshot of its deployment. CDK makes a new one when the hash in its id changes, and the hash covers the constructs of the L2: what ' +
    'is made beside them as `CfnMethod`, `CfnResource` or `CfnGatewayResponse` is changed in the API, and the stage goes on as before.',
  fix: {
    library: 'Make the API with a `RestGateway`: the logical id of its deployment is a hash of the whole definition.',
    l2: 'Make the part with the L2, or call `api.latestDeployment?.addToLogicalId({ … })` with its properties.',
    cloudFormation: 'Give the `AWS::ApiGateway::Deployment` a new logical id.',
  },
  link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
  *check(model) {
    for (const { deployments } of model.restApis) {
      for (const { notHashed, location } of deployments) {
        if (notHashed.length > 0) {
          const names = listed(notHashed.map(({ logicalId }) => logicalId));
          yield { location, message: `a change of ${names} makes no new deployment` };
        }
      }
    }
  },
};
