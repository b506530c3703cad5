import { HTTP_ROUTE_SELECTIONS } from '../../../facts/http-integrations';
import { isKnown } from '../../../template/model/value';
import { type Rule } from '../../rule';
import { cloudFormation, inside } from '../../queries/common';

export const rule: Rule = {
  id: 'HTTP-ROUTE17',
  appliesTo: ['http'],
  severity: 'error',
  title: 'An HTTP API picks the route by method and path',
  why: `API Gateway takes \`${HTTP_ROUTE_SELECTIONS[0]}\` for HTTP APIs alone. It refuses any other, and the stack rolls back.`,
  fix: {
    library: 'Leave the expression out, as the gateway does.',
    l2: 'Leave `routeSelectionExpression` of the `HttpApi` out.',
    cloudFormation: 'Leave `RouteSelectionExpression` of the `AWS::ApiGatewayV2::Api` out.',
  },
  link: cloudFormation('resource-apigatewayv2-api'),
  *check(model) {
    for (const { routeSelectionExpression: expression, location } of model.httpApis) {
      if (isKnown(expression) && !HTTP_ROUTE_SELECTIONS.includes(expression)) {
        yield {
          location: inside(location, 'RouteSelectionExpression'),
          message: `RouteSelectionExpression is "${expression}", and must be "${HTTP_ROUTE_SELECTIONS[0]}"`,
        };
      }
    }
  },
};
