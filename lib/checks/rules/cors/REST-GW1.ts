import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-GW1',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The response to a too large request is left as it is',
  why: 'API Gateway refuses a request of more than 10 MB before it looks at gateway responses: what is set for REQUEST_TOO_LARGE is never sent.',
  fix: {
    library: 'Leave REQUEST_TOO_LARGE out of `gatewayResponses`, and tell clients of the limit.',
    l2: 'Take `addGatewayResponse(…)` of `ResponseType.REQUEST_TOO_LARGE` away, and tell clients of the limit.',
    cloudFormation:
      'Delete the `AWS::ApiGateway::GatewayResponse`, or its entry in `x-amazon-apigateway-gateway-responses`, and tell ' +
      'clients of the limit.',
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
