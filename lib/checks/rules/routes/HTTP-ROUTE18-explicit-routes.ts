import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-ROUTE18',
  appliesTo: ['http'],
  severity: 'warning',
  title: 'The routes of an HTTP API are defined explicitly',
  why: 'With `Target`, API Gateway creates an integration, a route and a stage itself: the route `$default` matches every path, and none of them is in the template.',
  fix: {
    library:
      'Define the routes: `routes: { "$default": { integration: HttpIntegration.lambda(fn) } }` of an `HttpGateway`.',
    l2:
      'Define the routes with `addRoutes(…)`, or set `defaultIntegration` on the `HttpApi`, instead of `target` and ' +
      '`routeKey` of a `CfnApi`.',
    cloudFormation:
      'Add an `AWS::ApiGatewayV2::Integration`, an `AWS::ApiGatewayV2::Route` and an `AWS::ApiGatewayV2::Stage` instead ' +
      'of `Target` and `RouteKey`.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { quickCreate, quickWithoutTarget, routes, location } of model.httpApis) {
      for (const name of quickWithoutTarget) {
        yield {
          location: inside(location, name),
          message: `${name} is for quick create, and creates nothing without Target`,
        };
      }
      const made = routes.find(({ implicit }) => implicit === true);
      if (quickCreate) {
        yield {
          location: quickCreate.location,
          message: `Target makes API Gateway create the route ${made && typeof made.routeKey === 'string' ? made.routeKey : '$default'} and a stage`,
        };
      }
    }
  },
};
