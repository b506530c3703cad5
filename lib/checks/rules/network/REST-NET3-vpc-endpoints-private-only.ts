import { type Rule } from '../../rule';
import { cloudFormation, inside, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-NET3',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Only a private API has VPC endpoints',
  why: 'API Gateway rejects the API: "VPCEndpoints can only be specified with PRIVATE apis".',
  fix: {
    library: 'Set `endpointType: RestEndpointType.PRIVATE`, or omit `vpcEndpoints`.',
    l2: 'Set `endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints }`, or omit `vpcEndpoints`.',
    cloudFormation: 'Set `Types: [PRIVATE]` in `EndpointConfiguration`, or omit `VpcEndpointIds`.',
  },
  link: cloudFormation('properties-apigateway-restapi-endpointconfiguration'),
  *check(model) {
    for (const { endpointTypes, vpcEndpointIds, location } of model.restApis) {
      const isPublic = knownAnd(endpointTypes, (types) => !types.includes('PRIVATE'));
      if (isPublic && knownAnd(vpcEndpointIds, (ids) => ids.length > 0)) {
        yield {
          location: inside(location, 'EndpointConfiguration', 'VpcEndpointIds'),
          message: 'the API has VPC endpoints, but its endpoint type is not PRIVATE',
        };
      }
    }
  },
};
