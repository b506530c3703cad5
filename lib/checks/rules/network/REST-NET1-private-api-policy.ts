import { knownAnd, guide } from '../../queries/common';
import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'REST-NET1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A private API has a resource policy',
  why: 'Without a policy that names the VPC endpoints or VPCs, API Gateway rejects every call to a private API, and also its deployment.',
  fix: {
    library: 'Give the gateway `vpcEndpoints`, and it writes the policy; or `access: [RestAccess.onlyVpcs([vpc])]`.',
    l2: 'Set `policy` on the `RestApi`, or call `api.grantInvokeFromVpcEndpointsOnly([endpoint])`.',
    cloudFormation: 'Set `Policy` on the RestApi, or `x-amazon-apigateway-policy` in the Body.',
  },
  link: guide('apigateway-private-api-create'),
  *check(model) {
    for (const { endpointTypes, form, policy, location } of model.restApis) {
      if (form !== 'opaque' && policy === undefined && knownAnd(endpointTypes, (types) => types.includes('PRIVATE'))) {
        yield { location, message: 'the API is private and has no resource policy: every call is rejected' };
      }
    }
  },
};
