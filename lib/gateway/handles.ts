import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type IMappableApi } from '../domain/api';
import { type RouteArn } from '../integrations/source-arn';

/**
 * What gateways of all kinds have, of this app or imported.
 * @internal
 */
export interface GatewayMembers extends IMappableApi {
  /**
   * URL of the API's only stage; see `urlForStage`.
   *
   * @throws if there are several stages
   */
  readonly url: string;

  /**
   * URL of a stage: on its domain, or on the default endpoint if it has none. The same as `stage(name).url`.
   *
   * @param name key of the `stages` map
   */
  urlForStage(name: string): string;
}

/**
 * What stages of all kinds have, of this app or imported.
 * @internal
 */
export interface StageMembers {
  /**
   * Its key in the `stages` map.
   */
  readonly key: string;

  /**
   * Name of the stage. For a stage of this app it is a reference, so resources that use it come after the stage.
   */
  readonly stageName: string;

  /**
   * URL of the stage: on its domain, or on the default endpoint if it has none. HTTPS URLs have a trailing slash.
   */
  readonly url: string;

  /**
   * The log group of the access log.
   *
   * @throws if the log goes to a stream, or an import was not given one
   */
  readonly accessLogGroup: ILogGroup;
}

/**
 * What routes of all kinds have, of this app or imported.
 * @internal
 */
export interface RouteMembers {
  /**
   * Its key in the `routes` map, e.g. `GET /orders/{id}` or `$connect`.
   */
  readonly key: string;

  /**
   * The ARN of the route for policies, with `*` for unknown parts: path variables, and the stage unless the route was taken from
   * one (`onStage`).
   */
  readonly arn: string;
}

/** The data behind the handle of a stage; costly or optional parts are computed only when read. */
export interface StageSource<S, C> {
  readonly key: string;
  readonly stageName: string;
  /** Its name in metrics; may be another reference to the same name. */
  readonly metricName: string;
  readonly detailedMetrics: boolean;
  readonly url: string;
  readonly accessLogGroup: ILogGroup;
  readonly cfnStage: C;
  readonly stage: S;
}

/** The data behind the handle of a route. */
export interface RouteSource {
  readonly key: string;
  readonly arn: RouteArn;
  /** The route's name in CloudWatch. */
  readonly method: string;
  readonly resource: string;
}

/** What a stage or route needs of its API. */
export interface ApiSource<C = unknown> {
  readonly owner: Owner;
  /** `arn:…:execute-api:region:account:api`. */
  readonly arn: string;
  /** Keys of the stages. */
  readonly stageKeys: readonly string[];
  /** What identifies the API in CloudWatch. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The data behind the handle of a stage. @throws if it does not exist */
  stageSource<S>(key: string, stageImport: StageImport<S>): StageSource<S, C>;
}

/** What a gateway, of this app or imported, knows about its stages and routes. */
export interface Sources<G, S, C> {
  readonly gateway: G;
  readonly api: ApiSource;
  /** @throws if it does not exist */
  readonly stageOf: (key: string) => StageSource<S, C>;
  /** @throws if it does not exist */
  readonly routeOf: (key: string) => RouteSource;
}

/** The stage as the CDK imports it. */
export type StageImport<S> = (key: string, stageName: string) => S;

/** The dimensions of a stage. */
export function stageDimensions(api: ApiSource, { metricName }: StageSource<unknown, unknown>): Record<string, string> {
  return { ...api.dimensions, Stage: metricName };
}

/**
 * The dimensions of a route on a stage; the only one by default.
 * @throws if there are several, or it has no metrics of routes
 */
export function routeDimensions(
  api: ApiSource,
  route: RouteSource,
  stage: StageSource<unknown, unknown> | undefined,
  stageOf: (key: string) => StageSource<unknown, unknown>,
): Record<string, string> {
  const { owner, stageKeys } = api;
  const where = owner.part(`route "${route.key}"`);
  if (!stage && stageKeys.length !== 1) {
    throw where.error(
      `metrics of a route are recorded per stage, and there are ${stageKeys.length}; write route.onStage('${stageKeys[0] ?? 'prod'}')`,
    );
  }
  const of = stage ?? stageOf(stageKeys[0]);
  if (!of.detailedMetrics) {
    throw where.error(`stage "${of.key}" has no metrics of routes, since its detailedMetrics is false; remove that`);
  }
  return { ...stageDimensions(api, of), Method: route.method, Resource: route.resource };
}

/** The ARN of a route on a stage, or on all of them. */
export function arnOfRoute(api: ApiSource, { arn }: RouteSource, stage?: StageSource<unknown, unknown>): string {
  return `${api.arn}/${stage?.stageName ?? '*'}/${arn.method}${arn.path}`;
}

/** The handle of a stage, created once. It is below a separate construct: keys are free, IDs are not. */
export function stageHandle<T extends Construct>(
  scope: Construct,
  key: string,
  make: (scope: Construct, id: string) => T,
): T {
  const within = (scope.node.tryFindChild('Stages') as Construct | undefined) ?? new Construct(scope, 'Stages');
  const id = idOf(key);
  return (within.node.tryFindChild(id) as T | undefined) ?? make(within, id);
}

const routes = new WeakMap<Construct, Map<string, Construct>>();

/**
 * The handle of a route, created once. It knows its stack, but is not part of the tree, which each synthesis walks many times: an
 * API may have a thousand routes. Nothing can be added below it.
 */
export function routeHandle<T extends Construct>(
  scope: Construct,
  key: string,
  make: (scope: Construct, id: string) => T,
): T {
  const known = routes.get(scope) ?? new Map<string, Construct>();
  routes.set(scope, known);
  const found = known.get(key) as T | undefined;
  if (found) return found;
  const id = `Route of ${idOf(key)}`;
  const made = make(scope, id);
  scope.node.tryRemoveChild(id);
  made.node.lock();
  known.set(key, made);
  return made;
}

/** CDK converts a slash in IDs to `--`, which another key may have. */
const idOf = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
