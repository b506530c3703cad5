import { type Rule } from '../../rule';
import { cloudFormation, inside, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-NET4',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private API is dual-stack',
  why: 'API Gateway takes `dualstack` only for private APIs, and refuses `ipv4`.',
  fix: {
    library: 'Leave `ipAddressType` out.',
    l2: 'Set `ipAddressType: IpAddressType.DUAL_STACK` in `endpointConfiguration`, or leave it out.',
    cloudFormation: 'Set `IpAddressType: dualstack` in the `EndpointConfiguration`, or leave it out.',
  },
  link: cloudFormation('properties-apigateway-restapi-endpointconfiguration'),
  *check(model) {
    for (const { endpointTypes, ipAddressType, location } of model.restApis) {
      if (ipAddressType === 'ipv4' && knownAnd(endpointTypes, (types) => types.includes('PRIVATE'))) {
        yield {
          location: inside(location, 'EndpointConfiguration', 'IpAddressType'),
          message: 'the API is private, and its IpAddressType is ipv4',
        };
      }
    }
  },
};
