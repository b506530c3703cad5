import { type AnyApi, type AnyRoute, type LambdaTarget } from '../../../template/model/model';
import { outline, textKey } from '../../../template/model/text';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { InvokePermissions } from '../../queries/lambda-permissions';
import { type Rule, type Violation } from '../../rule';
import { listed, routeOf } from '../../queries/common';
import { allApisOf, routesOfApi } from '../../queries/v2';

const dependsOnStage = (lambda: LambdaTarget): boolean =>
  [lambda.text, lambda.qualifier].some((text) => outline(text).includes('stageVariables'));

/** The function that the route invokes by its resource policy. */
function invoked({ integration }: AnyRoute): LambdaTarget | undefined {
  if (!isKnown(integration) || !integration.lambda || integration.credentials !== undefined) {
    return undefined;
  }
  return dependsOnStage(integration.lambda) ? undefined : integration.lambda;
}

/** One violation a function, however many routes it serves. */
function* routesWithout(api: AnyApi, permissions: InvokePermissions): Iterable<Violation> {
  const refused = new Map<string, { lambda: LambdaTarget; routes: AnyRoute[] }>();
  for (const route of routesOfApi(api)) {
    const lambda = invoked(route);
    if (lambda && !permissions.coverRoute(api, route, lambda)) {
      const key = `${textKey(lambda.text)}:${textKey(lambda.qualifier ?? '')}`;
      const entry = refused.get(key) ?? { lambda, routes: [] };
      entry.routes.push(route);
      refused.set(key, entry);
    }
  }
  for (const { lambda, routes } of refused.values()) {
    const name = lambda.function?.logicalId ?? String(lambda.text);
    yield {
      location: routes[0].location,
      message: `${listed(routes.map(routeOf))} may not invoke ${name}${lambda.qualifier ? `:${lambda.qualifier}` : ''}: every call returns 500`,
      key: name,
    };
  }
}

export const rule: Rule = {
  id: 'ALL-AUTH33',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'API Gateway may invoke every Lambda function that the API calls',
  why: 'Without a permission on the function (or credentials in the integration) the deployment succeeds, and every call returns 500 "Internal server error".',
  fix: {
    library:
      'Use `RestIntegration.lambda(fn)`, `HttpIntegration.lambda(fn)`, `WebSocketIntegration.lambda(fn)` and the ' +
      'Lambda authorizers, which add the permission.',
    l2:
      'Use `LambdaIntegration`, `HttpLambdaIntegration` or `WebSocketLambdaIntegration`, which add the permission; ' +
      'for an imported function set `sameEnvironment: true` in `Function.fromFunctionAttributes(…)`.',
    cloudFormation:
      'Add an `AWS::Lambda::Permission` for the same function and alias, principal apigateway.amazonaws.com, with a ' +
      '`SourceArn` that covers the route; or set `Credentials` (`CredentialsArn`) of the integration.',
  },
  link: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
  *check(model) {
    const permissions = new InvokePermissions(model);
    const asked = new Set<unknown>(
      allApisOf(model).flatMap((api) => routesOfApi(api).map((route) => route.authorizer)),
    );
    for (const api of allApisOf(model)) {
      yield* routesWithout(api, permissions);
      for (const authorizer of api.authorizers) {
        const { location, key, lambda, credentials } = authorizer;
        if (
          lambda &&
          (asked.has(authorizer) || asked.has(UNKNOWN)) &&
          credentials === undefined &&
          !dependsOnStage(lambda) &&
          !permissions.coverAuthorizer(api, lambda, location.template)
        ) {
          const name = lambda.function?.logicalId ?? String(lambda.text);
          yield { location, message: `authorizer "${key}" may not invoke ${name}: every call returns 500`, key: name };
        }
      }
    }
  },
};
