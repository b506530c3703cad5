import { HTTP_INTEGRATION_TYPES, INTEGRATION_TYPES } from '../../../facts/enumerations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';

const TAKEN = new Set<string>(HTTP_INTEGRATION_TYPES);
/** ALL-ENUM1 reports values that no kind of API has. */
const OF_OTHER_KINDS = new Set<string>(INTEGRATION_TYPES.filter((type) => !TAKEN.has(type)));

export const rule: Rule = {
  id: 'HTTP-INT18',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API has only proxy integrations',
  why: 'HTTP APIs have no templates: they support only AWS_PROXY and HTTP_PROXY. AWS, HTTP and MOCK are rejected, and the stack rolls back.',
  fix: {
    library:
      'Use a factory of `HttpIntegration`: `.lambda(…)`, `.http(…)`, `.sqs(…)`… ; or use the REST gateway, which has ' +
      'templates.',
    l2: 'Use `HttpLambdaIntegration`, `HttpUrlIntegration`, `HttpSqsIntegration`…, or a `RestApi`, which has templates.',
    cloudFormation:
      'Set `IntegrationType: AWS_PROXY` (with `IntegrationSubtype` for an action of a service) or `HTTP_PROXY`.',
  },
  link: cloudFormation('resource-apigatewayv2-integration'),
  *check(model) {
    for (const use of httpIntegrationsOf(model)) {
      const { type } = use.integration;
      if (isKnown(type) && OF_OTHER_KINDS.has(type)) {
        yield onIntegration(use, `is of type ${type}, which HTTP APIs do not have`);
      }
    }
  },
};
