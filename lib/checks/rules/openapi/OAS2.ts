import { type Rule } from '../../rule';
import { guide, listed } from '../../queries/common';

export const rule: Rule = {
  id: 'OAS2',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'The security of an operation is one that API Gateway enforces',
  why:
    'A security scheme without `x-amazon-apigateway-authorizer` (or `-authtype: awsSigv4`) is documentation to API Gateway. Operations that name it alone ' +
    'are open, whatever the document promises.',
  fix: {
    library: 'Map the scheme to an authorizer in `RestGateway.fromOpenApi(…)` or `HttpGateway.fromOpenApi(…)`.',
    l2: 'Write `x-amazon-apigateway-authorizer` into the security scheme of the document that `ApiDefinition` takes.',
    cloudFormation: 'Write `x-amazon-apigateway-authorizer` into the security scheme of the Body.',
  },
  link: guide('api-gateway-swagger-extensions-authorizer'),
  sameAs: { checkov: ['CKV_OPENAPI_5'] },
  *check(model) {
    for (const { securityGaps } of [...model.restApis, ...model.httpApis]) {
      for (const { scheme, defined, operations, location } of securityGaps) {
        yield {
          location,
          message: `${listed(operations)} names security scheme "${scheme}", ${defined ? 'which has no authorizer' : 'which is not in the document'}`,
          ...(!defined && { severity: 'warning' }),
        };
      }
    }
  },
};
