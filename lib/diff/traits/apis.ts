import { type AnyApi, type GatewayResponse, type RestApi } from '../../template/model/model';
import { isKnown, UNKNOWN } from '../../template/model/value';
import { always, breaking, byValue, element, harmless, onOff, opening, presence, ranked, uncertain } from '../rules';
import { at } from '../../lookup/named';
import { isRecord } from '../../policies/resource-policies';
import { type Subject } from '../trait';
import { coversOrigin, CORS_ORIGIN, corsTraits } from './cors';
import { policyTrait } from './policies';
import { type Side, type Traits } from './side';

const ENDPOINT = byValue((before, after) => {
  if (after === 'PRIVATE') return breaking('callers outside of the VPC cannot reach it');
  if (before === 'PRIVATE') return opening('callers outside of the VPC can reach it');
  return harmless('the URL stays the same');
});
export const ADDRESSES = byValue((_, after) =>
  after === 'ipv4' ? breaking('callers that use IPv6 cannot reach it') : harmless('callers can use IPv6 too'),
);
export const TLS = ranked(
  ['TLS_1_0', 'TLS_1_2'],
  breaking('clients that cannot use TLS 1.2 are refused'),
  opening('clients can use TLS 1.0'),
);
export const ACCESS_MODE = ranked(
  ['BASIC', 'STRICT'],
  breaking('requests whose names in TLS and in the Host header differ are refused'),
  opening('requests whose names in TLS and in the Host header differ are accepted'),
);
const DEFAULT_ENDPOINT = onOff(
  breaking('the URL under execute-api responds with 403'),
  opening('the URL under execute-api responds, without the protection of the domain in front'),
);
const BINARY = element(
  uncertain('the back end receives these bodies in Base64'),
  breaking('bodies of this type are treated as text'),
);
const VPC_ENDPOINT = element(harmless('it has an alias'), breaking('the URL of the alias does not resolve'));
const NAME = always(harmless('callers do not see it'));
const SELECTION = always(breaking('messages are led to other routes'));
const KEY_SOURCE = always(breaking('callers must send their API key in another place'));
const COMPRESSION = always(harmless('responses are compressed from another size on'));
const DEFINITION = always(uncertain('the definition is not in the template'));
const DEFINITIONS = ['Body', 'BodyS3Location', 'DefinitionBody', 'DefinitionUri'];

export function apiSubject(side: Side, api: AnyApi): Subject {
  const { location } = api;
  const traits = side.of(location);
  if (!api.reference) {
    traits.value('name', api.name, NAME);
    traits.value('default endpoint disabled', api.disableExecuteApiEndpoint, DEFAULT_ENDPOINT, false);
    traits.value('IP address type', api.ipAddressType, ADDRESSES, isPrivate(api) ? 'dualstack' : 'ipv4');
    if (api.kind === 'rest') restTraits(traits, api);
    else {
      traits.value('route selection', api.routeSelectionExpression, SELECTION, V2_SELECTION[api.kind]);
      if (api.kind === 'websocket')
        traits.value('API key source', api.apiKeySelectionExpression, KEY_SOURCE, KEY_HEADER);
      else corsTraits(traits, api.corsConfiguration);
    }
  }
  if (api.form === 'opaque') {
    const properties = side.written.at({ ...location, path: ['Properties'] });
    const places = DEFINITIONS.map((name) => (isRecord(properties) ? at(properties, name) : undefined));
    const { key } = side.unknown(location, JSON.stringify(places));
    traits.add({ name: 'definition', rule: DEFINITION, value: { key, text: '(elsewhere)', isSure: false } });
  }
  return {
    kind: 'API',
    key: 'API',
    label: KINDS[api.kind],
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('its URL does not respond'),
  };
}

const KINDS = { rest: 'REST API', http: 'HTTP API', websocket: 'WebSocket API' };
const V2_SELECTION = { http: '$request.method $request.path', websocket: undefined };
const KEY_HEADER = '$request.header.x-api-key';

const isPrivate = (api: AnyApi): boolean =>
  api.kind === 'rest' && isKnown(api.endpointTypes) && api.endpointTypes.includes('PRIVATE');

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html */
function restTraits(traits: Traits, api: RestApi): void {
  const { endpointTypes, policyLocation, resolvedPolicy } = api;
  traits.value('endpoint', isKnown(endpointTypes) ? endpointTypes.at(0) : endpointTypes, ENDPOINT, 'EDGE');
  traits.list('VPC endpoint', api.vpcEndpointIds, VPC_ENDPOINT);
  traits.value('API key source', api.apiKeySource, KEY_SOURCE, 'HEADER');
  traits.list('binary media type', api.binaryMediaTypes, BINARY, (wide, narrow) => wide === '*/*' || wide === narrow);
  traits.value('minimum compression size', api.minimumCompressionSize, COMPRESSION);
  traits.value('security policy', api.securityPolicy, TLS, isPrivate(api) ? 'TLS_1_2' : 'TLS_1_0');
  traits.value('endpoint access mode', api.endpointAccessMode, ACCESS_MODE, 'BASIC');
  policyTrait(traits, resolvedPolicy, policyLocation, isPrivate(api));
}

const STATUS = always(breaking('callers get another status'));
const HEADER = presence(
  harmless('callers get one more header'),
  breaking('callers no longer get this header'),
  uncertain('callers get another value'),
);
const BODY = always(uncertain('callers get another body'));

/** An error that API Gateway responds with itself. */
export function gatewayResponse(side: Side, response: GatewayResponse): Subject {
  const { responseType, statusCode, parameters, templates, location } = response;
  const label = responseType === UNKNOWN ? '?' : responseType;
  const traits = side.of(location);
  traits.value('status', statusCode, STATUS);
  for (const [name, value] of Object.entries(parameters === UNKNOWN ? {} : parameters)) {
    const header = /^gatewayresponse\.header\.(.*)$/is.exec(name)?.[1] ?? name;
    if (header.toLowerCase() === 'access-control-allow-origin') {
      const origin = typeof value === 'string' ? value.replaceAll("'", '') : value;
      traits.list('CORS origin', [origin], CORS_ORIGIN, coversOrigin);
    } else traits.text(`header ${header}`, value, HEADER);
  }
  for (const [type, value] of Object.entries(templates === UNKNOWN ? {} : templates)) {
    const shown = side.text(value, location);
    traits.add({ name: `body ${type}`, rule: BODY, value: { ...shown, text: '(template)' } });
  }
  if (parameters === UNKNOWN || templates === UNKNOWN) {
    traits.add({ name: 'response', rule: always(uncertain('unknown')), value: side.unknown(location) });
  }
  return {
    kind: 'gateway response',
    key: label,
    label,
    location,
    traits: traits.all,
    written: side.written.at(location),
  };
}
