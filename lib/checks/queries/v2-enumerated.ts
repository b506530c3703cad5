import {
  CONNECTION_TYPES,
  CONTENT_HANDLING,
  HTTP_AUTHORIZATION_TYPES,
  INTEGRATION_TYPES,
  IP_ADDRESS_TYPES,
  LOGGING_LEVELS,
  PASSTHROUGH_BEHAVIORS,
  PAYLOAD_FORMATS,
  V2_AUTHORIZER_TYPES,
  V2_BASE_PATHS,
  V2_PROTOCOLS,
} from '../../facts/enumerations';
import { HTTP_SERVICE_ACTIONS } from '../../facts/kinds';
import { HTTP_METHODS } from '../../facts/names';
import { type ApiModel, type Location } from '../../template/model/model';
import { type Given, Property } from './enumerated';
import { type Violation } from '../rule';
import { routeOf } from './common';
import { onIntegration, type V2Use, v2IntegrationsOf } from './v2-integrations';
import { routeSettingsOf, v2ApisOf, v2RoutesOf } from './v2';

const PROTOCOL = new Property('ProtocolType', V2_PROTOCOLS);
const IP_ADDRESS_TYPE = new Property('IpAddressType', IP_ADDRESS_TYPES);
const BASE_PATH = new Property('BasePath', V2_BASE_PATHS);
/** A separate rule reports JWT on a WebSocket API. */
const AUTHORIZATION_TYPE = new Property('AuthorizationType', HTTP_AUTHORIZATION_TYPES);
const AUTHORIZER_TYPE = new Property('AuthorizerType', V2_AUTHORIZER_TYPES);
/** A separate rule reports integrations of HTTP APIs that are not proxies. */
const INTEGRATION_TYPE = new Property('IntegrationType', INTEGRATION_TYPES);
const SUBTYPE = new Property('IntegrationSubtype', HTTP_SERVICE_ACTIONS);
const CONNECTION_TYPE = new Property('ConnectionType', CONNECTION_TYPES);
const HANDLING = new Property('ContentHandlingStrategy', CONTENT_HANDLING);
const PASSTHROUGH = new Property('PassthroughBehavior', PASSTHROUGH_BEHAVIORS);
const INTEGRATION_METHOD = new Property('IntegrationMethod', HTTP_METHODS);
const LOGGING_LEVEL = new Property('LoggingLevel', LOGGING_LEVELS);
const PAYLOAD_FORMAT = {
  http: new Property('PayloadFormatVersion', PAYLOAD_FORMATS),
  websocket: new Property('PayloadFormatVersion', PAYLOAD_FORMATS.slice(0, 1)),
};

function* wrong(given: readonly [Property, Given, Location][]): Iterable<Violation> {
  for (const [property, value, location] of given) {
    if (!property.takes(value)) {
      yield property.violation(value, location);
    }
  }
}

function* ofIntegration(use: V2Use): Iterable<Violation> {
  const { api, integration } = use;
  const given: [Property, Given, Location?][] = [
    [INTEGRATION_TYPE, integration.type],
    [SUBTYPE, integration.subtype],
    [CONNECTION_TYPE, integration.connectionType],
    [HANDLING, integration.contentHandling],
    [PASSTHROUGH, integration.passthroughBehavior],
    [PAYLOAD_FORMAT[api.kind], integration.payloadFormatVersion],
    ...integration.responses.map(({ contentHandling, location }): [Property, Given, Location] => [
      HANDLING,
      contentHandling,
      location,
    ]),
  ];
  for (const [property, value, location = integration.location] of given) {
    if (!property.takes(value)) {
      yield onIntegration(use, property.told(value), location);
    }
  }
  // What happens to another is not documented.
  if (!INTEGRATION_METHOD.takesAnyCase(integration.httpMethod)) {
    yield { ...onIntegration(use, INTEGRATION_METHOD.told(integration.httpMethod)), severity: 'warning' };
  }
}

/** Whether there is nothing to tell, without an allocation: nearly always it is so. */
const isFine = ({ api, integration }: V2Use): boolean =>
  INTEGRATION_TYPE.takes(integration.type) &&
  SUBTYPE.takes(integration.subtype) &&
  CONNECTION_TYPE.takes(integration.connectionType) &&
  HANDLING.takes(integration.contentHandling) &&
  PASSTHROUGH.takes(integration.passthroughBehavior) &&
  PAYLOAD_FORMAT[api.kind].takes(integration.payloadFormatVersion) &&
  INTEGRATION_METHOD.takesAnyCase(integration.httpMethod) &&
  (integration.responses.length === 0 ||
    integration.responses.every(({ contentHandling }) => HANDLING.takes(contentHandling)));

/** Values that HTTP and WebSocket APIs do not support. */
export function* v2Enumerated(model: ApiModel): Iterable<Violation> {
  for (const api of v2ApisOf(model)) {
    yield* wrong([
      [PROTOCOL, api.protocolType, api.location],
      [IP_ADDRESS_TYPE, api.ipAddressType, api.location],
      ...api.authorizers.map(({ type, location }): [Property, Given, Location] => [AUTHORIZER_TYPE, type, location]),
    ]);
    if (api.kind === 'http') {
      yield* wrong([[BASE_PATH, api.basePath, api.location]]);
    }
  }
  for (const { route } of v2RoutesOf(model)) {
    if (!AUTHORIZATION_TYPE.takes(route.authorizationType)) {
      yield AUTHORIZATION_TYPE.violation(route.authorizationType, route.location, routeOf(route));
    }
  }
  for (const use of v2IntegrationsOf(model)) {
    if (!isFine(use)) yield* ofIntegration(use);
  }
  for (const { setting } of routeSettingsOf(model)) {
    yield* wrong([[LOGGING_LEVEL, setting.loggingLevel, setting.location]]);
  }
}
