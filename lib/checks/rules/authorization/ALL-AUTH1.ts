import { type AnyApi, type AnyRoute } from '../../../template/model';
import { type Rule } from '../../rule';
import { guide, isOpen, isPreflight, onRoute } from '../../support';
import { allRoutesOf } from '../../v2-support';

/** Whether the service could ask for an identity here, and nothing else speaks of the route. */
function isToAsk(api: AnyApi, route: AnyRoute): boolean {
  switch (api.kind) {
    case 'rest':
      // With a key it is a finding of REST-AUTH2; a preflight carries no credentials by definition.
      return !isPreflight(route) && route.apiKeyRequired !== true;
    case 'http':
      return !isPreflight(route) || api.corsConfiguration === undefined;
    case 'websocket':
      // The connection is authorized as a whole, when it is opened.
      return 'routeKey' in route && route.routeKey === '$connect';
  }
}

export const rule: Rule = {
  id: 'ALL-AUTH1',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Every route asks the caller for an identity',
  why: 'A route without authorization answers anybody who knows its URL. Forgotten ones are found by scanners, not by tests.',
  fix:
    'Set `defaultAuthorizer` on the gateway, or `authorizer` on the route (`RestAuthorizer`, `HttpAuthorizer` or `WebSocketAuthorizer`, e.g. `.jwt(…)`, `.iam()`). ' +
    'In CloudFormation: `AuthorizationType` and `AuthorizerId` of the method or route (of a WebSocket API: of `$connect`), or `security` of the OpenAPI ' +
    'operation. ' +
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
    for (const { api, route } of allRoutesOf(model)) {
      if (isOpen(route) && isToAsk(api, route)) {
        yield onRoute(route, 'has no authorization: anybody can call it');
      }
    }
  },
};
