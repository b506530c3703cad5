import { REQUIRED_SERVICE_PARAMETERS } from '../../../facts/http-integrations';
import { type V2Integration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';

/** Parameters that the action needs and is not given. */
function missing({ subtype, requestParameters }: V2Integration): string[] {
  const required =
    isKnown(subtype) && Object.hasOwn(REQUIRED_SERVICE_PARAMETERS, subtype) ? REQUIRED_SERVICE_PARAMETERS[subtype] : [];
  if (!isKnown(requestParameters)) return [];
  const given = new Set(Object.keys(requestParameters).map((name) => name.toLowerCase()));
  return required.filter((name) => !given.has(name.toLowerCase()));
}

export const rule: Rule = {
  id: 'HTTP-INT19',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An AWS service action has its required parameters',
  why: 'API Gateway builds the call only from the parameters: if a required one is missing, the deployment or every request fails.',
  fix: {
    library: 'Use a factory of `HttpIntegration` (`HttpIntegration.sqs(…)`, `.eventBridge(…)`…), which sets them.',
    l2:
      'Omit `parameterMapping` of `HttpSqsIntegration`, `HttpEventBridgeIntegration` or ' +
      '`HttpStepFunctionsIntegration`, or set all of them with `ParameterMapping.fromObject(…)`.',
    cloudFormation:
      'Set `RequestParameters` on the integration, e.g. `{ QueueUrl: …, MessageBody: $request.body }` for ' +
      '`SQS-SendMessage`.',
  },
  link: guide('http-api-develop-integrations-aws-services-reference'),
  *check(model) {
    for (const use of httpIntegrationsOf(model)) {
      const names = missing(use.integration);
      if (names.length > 0) {
        yield onIntegration(use, `calls ${String(use.integration.subtype)} without ${names.join(' and ')}`);
      }
    }
  },
};
