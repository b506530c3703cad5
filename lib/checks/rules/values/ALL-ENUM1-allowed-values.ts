import {
  API_KEY_SOURCES,
  AUTHORIZATION_TYPES,
  AUTHORIZER_TYPES,
  CONNECTION_TYPES,
  CONTENT_HANDLING,
  ENDPOINT_ACCESS_MODES,
  ENDPOINT_TYPES,
  INTEGRATION_TYPES,
  IP_ADDRESS_TYPES,
  LOGGING_LEVELS,
  PASSTHROUGH_BEHAVIORS,
  RESPONSE_TRANSFER_MODES,
  SECURITY_POLICY,
  USAGE_PLAN_KEY_TYPES,
} from '../../../facts/enumerations';
import { GATEWAY_RESPONSE_TYPES } from '../../../facts/gateway-responses';
import { COUNTRY_CODES, COUNTRY_CODES_MEANT } from '../../../facts/web-acl';
import { HTTP_METHODS } from '../../../facts/names';
import { type ApiModel, type Method, type RestApi } from '../../../template/model/model';
import { at } from '../../../lookup/named';
import { isKnown } from '../../../template/model/value';
import { type Given, Property } from '../../queries/enumerated';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, methodsOf, routeOf, settingsOf } from '../../queries/common';
import { domainEnumerated } from '../../queries/domain-enumerated';
import { v2Enumerated } from '../../queries/v2-enumerated';
import { stageWebAcls } from '../../queries/web-acls';

const HTTP_METHOD = new Property('HttpMethod', HTTP_METHODS);
const AUTHORIZATION_TYPE = new Property('AuthorizationType', AUTHORIZATION_TYPES);
const INTEGRATION_METHOD = new Property('IntegrationHttpMethod', HTTP_METHODS);
const INTEGRATION_TYPE = new Property('Integration.Type', INTEGRATION_TYPES);
const CONNECTION_TYPE = new Property('ConnectionType', CONNECTION_TYPES);
const HANDLING = new Property('ContentHandling', CONTENT_HANDLING);
const PASSTHROUGH = new Property('PassthroughBehavior', PASSTHROUGH_BEHAVIORS);
const TRANSFER_MODE = new Property('ResponseTransferMode', RESPONSE_TRANSFER_MODES);
const LOGGING_LEVEL = new Property('LoggingLevel', LOGGING_LEVELS);
const KEY_TYPE = new Property('KeyType', USAGE_PLAN_KEY_TYPES);
const AUTHORIZER_TYPE = new Property('Type', AUTHORIZER_TYPES);
const RESPONSE_TYPE = new Property('ResponseType', GATEWAY_RESPONSE_TYPES);
const OF_API = {
  endpointType: new Property('EndpointConfiguration.Types', ENDPOINT_TYPES),
  ipAddressType: new Property('IpAddressType', IP_ADDRESS_TYPES),
  apiKeySource: new Property('ApiKeySourceType', API_KEY_SOURCES),
  endpointAccessMode: new Property('EndpointAccessMode', ENDPOINT_ACCESS_MODES),
};

function* ofApi(api: RestApi): Iterable<Violation> {
  const { location, ipAddressType, apiKeySource, endpointAccessMode, securityPolicy, endpointTypes } = api;
  const given: [Property, Given][] = [
    [OF_API.ipAddressType, ipAddressType],
    [OF_API.apiKeySource, apiKeySource],
    [OF_API.endpointAccessMode, endpointAccessMode],
  ];
  for (const type of isKnown(endpointTypes) ? endpointTypes : []) {
    given.push([OF_API.endpointType, type]);
  }
  for (const [property, value] of given) {
    if (!property.takes(value)) {
      yield property.violation(value, location);
    }
  }
  if (isKnown(securityPolicy) && !SECURITY_POLICY.test(securityPolicy)) {
    yield {
      location,
      message: `SecurityPolicy is "${securityPolicy}", but must be TLS_1_0, TLS_1_2 or SecurityPolicy_…`,
    };
  }
  for (const { type, location: at } of api.authorizers) {
    if (!AUTHORIZER_TYPE.takes(type)) {
      yield AUTHORIZER_TYPE.violation(type, at);
    }
  }
  for (const { responseType, location: at } of api.gatewayResponses) {
    if (!RESPONSE_TYPE.takes(responseType)) {
      yield RESPONSE_TYPE.violation(responseType, at);
    }
  }
}

