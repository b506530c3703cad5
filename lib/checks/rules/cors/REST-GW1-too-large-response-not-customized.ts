import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-GW1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The response to a request that is too large is not customized',
  why: 'API Gateway rejects a request of more than 10 MB before it applies gateway responses: it never sends a response that is set for REQUEST_TOO_LARGE.',
  fix: {
    library: 'Remove REQUEST_TOO_LARGE from `gatewayResponses`, and document the limit for clients.',
    l2: 'Remove `addGatewayResponse(…)` for `ResponseType.REQUEST_TOO_LARGE`, and document the limit for clients.',
    cloudFormation:
      'Delete the `AWS::ApiGateway::GatewayResponse`, or its entry in `x-amazon-apigateway-gateway-responses`, and ' +
      'document the limit for clients.',
  },
  link: guide('api-gateway-known-issues'),
  *check(model) {
    for (const { gatewayResponses } of model.restApis) {
      for (const { responseType, location } of gatewayResponses) {
        if (responseType === 'REQUEST_TOO_LARGE') {
          yield { location, message: 'API Gateway never sends this response' };
        }
      }
    }
  },
};
