import { GATEWAY_RESPONSE_MAPPING } from '../../../facts/mappings';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';
import { mappingFaults } from '../../queries/mapping-syntax';

export const rule: Rule = {
  id: 'REST-GW3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'The headers of a gateway response are expressions that API Gateway knows',
  why: 'API Gateway rejects the gateway response, and the stack rolls back. A text needs its own single quotes.',
  fix: {
    library: 'Set `headers` of `gatewayResponses`, which takes a text as it is.',
    l2: 'Write the values of `responseHeaders` of `addGatewayResponse(…)` with single quotes: `"\'a\'"`.',
    cloudFormation:
      'Write `gatewayresponse.header.X: "\'a\'"` in `ResponseParameters` (`responseParameters` of ' +
      '`x-amazon-apigateway-gateway-responses` in OpenAPI).',
  },
  link: guide('api-gateway-gatewayResponse-definition'),
  *check(model) {
    for (const { gatewayResponses } of model.restApis) {
      for (const { parameters, location } of gatewayResponses) {
        for (const { message } of mappingFaults(parameters, GATEWAY_RESPONSE_MAPPING)) {
          yield { location, message: `the gateway response ${message}` };
        }
      }
    }
  },
};
