import { type AnyApi, type AnyRoute, type AnyStage, type ApiModel } from '../../../template/model/model';
import { isLiteral } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, listed, resourceKey, routeOf } from '../../queries/common';
import { allApisOf, routesOfApi } from '../../queries/v2';
import { at } from '../../../lookup/named';

const WHOLE_VARIABLE = /^\$\{stageVariables\.([A-Za-z0-9_]+)\}$/;

interface Use {
  readonly fn: string;
  readonly name: string;
  readonly variable: string;
  readonly routes: AnyRoute[];
}

/** Functions whose version or alias is a stage variable, with the routes that say so. */
function usesOf(api: AnyApi): Use[] {
  const uses = new Map<string, Use>();
  for (const route of routesOfApi(api)) {
    const { integration } = route;
    const lambda = isKnown(integration) && integration.credentials === undefined ? integration.lambda : undefined;
    const variable = isLiteral(lambda?.qualifier) ? WHOLE_VARIABLE.exec(lambda.qualifier)?.[1] : undefined;
    if (lambda?.function && variable !== undefined) {
      const fn = resourceKey(lambda.function);
      const use = uses.get(`${fn}|${variable}`) ?? { fn, name: lambda.function.logicalId, variable, routes: [] };
      use.routes.push(route);
      uses.set(`${fn}|${variable}`, use);
    }
  }
  return [...uses.values()];
}

/** Versions and aliases of each function that some permission names; undefined if one of them is unknown. */
function granted(model: ApiModel): Map<string, Set<string> | undefined> {
  const found = new Map<string, Set<string> | undefined>();
  for (const { target } of model.permissions) {
    if (target?.function && target.qualifier !== undefined) {
      const key = resourceKey(target.function);
      const known = found.has(key) ? found.get(key) : new Set<string>();
      // An alias resource has a name that the model does not hold.
      found.set(key, isLiteral(target.qualifier) ? known?.add(target.qualifier) : undefined);
    }
  }
  return found;
}

function* check(model: ApiModel): Iterable<Violation> {
  const grants = granted(model);
  for (const api of allApisOf(model)) {
    for (const { fn, name, variable, routes } of usesOf(api)) {
      const allowed = grants.has(fn) ? grants.get(fn) : new Set<string>();
      const stages: readonly AnyStage[] = api.stages;
      const values = stages.flatMap(({ variables }) => {
        const value = isKnown(variables) ? at(variables, variable) : undefined;
        return isKnown(value) ? [value] : [];
      });
      const refused = [...new Set(values)].filter((value) => allowed !== undefined && !allowed.has(value));
      if (refused.length > 0) {
        yield {
          location: routes[0].location,
          message:
            `${listed(routes.map(routeOf))} invokes ${name}:\${stageVariables.${variable}}, ` +
            `but no permission names ${listed(refused.map((value) => `${name}:${value}`))}`,
          key: name,
        };
      }
    }
  }
}

export const rule: Rule = {
  id: 'ALL-AUTH34',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'API Gateway may invoke each alias that a stage variable names',
  why: 'A permission belongs to one alias. If the alias comes from a stage variable, each value needs its own permission; otherwise that stage returns 500.',
  fix: {
    library:
      'Use `RestIntegration.lambdaByStage({ dev: alias, prod: alias })` (`HttpIntegration`, `WebSocketIntegration`), ' +
      'which grants each alias.',
    l2:
      'Call `alias.addPermission("Api", { principal: new ServicePrincipal("apigateway.amazonaws.com"), sourceArn: ' +
      'api.arnForExecuteApi(…) })` for each alias that the variable names.',
    cloudFormation:
      'Add one `AWS::Lambda::Permission` with `FunctionName` `<function>:<alias>` for each value of the variable.',
  },
  link: guide('stage-variables'),
  check,
};
