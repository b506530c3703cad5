import { type Rule } from '../../rule';
import { cloudFormation, inside, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-NET4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private API is dual-stack',
  why: 'For private APIs, API Gateway accepts only `dualstack` and rejects `ipv4`.',
  fix: {
    library: 'Omit `ipAddressType`.',
    l2: 'Set `ipAddressType: IpAddressType.DUAL_STACK` in `endpointConfiguration`, or omit it.',
    cloudFormation: 'Set `IpAddressType: dualstack` in the `EndpointConfiguration`, or omit it.',
  },
  link: cloudFormation('properties-apigateway-restapi-endpointconfiguration'),
  *check(model) {
    for (const { endpointTypes, ipAddressType, location } of model.restApis) {
      if (ipAddressType === 'ipv4' && knownAnd(endpointTypes, (types) => types.includes('PRIVATE'))) {
        yield {
          location: inside(location, 'EndpointConfiguration', 'IpAddressType'),
          message: 'the API is private, but its IpAddressType is ipv4',
        };
      }
    }
  },
};
