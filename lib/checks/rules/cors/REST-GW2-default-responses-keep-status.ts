import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

const DEFAULTS = ['DEFAULT_4XX', 'DEFAULT_5XX'];

export const rule: Rule = {
  id: 'REST-GW2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'The default gateway responses keep their status codes',
  why: 'A status code on DEFAULT_4XX or DEFAULT_5XX replaces the status code of every error in the class: 401, 403, 404 and 429 all look the same to the caller.',
  fix: {
    library: 'Omit `statusCode` in `gatewayResponses` for the defaults, and set it only on the type that needs it.',
    l2:
      'Omit `statusCode` in `addGatewayResponse(…)` for `ResponseType.DEFAULT_4XX` and `ResponseType.DEFAULT_5XX`, ' +
      'and set it only on the type that needs it.',
    cloudFormation:
      'Omit the `StatusCode` of the `AWS::ApiGateway::GatewayResponse` for the defaults, and set it only on the type ' +
      'that needs it.',
  },
  link: guide('supported-gateway-response-types'),
  *check(model) {
    for (const { gatewayResponses } of model.restApis) {
      for (const { responseType, statusCode, location } of gatewayResponses) {
        const type = knownOr(responseType, '');
        if (DEFAULTS.includes(type) && statusCode !== undefined) {
          yield {
            location,
            message: `${type} sets status ${knownOr(statusCode, 'code')} for every error of its class`,
            key: type,
          };
        }
      }
    }
  },
};
