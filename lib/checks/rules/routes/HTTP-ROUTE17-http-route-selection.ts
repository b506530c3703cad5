import { HTTP_ROUTE_SELECTIONS } from '../../../facts/http-integrations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-ROUTE17',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API selects the route by method and path',
  why: `For HTTP APIs, API Gateway accepts only \`${HTTP_ROUTE_SELECTIONS[0]}\`. It rejects any other expression, and the stack rolls back.`,
  fix: {
    library: 'Omit the expression, as the gateway does.',
    l2: 'Omit `routeSelectionExpression` on the `HttpApi`.',
    cloudFormation: 'Omit `RouteSelectionExpression` on the `AWS::ApiGatewayV2::Api`.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { routeSelectionExpression: expression, location } of model.httpApis) {
      if (isKnown(expression) && !HTTP_ROUTE_SELECTIONS.includes(expression)) {
        yield {
          location: inside(location, 'RouteSelectionExpression'),
          message: `RouteSelectionExpression is "${expression}", but must be "${HTTP_ROUTE_SELECTIONS[0]}"`,
        };
      }
    }
  },
};
