import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Owner } from '../authoring/errors';
import { type RouteArn } from '../integrations/source-arn';
import { suggest } from '../lookup/nearest';
import { findRoute, type KeyedRoute } from './routes';

/** Routes and stages by their keys; all if none are named. */
export interface GrantSelection {
  readonly routes?: readonly string[];
  readonly stages?: readonly string[];
}

/** The data behind the grants of a gateway. */
export interface GrantContext<R extends KeyedRoute, S> {
  readonly owner: Owner;
  readonly routes: readonly R[];
  readonly stages: Readonly<Record<string, S>>;
  /** `arn:…:execute-api:region:account:api`. */
  readonly arn: string;
}

/** Grants an action on routes and stages. */
export function grantOnRoutes<R extends KeyedRoute, S extends { readonly reference: string }>(
  grantee: IGrantable,
  action: string,
  selection: GrantSelection,
  context: GrantContext<R, S>,
  arnOf: (route: R) => RouteArn,
): Grant {
  const stages = selection.stages ? selectedStages(selection.stages, context).map(({ reference }) => reference) : ['*'];
  const paths = selection.routes
    ? selectedRoutes(selection.routes, context)
        .map(arnOf)
        .map(({ method, path }) => `${method}${path}`)
    : ['*'];
  return Grant.addToPrincipal({
    grantee,
    actions: [action],
    resourceArns: stages.flatMap((stage) => paths.map((path) => `${context.arn}/${stage}/${path}`)),
  });
}

/** The named routes; empty if none are named, which means all. */
export function selectedRoutes<R extends KeyedRoute>(
  keys: readonly string[] | undefined,
  { routes, owner }: Pick<GrantContext<R, unknown>, 'routes' | 'owner'>,
): readonly R[] {
  if (keys?.length === 0) throw owner.error('routes is empty, so nothing would be granted; remove it for all routes');
  return (keys ?? []).map((key) => findRoute(key, routes, owner));
}

/** The named stages, otherwise all. @throws if one does not exist */
export function selectedStages<S>(
  keys: readonly string[] | undefined,
  { stages, owner }: Pick<GrantContext<KeyedRoute, S>, 'stages' | 'owner'>,
): readonly S[] {
  if (keys?.length === 0) throw owner.error('stages is empty, so nothing would be granted; remove it for all stages');
  return (keys ?? Object.keys(stages)).map((key) => {
    if (!Object.hasOwn(stages, key))
      throw owner.error(`there is no stage "${key}".${suggest(key, Object.keys(stages))}`);
    return stages[key];
  });
}