function* ofMethod(method: Method): Iterable<Violation> {
  if (!HTTP_METHOD.takes(method.httpMethod)) {
    yield HTTP_METHOD.violation(method.httpMethod, method.location, routeOf(method));
  }
  if (!AUTHORIZATION_TYPE.takes(method.authorizationType)) {
    yield AUTHORIZATION_TYPE.violation(method.authorizationType, method.location, routeOf(method));
  }
  const { integration } = method;
  if (!isKnown(integration)) {
    return;
  }
  const given: [Property, Given][] = [
    [INTEGRATION_TYPE, integration.type],
    [CONNECTION_TYPE, integration.connectionType],
    [HANDLING, integration.contentHandling],
    [PASSTHROUGH, integration.passthroughBehavior],
    [TRANSFER_MODE, integration.responseTransferMode],
  ];
  for (const [property, value] of given) {
    if (!property.takes(value)) {
      yield property.violation(value, integration.location, routeOf(method));
    }
  }
  // What happens to another is not documented.
  if (!INTEGRATION_METHOD.takesAnyCase(integration.httpMethod)) {
    const violation = INTEGRATION_METHOD.violation(integration.httpMethod, integration.location, routeOf(method));
    yield { ...violation, severity: 'warning' };
  }
  for (const { contentHandling, location } of integration.responses) {
    if (!HANDLING.takes(contentHandling)) {
      yield HANDLING.violation(contentHandling, location, routeOf(method));
    }
  }
}

/** Whether there is anything to tell, without an allocation: nearly always there is not. */
function isFine({ httpMethod, authorizationType, integration }: Method): boolean {
  return (
    HTTP_METHOD.takes(httpMethod) &&
    AUTHORIZATION_TYPE.takes(authorizationType) &&
    (!isKnown(integration) ||
      (INTEGRATION_TYPE.takes(integration.type) &&
        INTEGRATION_METHOD.takesAnyCase(integration.httpMethod) &&
        CONNECTION_TYPE.takes(integration.connectionType) &&
        HANDLING.takes(integration.contentHandling) &&
        PASSTHROUGH.takes(integration.passthroughBehavior) &&
        TRANSFER_MODE.takes(integration.responseTransferMode) &&
        (integration.responses.length === 0 ||
          integration.responses.every(({ contentHandling }) => HANDLING.takes(contentHandling)))))
  );
}

function* ofSurroundings(model: ApiModel): Iterable<Violation> {
  for (const { setting } of settingsOf(model)) {
    if (!LOGGING_LEVEL.takes(setting.loggingLevel)) {
      yield LOGGING_LEVEL.violation(setting.loggingLevel, setting.location);
    }
  }
  for (const { keys } of model.usagePlans) {
    for (const { keyType, location } of keys ?? []) {
      if (!KEY_TYPE.takes(keyType)) {
        yield KEY_TYPE.violation(keyType, location);
      }
    }
  }
}

/** Without the list of codes, which is too long for a message. */
function* countries(model: ApiModel): Iterable<Violation> {
  const acls = new Set([...stageWebAcls(model)].map(({ webAcl }) => webAcl));
  for (const { code, location } of [...acls].flatMap((acl) => acl?.countries ?? [])) {
    if (isKnown(code) && !COUNTRY_CODES.has(code)) {
      const meant = at(COUNTRY_CODES_MEANT, code);
      yield {
        location,
        message: `CountryCodes has "${code}", but must have ${meant ?? 'a code of ISO 3166-1 alpha-2, e.g. DE'}`,
      };
    }
  }
}

export const rule: Rule = {
  id: 'ALL-ENUM1',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'error',
  title: 'A property has one of the allowed values',
  why: 'CloudFormation passes the value on unchecked. API Gateway rejects it in the middle of the deployment, and the stack rolls back.',
  fix: {
    library: 'Write the value as listed, in the same case; this library has an enum for each.',
    l2:
      'Use the enum of the L2 for the prop, e.g. `EndpointType.REGIONAL`, `AuthorizationType.IAM` or ' +
      '`MethodLoggingLevel.ERROR`.',
    cloudFormation: 'Write the value of the property in the finding as listed, in the same case.',
  },
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const api of model.restApis) {
      yield* ofApi(api);
    }
    for (const { method } of methodsOf(model)) {
      if (!isFine(method)) {
        yield* ofMethod(method);
      }
    }
    yield* ofSurroundings(model);
    yield* v2Enumerated(model);
    yield* domainEnumerated(model);
    yield* countries(model);
  },
};
