import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, stageLabel } from '../../queries/common';
import { allApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP20',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The stages of an API have different names',
  why: 'The name is what API Gateway knows a stage of the API by. The second one is refused with "Stage already exists", and the stack rolls back.',
  fix: {
    library: 'Give each of the `stages` a name of its own.',
    l2: 'Give each `Stage` a `stageName` of its own; a `RestApi` with `deploy` has one called `prod` already.',
    cloudFormation:
      'Give each `AWS::ApiGateway::Stage` (`AWS::ApiGatewayV2::Stage`) of the API a `StageName` of its own, or leave one of them out.',
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
