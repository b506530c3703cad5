import { HTTP_REQUEST_KEY, HTTP_RESPONSE_KEY, WEBSOCKET_MAPPING } from '../../../facts/mappings';
import { type HttpApi, type V2Integration } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, inside } from '../../queries/common';
import { httpMappingFaults, mappingFaults } from '../../queries/mapping-syntax';
import { onIntegration, type V2Use, v2IntegrationsOf } from '../../queries/v2-integrations';

const REQUEST_KEYS =
  'append:header.x, overwrite:header.x, remove:header.x, the same of querystring.x, or overwrite:path';
const RESPONSE_KEYS = 'append:header.x, overwrite:header.x, remove:header.x, or overwrite:statuscode';

const isHttp = (use: V2Use): use is V2Use<HttpApi> => use.api.kind === 'http';

/** Where the property is: with a capital in resources. */
const placeOf = ({ location }: V2Integration, name: string) =>
  inside(location, location.path.includes('Body') ? name[0].toLowerCase() + name.slice(1) : name);

function* ofHttp(use: V2Use<HttpApi>): Iterable<Violation> {
  const { integration } = use;
  // The parameters of an action of a service have names of their own.
  const isAction = integration.subtype !== undefined;
  const requests = isAction ? [] : httpMappingFaults(integration.requestParameters, HTTP_REQUEST_KEY, REQUEST_KEYS);
  for (const { message, isSuspect } of requests) {
    const violation = onIntegration(use, message, placeOf(integration, 'RequestParameters'));
    yield isSuspect ? { ...violation, severity: 'warning' } : violation;
  }
  const responses = isKnown(integration.responseParameters) ? Object.entries(integration.responseParameters) : [];
  for (const [status, parameters] of responses) {
    const location = placeOf(integration, 'ResponseParameters');
    if (!/^\d+$/.test(status)) {
      yield onIntegration(use, `maps the response of status "${status}"; a status is a number, e.g. 200`, location);
    }
    for (const { message, isSuspect } of httpMappingFaults(parameters, HTTP_RESPONSE_KEY, RESPONSE_KEYS)) {
      const violation = onIntegration(use, message, location);
      yield isSuspect ? { ...violation, severity: 'warning' } : violation;
    }
  }
}

function* ofWebSocket(use: V2Use): Iterable<Violation> {
  const location = placeOf(use.integration, 'RequestParameters');
  for (const { message, source } of mappingFaults(use.integration.requestParameters, WEBSOCKET_MAPPING)) {
    const violation = onIntegration(use, message, location);
    // The reference of CloudFormation has it for WebSocket APIs too, other than the guide.
    yield source?.startsWith('method.request.') === true ? { ...violation, severity: 'warning' } : violation;
  }
}

export const rule: Rule = {
  id: 'V2-VAL11',
  appliesTo: ['http', 'websocket'],
  severity: 'error',
  title: 'A parameter mapping has a key and an expression of its kind of API',
  why: 'API Gateway rejects the integration with "Invalid mapping expression specified", and the stack rolls back. HTTP APIs, WebSocket APIs and REST APIs each have their own syntax.',
  fix: {
    library:
      'Use `HttpRequestParameter` and `HttpResponseParameter` of HTTP integrations, and `RequestValue` of WebSocket integrations.',
    l2: 'Use `new ParameterMapping().overwriteHeader("x", MappingValue.requestHeader("y"))` in HTTP APIs.',
    cloudFormation:
      'Write `"overwrite:header.x": "$request.header.y"` in an HTTP API, and `integration.request.header.x: "route.request.header.y"` in a WebSocket API, in which a text has its own single quotes.',
  },
  link: guide('http-api-parameter-mapping'),
  *check(model) {
    for (const use of v2IntegrationsOf(model)) yield* isHttp(use) ? ofHttp(use) : ofWebSocket(use);
  },
};
