import {
  ACCESS_ASSOCIATION_SOURCE_TYPES,
  ENDPOINT_ACCESS_MODES,
  ENDPOINT_TYPES,
  IP_ADDRESS_TYPES,
  ROUTING_MODES,
  SECURITY_POLICY,
  V2_ROUTING_MODES,
  V2_SECURITY_POLICIES,
} from '../../facts/enumerations';
import { type DomainConfiguration, type DomainName } from '../../template/model/domains';
import { type ApiModel, type Location } from '../../template/model/model';
import { isKnown, knownOr } from '../../template/model/value';
import { type Violation } from '../rule';
import { inside } from './common';
import { type Given, Property } from './enumerated';

const PUBLIC = ENDPOINT_TYPES.filter((type) => type !== 'PRIVATE');
const TYPES: Readonly<Record<string, Property>> = {
  'AWS::ApiGateway::DomainName': new Property('EndpointConfiguration.Types', PUBLIC),
  'AWS::ApiGateway::DomainNameV2': new Property('EndpointConfiguration.Types', ['PRIVATE']),
  'AWS::ApiGatewayV2::DomainName': new Property('EndpointType', PUBLIC),
};
const V2_POLICY = new Property('SecurityPolicy', V2_SECURITY_POLICIES);
const ACCESS_MODE = new Property('EndpointAccessMode', ENDPOINT_ACCESS_MODES);
const IP_ADDRESS_TYPE = new Property('IpAddressType', IP_ADDRESS_TYPES);
const ROUTING_MODE = new Property('RoutingMode', ROUTING_MODES);
const V2_ROUTING_MODE = new Property('RoutingMode', V2_ROUTING_MODES);
const V2 = 'AWS::ApiGatewayV2::DomainName';
const SOURCE_TYPE = new Property('AccessAssociationSourceType', ACCESS_ASSOCIATION_SOURCE_TYPES);

type Values = readonly [Property, Given, Location];

function valuesOf({ resourceType, location, routingMode, configurations }: DomainName): Values[] {
  return [
    [resourceType === V2 ? V2_ROUTING_MODE : ROUTING_MODE, routingMode, inside(location, 'RoutingMode')],
    ...knownOr(configurations, []).flatMap((one) => ofConfiguration(resourceType, one)),
  ];
}

function ofConfiguration(resourceType: string, one: DomainConfiguration): Values[] {
  const isV2 = resourceType === V2;
  const endpoint = isV2 ? one.location : inside(one.location, 'EndpointConfiguration');
  const types: readonly Given[] = isV2 ? [one.endpointType] : knownOr(one.endpointTypes, []);
  return [
    ...types.map((type): Values => [TYPES[resourceType], type, inside(endpoint, isV2 ? 'EndpointType' : 'Types')]),
    [IP_ADDRESS_TYPE, one.ipAddressType, inside(endpoint, 'IpAddressType')],
    [ACCESS_MODE, one.endpointAccessMode, inside(one.location, 'EndpointAccessMode')],
    ...(isV2 ? [[V2_POLICY, one.securityPolicy, inside(one.location, 'SecurityPolicy')] as const] : []),
  ];
}

/** Values that domains and what leads to them do not support. */
export function* domainEnumerated(model: ApiModel): Iterable<Violation> {
  for (const domain of model.domainNames) {
    for (const [property, value, location] of valuesOf(domain)) {
      if (!property.takes(value)) yield property.violation(value, location);
    }
    if (domain.resourceType === V2) {
      yield* edgeOf(domain);
      continue;
    }
    for (const { securityPolicy, endpointTypes, location } of knownOr(domain.configurations, [])) {
      if (isKnown(securityPolicy) && !SECURITY_POLICY.test(securityPolicy)) {
        yield {
          location: inside(location, 'SecurityPolicy'),
          message: `SecurityPolicy is "${securityPolicy}", but must be TLS_1_0, TLS_1_2 or SecurityPolicy_…`,
        };
      }
      if (isKnown(endpointTypes) && endpointTypes.length > 1) {
        yield {
          location: inside(location, 'EndpointConfiguration', 'Types'),
          message: `EndpointConfiguration.Types is ${endpointTypes.join(', ')}, but must be one type`,
        };
      }
    }
  }
  for (const { sourceType, location } of model.domainAssociations) {
    if (!SOURCE_TYPE.takes(sourceType)) {
      yield SOURCE_TYPE.violation(sourceType, inside(location, 'AccessAssociationSourceType'));
    }
  }
}

/** HTTP and WebSocket APIs have Regional domains only; whether the resource is refused is not documented. */
function* edgeOf({ configurations }: DomainName): Iterable<Violation> {
  for (const { endpointType, location } of knownOr(configurations, [])) {
    if (endpointType === 'EDGE') {
      const instead = 'write REGIONAL, or use an AWS::ApiGateway::DomainName';
      yield {
        location: inside(location, 'EndpointType'),
        message: `EndpointType is EDGE, and HTTP and WebSocket APIs support Regional domains only; ${instead}`,
        severity: 'warning',
      };
    }
  }
}
