import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

export const rule: Rule = {
  id: 'REST-NET6',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'An API states its endpoint type',
  why:
    'Without a type the API is edge-optimized: public, behind a CloudFront distribution that you cannot see or ' +
    'configure, with its certificate in us-east-1. Few users choose this deliberately.',
  fix: {
    library: 'Set `endpointType`, or omit it: the gateway is then Regional.',
    l2: 'Set `endpointConfiguration: { types: [EndpointType.REGIONAL] }` on the `RestApi` (or `EndpointType.PRIVATE`).',
    cloudFormation:
      'Set `EndpointConfiguration: { Types: [REGIONAL] }` (or `PRIVATE`) on the `AWS::ApiGateway::RestApi`.',
  },
  link: guide('api-gateway-api-endpoint-types'),
  sameAs: { kics: ['4a8daf95'], terrascan: ['AC_AWS_0011'], 'aws-config': ['api-gw-endpoint-type-check'] },
  *check(model) {
    for (const { form, endpointTypes, location } of model.restApis) {
      if (form !== 'opaque' && knownAnd(endpointTypes, (types) => types.length === 0)) {
        yield { location, message: 'the API does not state its endpoint type, and is edge-optimized' };
      }
    }
  },
};
