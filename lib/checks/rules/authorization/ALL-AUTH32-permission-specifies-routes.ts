import { type Rule } from '../../rule';
import { inside } from '../../queries/common';
import { outline, type Text } from '../../../template/model/text';

/** Behind the id of the API: any stage, any method, any path. */
const EVERY_ROUTE = /^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]+\/\*(\/\*){0,2}$/;

const isForEveryRoute = (sourceArn: Text | undefined): boolean => EVERY_ROUTE.test(outline(sourceArn));

export const rule: Rule = {
  id: 'ALL-AUTH32',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'info',
  title: 'A permission for API Gateway specifies its routes',
  why: 'With `/*/*`, every route of the API may invoke the function, including one that points at it by mistake or is added later without an authorizer.',
  fix: {
    library:
      'Use `RestIntegration.lambda(fn)`, `HttpIntegration.lambda(fn)` or `WebSocketIntegration.lambda(fn)`, which ' +
      'grant access to exactly their routes.',
    l2:
      'Keep `scopePermissionToMethod` of the `LambdaIntegration` and `scopePermissionToRoute` of the ' +
      '`HttpLambdaIntegration` enabled, or specify the method, path and stage in `api.arnForExecuteApi(…)` (the ' +
      'route and stage in `arnForExecuteApiV2` for a `WebSocketApi`).',
    cloudFormation:
      'Specify the stage, method and path in the `SourceArn` of the `AWS::Lambda::Permission`, e.g. ' +
      '`…:<api>/prod/GET/orders`, or the stage and route key for a WebSocket API: `…:<api>/prod/$connect`.',
  },
  link: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
  *check(model) {
    for (const { principal, sourceArn, location } of model.permissions) {
      if (principal === 'apigateway.amazonaws.com' && isForEveryRoute(sourceArn)) {
        yield { location: inside(location, 'SourceArn'), message: `every route may invoke it: ${String(sourceArn)}` };
      }
    }
  },
};
