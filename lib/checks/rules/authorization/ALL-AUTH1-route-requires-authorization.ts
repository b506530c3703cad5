import {
  type AnyRoute,
  type ApiModel,
  type HttpApi,
  type Method,
  type RestApi,
  type V2Route,
} from '../../../template/model/model';
import { callersOf } from '../../queries/callers';
import { isCatchAll } from '../../queries/catch-all';
import { type Rule, type Violation } from '../../rule';
import { guide, isOpen, isPreflight, mayBePreflight, onRoute } from '../../queries/common';

// With a key it is a finding of REST-AUTH2; a preflight carries no credentials by definition.
const isMethodToAsk = (method: Method): boolean => !mayBePreflight(method) && method.apiKeyRequired !== true;

/** A route that takes every other path too is a finding of HTTP-AUTH3. */
const isRouteToAsk =
  ({ corsConfiguration }: HttpApi) =>
  (route: V2Route): boolean =>
    !isCatchAll(route) && (!isPreflight(route) || corsConfiguration === undefined);

export const rule: Rule = {
  id: 'ALL-AUTH1',
  appliesTo: ['rest', 'http'],
  severity: 'error',
  title: 'Every route requires authorization',
  why: 'Anyone who knows the URL can call a route without authorization. Scanners find such routes; tests do not.',
  fix: {
    library:
      'Set `defaultAuthorizer` on the gateway, or `authorizer` on the route (`RestAuthorizer` or `HttpAuthorizer`, ' +
      'e.g. `.jwt(…)`, `.iam()`). If it is open on purpose, acknowledge `ApiGateway::ALL-AUTH1[GET /health]` for one ' +
      'route, `ApiGateway::ALL-AUTH1` for all.',
    l2:
      'Set `authorizer` (or `authorizationType: AuthorizationType.IAM`) in `defaultMethodOptions` of the `RestApi` ' +
      'or in `addMethod(…)`; for an `HttpApi` set `defaultAuthorizer`, or `authorizer` in `addRoutes(…)`. If it is ' +
      'open on purpose, acknowledge `ApiGateway::ALL-AUTH1[GET /health]` for one route, `ApiGateway::ALL-AUTH1` for ' +
      'all.',
    cloudFormation:
      'Set `AuthorizationType` and `AuthorizerId` on the method or route, or `security` of the OpenAPI operation. If ' +
      'it is open on purpose, acknowledge `ALL-AUTH1[GET /health]` for one route, `ALL-AUTH1` for all.',
  },
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
    for (const api of model.restApis) {
      yield* onOpen(model, api, api.methods.filter(isMethodToAsk));
    }
    for (const api of model.httpApis) {
      yield* onOpen(model, api, api.routes.filter(isRouteToAsk(api)));
    }
  },
};

function* onOpen(model: ApiModel, api: RestApi | HttpApi, routes: readonly AnyRoute[]): Iterable<Violation> {
  const callers = callersOf(model, api);
  for (const route of routes.filter(isOpen)) {
    const { message, severity } = callers(route);
    yield { ...onRoute(route, `has no authorization: ${message}`), ...(severity && { severity }) };
  }
}
