import { METHOD_REQUEST_PARAMETER, METHOD_RESPONSE_PARAMETER, ROUTE_REQUEST_PARAMETER } from '../../../facts/mappings';
import { knownOr } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { apiReference, inside, methodsOf, onMethod, onRoute, sameResource } from '../../queries/common';
import { webSocketRoutesOf } from '../../queries/v2';

export const rule: Rule = {
  id: 'REST-VAL12',
  appliesTo: ['rest', 'websocket'],
  severity: 'error',
  title: 'The name of a declared parameter starts with its location',
  why: 'API Gateway rejects a declared parameter under another name ("Invalid mapping expression parameter specified"), and the stack rolls back.',
  fix: {
    library: 'Declare the parameters in `request` of the route and `responses` of its integration.',
    l2: 'Write the keys of `requestParameters` as `method.request.querystring.x`, and those of `responseParameters` as `method.response.header.X`.',
    cloudFormation:
      'Write the keys of `RequestParameters` as `method.request.querystring.x` (`"route.request.querystring.x"` in a WebSocket API), and those of `ResponseParameters` in `MethodResponses` as `method.response.header.X`.',
  },
  link: apiReference('PutMethod'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      // Parameters of a document have their place in a field of their own.
      if (api.form === 'body' || sameResource(method.location, api.location)) continue;
      for (const name of Object.keys(knownOr(method.requestParameters, {}))) {
        if (!METHOD_REQUEST_PARAMETER.test(name)) {
          const place = inside(method.location, 'RequestParameters');
          yield onMethod(method, `declares "${name}"; write e.g. method.request.querystring.${last(name)}`, place);
        }
      }
      for (const { parameters, location } of method.responses) {
        for (const name of knownOr(parameters, [])) {
          if (!METHOD_RESPONSE_PARAMETER.test(name)) {
            const place = inside(location, 'ResponseParameters');
            yield onMethod(
              method,
              `declares "${name}" of a response; write method.response.header.${last(name)}`,
              place,
            );
          }
        }
      }
    }
    for (const { route } of webSocketRoutesOf(model)) {
      for (const name of Object.keys(knownOr(route.requestParameters, {}))) {
        if (!ROUTE_REQUEST_PARAMETER.test(name)) {
          const place = inside(route.location, 'RequestParameters');
          yield onRoute(route, `declares "${name}"; write e.g. route.request.querystring.${last(name)}`, place);
        }
      }
    }
  },
};

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1) || 'x';
