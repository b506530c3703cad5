import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-NET5',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A private API is associated with its VPC endpoints',
  why:
    'Without an association, callers need private DNS on the endpoint (which makes all public APIs of the Region ' +
    'unreachable from the VPC), or a `Host` or `x-apigw-api-id` header in every request.',
  fix: {
    library: 'Give the gateway `vpcEndpoints`.',
    l2:
      'Set `vpcEndpoints` in `endpointConfiguration` of the `RestApi`; a caller then uses ' +
      '`https://<api>-<endpoint>.execute-api…`.',
    cloudFormation:
      'Set `VpcEndpointIds` in the `EndpointConfiguration`; a caller then uses `https://<api>-<endpoint>.execute-api…`.',
  },
  link: guide('associate-private-api-with-vpc-endpoint'),
  *check(model) {
    for (const { endpointTypes, vpcEndpointIds, form, location } of model.restApis) {
      const isPrivate = form !== 'opaque' && knownAnd(endpointTypes, (types) => types.includes('PRIVATE'));
      if (isPrivate && knownAnd(vpcEndpointIds, (ids) => ids.length === 0)) {
        yield { location, message: 'the API is private but is not associated with a VPC endpoint' };
      }
    }
  },
};
