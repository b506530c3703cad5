import { REST_REQUEST_MAPPING, REST_RESPONSE_MAPPING } from '../../../facts/mappings';
import { type Rule } from '../../rule';
import { callsOf, guide, onMethod } from '../../queries/common';
import { mappingFaults } from '../../queries/mapping-syntax';

export const rule: Rule = {
  id: 'REST-VAL10',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A parameter mapping of a REST API is an expression that API Gateway knows',
  why: 'API Gateway rejects the integration with "Invalid mapping expression specified", and the stack rolls back. A literal needs its own single quotes, even a number or a boolean.',
  fix: {
    library:
      'Use `RequestValue` in `requestParameters` of the integration, e.g. `RequestValue.literal("a")`, and `headers` of its `responses`.',
    l2: 'Write the key and value of `requestParameters` and `responseParameters` as in the message; a text as `"\'a\'"`.',
    cloudFormation:
      'Write `integration.request.header.X: method.request.header.Y` in `RequestParameters` and ' +
      '`method.response.header.X: integration.response.header.Y` in `ResponseParameters`; a text as `"\'a\'"`.',
  },
  link: guide('rest-api-parameter-mapping-sources'),
  *check(model) {
    for (const { method, integration } of callsOf(model)) {
      for (const { message } of mappingFaults(integration.requestParameters, REST_REQUEST_MAPPING)) {
        yield onMethod(method, message, integration.location);
      }
      for (const { parameters, location } of integration.responses) {
        for (const { message } of mappingFaults(parameters, REST_RESPONSE_MAPPING)) {
          yield onMethod(method, message, location);
        }
      }
    }
  },
};
