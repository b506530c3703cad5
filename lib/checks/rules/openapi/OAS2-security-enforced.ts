import { type Rule } from '../../rule';
import { guide, listed } from '../../queries/common';

export const rule: Rule = {
  id: 'OAS2',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'API Gateway enforces the security of an operation',
  why:
    'A security scheme without `x-amazon-apigateway-authorizer` (or `-authtype: awsSigv4`) is only documentation for ' +
    'API Gateway. Operations that use only such a scheme are open, whatever the document says.',
  fix: {
    library: 'Map the scheme to an authorizer in `RestGateway.fromOpenApi(…)` or `HttpGateway.fromOpenApi(…)`.',
    l2: 'Add `x-amazon-apigateway-authorizer` to the security scheme of the document that `ApiDefinition` reads.',
    cloudFormation: 'Add `x-amazon-apigateway-authorizer` to the security scheme of the Body.',
  },
  link: guide('api-gateway-swagger-extensions-authorizer'),
  sameAs: { checkov: ['CKV_OPENAPI_5'] },
  *check(model) {
    for (const { securityGaps } of [...model.restApis, ...model.httpApis]) {
      for (const { scheme, defined, operations, location } of securityGaps) {
        yield {
          location,
          message: `${listed(operations)} uses security scheme "${scheme}", ${defined ? 'which has no authorizer' : 'which is not in the document'}`,
          ...(!defined && { severity: 'warning' }),
        };
      }
    }
  },
};
