import { type AnyApi, type AnyRoute, type AnyStage, type LambdaTarget } from '../../../template/model/model';
import { outline, textKey } from '../../../template/model/text';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { InvokePermissions } from '../../queries/lambda-permissions';
import { type Rule, type Violation } from '../../rule';
import { listed, routeOf, stageLabel, isTold } from '../../queries/common';
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

/** The routes that may not invoke a function, and in which stages; no stages stand for all. */
interface Refused {
  readonly lambda: LambdaTarget;
  readonly stages: readonly AnyStage[];
  readonly routes: AnyRoute[];
}

const nameOf = ({ function: fn, text }: LambdaTarget): string => fn?.logicalId ?? String(text);

/** One violation a function and set of stages, however many routes it serves. */
function* routesWithout(api: AnyApi, permissions: InvokePermissions): Iterable<Violation> {
  const refused = new Map<string, Refused>();
  for (const route of routesOfApi(api)) {
    const lambda = invoked(route);
    if (!lambda) {
      continue;
    }
    const isRefused = !permissions.coverRoute(api, route, lambda);
    const stages = isRefused ? [] : permissions.stagesWithout(api, route, lambda);
    if (isRefused || stages.length > 0) {
      const invokes = `${textKey(lambda.text)}:${textKey(lambda.qualifier ?? '')}`;
      const key = JSON.stringify([invokes, stages.map(stageLabel)]);
      const entry = refused.get(key) ?? { lambda, stages, routes: [] };
      entry.routes.push(route);
      refused.set(key, entry);
    }
  }
  for (const one of refused.values()) {
    yield violationOf(api, one, permissions);
  }
}

/** The ids that the API may turn out to have; none if its id is known. */
const idsFor = (api: AnyApi, lambda: LambdaTarget, permissions: InvokePermissions): string[] =>
  api.reference && isTold(api) ? [] : permissions.idsFor(lambda);

function violationOf(api: AnyApi, { lambda, stages, routes }: Refused, permissions: InvokePermissions): Violation {
  const name = nameOf(lambda);
  const subject = `${listed(routes.map(routeOf))} may not invoke ${name}${lambda.qualifier ? `:${lambda.qualifier}` : ''}`;
  const ids = idsFor(api, lambda, permissions);
  const common = { location: routes[0].location, key: name };
  if (stages.length > 0) {
    return {
      ...common,
      message: `${subject} in ${listed(stages.map(stageLabel))}, which no permission names: every call returns 500`,
      // A route may be meant for some of the stages.
      ...(stages.length < api.stages.length && { severity: 'warning' }),
    };
  }
  // Once the API exists, its id can be written out.
  return ids.length > 0
    ? { ...common, message: `${subject}, unless its id is ${listed(ids)}`, severity: 'warning' }
    : { ...common, message: `${subject}: every call returns 500` };
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
        const { location, key, type, lambda, credentials } = authorizer;
        if (
          lambda &&
          type !== 'JWT' &&
          (asked.has(authorizer) || asked.has(UNKNOWN)) &&
          credentials === undefined &&
          !dependsOnStage(lambda) &&
          !permissions.coverAuthorizer(api, lambda, authorizer)
        ) {
          const name = nameOf(lambda);
          const ids = idsFor(api, lambda, permissions);
          yield {
            location,
            message: `authorizer "${key}" may not invoke ${name}${ids.length > 0 ? `, unless the id of its API is ${listed(ids)}` : ': every call returns 500'}`,
            key: name,
            ...(ids.length > 0 && { severity: 'warning' as const }),
          };
        }
      }
    }
  },
};
