import { AUTHORIZERS_PER_API, STAGES_PER_API } from '../../../facts/enumerations';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { allApisOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'ALL-DEP17',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: `An API stays within ${STAGES_PER_API} stages and ${AUTHORIZERS_PER_API} authorizers`,
  why: 'These are the quotas unless AWS raises them; a deployment that exceeds one rolls back.',
  fix: {
    library:
      'Give each environment a stack instead of a stage, and share authorizers between routes; or request an ' +
      'increase of "Stages per API" or "Authorizers per API".',
    l2:
      'Create a stack for each environment instead of a `Stage`, and share authorizers between routes; or request an ' +
      'increase of "Stages per API" or "Authorizers per API".',
    cloudFormation:
      'Keep fewer `AWS::ApiGateway::Stage` and `AWS::ApiGateway::Authorizer` (or `AWS::ApiGatewayV2::…`) of the API, or ' +
      'request an increase of "Stages per API" or "Authorizers per API".',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    for (const { stages, authorizers, location } of allApisOf(model)) {
      if (stages.length > STAGES_PER_API) {
        yield {
          location,
          message: `the API has ${stages.length} stages; the quota is ${STAGES_PER_API} unless raised`,
        };
      }
      if (authorizers.length > AUTHORIZERS_PER_API) {
        yield {
          location,
          message: `the API has ${authorizers.length} authorizers; the quota is ${AUTHORIZERS_PER_API} unless raised`,
        };
      }
    }
  },
};
