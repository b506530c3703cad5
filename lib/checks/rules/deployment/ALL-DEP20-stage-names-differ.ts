import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, stageLabel } from '../../queries/common';
import { allApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP20',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The stages of an API have different names',
  why: 'The name identifies a stage of the API. API Gateway rejects the second one with "Stage already exists", and the stack rolls back.',
  fix: {
    library: 'Give each of the `stages` its own name.',
    l2: 'Give each `Stage` its own `stageName`; a `RestApi` with `deploy` has one called `prod` already.',
    cloudFormation:
      'Give each `AWS::ApiGateway::Stage` (`AWS::ApiGatewayV2::Stage`) of the API its own `StageName`, or remove one of them.',
  },
  link: cloudFormation('resource-apigateway-stage'),
  sameAs: { 'cfn-lint': ['E3019'] },
  *check(model) {
    for (const { stages } of allApisOf(model)) {
      const first = new Map<string, string>();
      for (const stage of stages) {
        const { stageName, conditional, location } = stage;
        if (!isKnown(stageName) || conditional === true) {
          continue;
        }
        const other = first.get(stageName);
        if (other === undefined) {
          first.set(stageName, location.logicalId);
        } else {
          yield { location, message: `${stageLabel(stage)} is defined by ${location.logicalId} and by ${other}` };
        }
      }
    }
  },
};
