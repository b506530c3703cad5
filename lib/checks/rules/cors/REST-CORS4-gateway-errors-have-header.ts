import { type RestApi } from '../../../template/model/model';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { maySetOrigin, setsOrigin } from '../../queries/cors-origins';
import { type Rule } from '../../rule';
import { guide, isPreflight } from '../../queries/common';

const NEEDED = ['DEFAULT_4XX', 'DEFAULT_5XX'];

const usesCors = (api: RestApi): boolean =>
  api.methods.some(
    (method) => isPreflight(method) && isKnown(method.integration) && method.integration.responses.some(setsOrigin),
  );

export const rule: Rule = {
  id: 'REST-CORS4',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Errors from API Gateway itself have the CORS header',
  why:
    'Responses that API Gateway generates itself (401, 403, 429, 5xx) do not come from the integration. Without the ' +
    'header the page sees "CORS error" instead of the status, and cannot distinguish an expired login from an outage.',
  fix: {
    library: 'Set `cors` on the gateway, which sets the header on them.',
    l2:
      'Call `addGatewayResponse(…)` for `ResponseType.DEFAULT_4XX` and `ResponseType.DEFAULT_5XX` with ' +
      '`responseHeaders: { "Access-Control-Allow-Origin": … }`.',
    cloudFormation:
      'Add an `AWS::ApiGateway::GatewayResponse` for DEFAULT_4XX and one for DEFAULT_5XX with ' +
      '`gatewayresponse.header.Access-Control-Allow-Origin`, or `x-amazon-apigateway-gateway-responses` in the Body.',
  },
  link: guide('api-gateway-gatewayResponse-definition'),
  *check(model) {
    for (const api of model.restApis) {
      const told = api.gatewayResponses.every(({ responseType }) => responseType !== UNKNOWN);
      const missing = NEEDED.filter(
        (type) => !api.gatewayResponses.some((it) => it.responseType === type && maySetOrigin(it)),
      );
      if (told && missing.length > 0 && usesCors(api)) {
        yield {
          location: api.location,
          message: `routes respond to preflights, but ${missing.join(' and ')} responses have no Access-Control-Allow-Origin`,
        };
      }
    }
  },
};
