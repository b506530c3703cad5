import { type CfnResource, Validations } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { type JsonSchema } from '../json-schema/json-schema';
import { suggest } from '../lookup/nearest';

/** A route of any kind. */
export interface KeyedRoute {
  readonly route: { readonly key: string };
}

/** @throws if the route does not exist */
export function findRoute<R extends KeyedRoute>(key: string, routes: readonly R[], owner: Owner): R {
  // Often the one that was added last.
  for (let index = routes.length - 1; index >= 0; index--) if (routes[index].route.key === key) return routes[index];
  const keys = routes.map(({ route }) => route.key);
  throw owner.error(`there is no route "${key}" (yet).${suggest(key, keys)}`);
}

/** Warns of what models lose of the schemas of routes, once for each schema. */
export function warnOfSchemas(api: CfnResource, schemas: ReadonlyMap<JsonSchema, string>): void {
  for (const [schema, route] of schemas) {
    schema._warnings.forEach((warning, index) =>
      Validations.of(api).addWarning(
        `JsonSchema-${schema._modelName ?? route}-${index + 1}`,
        `route "${route}": ${warning}`,
      ),
    );
  }
}
