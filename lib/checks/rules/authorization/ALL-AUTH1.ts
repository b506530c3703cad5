import { type Rule } from '../../rule';
import { guide, isOpen, isPreflight, methodsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-AUTH1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'Every route asks the caller for an identity',
  why: 'A method without authorization answers anybody who knows its URL. Forgotten ones are found by scanners, not by tests.',
  fix:
    'Set `defaultAuthorizer` on the gateway, or `authorizer` on the route (`RestAuthorizer.cognito(…)`, `.jwt(…)`, `.iam()`, `.lambdaRequest(…)`). ' +
    'In CloudFormation: `AuthorizationType` and `AuthorizerId` of the method, or `security` of the OpenAPI operation. ' +
    'Where the route is open on purpose, acknowledge it: `ApiGateway::ALL-AUTH1[GET /health]` for one route, `ApiGateway::ALL-AUTH1` for all.',
  link: guide('apigateway-control-access-to-api'),
  sameAs: {
    'cdk-nag': ['AwsSolutions-APIG4'],
    checkov: ['CKV_AWS_59', 'CKV_AWS_309'],
    trivy: ['AWS-0004'],
    kics: ['1056dfbb'],
    'cfn-nag': ['W59'],
    terrascan: ['AC_AWS_0439'],
    'security-hub': ['APIGateway.8'],
    'aws-config': ['api-gwv2-authorization-type-configured'],
    'control-tower': ['CT.APIGATEWAY.PR.5'],
  },
  *check(model) {
    for (const { method } of methodsOf(model)) {
      // With a key it is a finding of REST-AUTH2; a preflight carries no credentials by definition.
      if (isOpen(method) && !isPreflight(method) && method.apiKeyRequired !== true) {
        yield onMethod(method, 'has no authorization: anybody can call it');
      }
    }
  },
};
