import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { type IMappableApi } from '../domain/api';
import { type RouteArn } from '../integrations/source-arn';

/**
 * What gateways of all kinds have, made here or imported.
 * @internal
 */
export interface GatewayMembers extends IMappableApi {
  /**
   * URL of the API's only stage; see `urlForStage`.
   *
   * @throws where there are several stages
   */
  readonly url: string;

  /**
   * URL of a stage: on its domain; where it has none, on the default endpoint. The same as `stage(name).url`.
   *
   * @param name key of the `stages` map
   */
  urlForStage(name: string): string;
}

/**
 * What stages of all kinds have, made here or imported.
 * @internal
 */
export interface StageMembers {
  /**
   * Its key in the `stages` map.
   */
  readonly key: string;

  /**
   * Name of the stage. Of a stage that is made here a reference, so that who uses it comes after the stage.
   */
  readonly stageName: string;

  /**
   * URL of the stage: on its domain; where it has none, on the default endpoint. HTTPS URLs have a slash at the end.
   */
  readonly url: string;

  /**
   * The log group of the access log.
   *
   * @throws where the log goes to a stream, or of an import that was not given one
   */
  readonly accessLogGroup: ILogGroup;
}

/**
 * What routes of all kinds have, made here or imported.
 * @internal
 */
export interface RouteMembers {
  /**
   * Its key in the `routes` map, e.g. `GET /orders/{id}` or `$connect`.
   */
  readonly key: string;

  /**
   * The ARN that policies know the route by, with `*` for what is not known: path variables, and the stage unless the route
   * comes from one (`onStage`).
   */
  readonly arn: string;
}

/** What a handle of a stage is made from; what is costly or not always there is asked for only when it is read. */
export interface StageSource<S, C> {
  readonly key: string;
  readonly stageName: string;
  /** What metrics know it by; may be another reference to the same name. */
  readonly metricName: string;
  readonly detailedMetrics: boolean;
  readonly url: string;
  readonly accessLogGroup: ILogGroup;
  readonly cfnStage: C;
  readonly stage: S;
}

/** What a handle of a route is made from. */
export interface RouteSource {
  readonly key: string;
  readonly arn: RouteArn;
  /** How CloudWatch knows the route. */
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
  /** What CloudWatch knows the API by. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What the handle of a stage is made from. @throws if it is not there */
  stageSource<S>(key: string, stageImport: StageImport<S>): StageSource<S, C>;
}

/** What a gateway, made here or imported, knows of its stages and routes. */
export interface Sources<G, S, C> {
  readonly gateway: G;
  readonly api: ApiSource;
  /** @throws if it is not there */
  readonly stageOf: (key: string) => StageSource<S, C>;
  /** @throws if it is not there */
  readonly routeOf: (key: string) => RouteSource;
}

/** The stage as the CDK imports it. */
export type StageImport<S> = (key: string, stageName: string) => S;

/** The dimensions of a stage. */
export function stageDimensions(api: ApiSource, { metricName }: StageSource<unknown, unknown>): Record<string, string> {
  return { ...api.dimensions, Stage: metricName };
}

/**
 * The dimensions of a route on a stage; of the only one where none is said.
 * @throws where there are several, or it has no metrics of routes
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
      `metrics of a route are kept for each stage, and there are ${stageKeys.length}; write route.onStage('${stageKeys[0] ?? 'prod'}')`,
    );
  }
  const of = stage ?? stageOf(stageKeys[0]);
  if (!of.detailedMetrics) {
    throw where.error(`stage "${of.key}" has no metrics of routes, since its detailedMetrics is false; leave that out`);
  }
  return { ...stageDimensions(api, of), Method: route.method, Resource: route.resource };
}

/** The ARN of a route on a stage, or on all of them. */
export function arnOfRoute(api: ApiSource, { arn }: RouteSource, stage?: StageSource<unknown, unknown>): string {
  return `${api.arn}/${stage?.stageName ?? '*'}/${arn.method}${arn.path}`;
}

/** The handle of a stage, made once. It stands below a construct of its own: keys are free, ids are not. */
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
 * The handle of a route, made once. It knows its stack, but is no part of the tree, which each synthesis goes through many
 * times: an API has a thousand routes. Nothing can be put below it.
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

/** CDK takes a slash in ids for `--`, which another key may have. */
const idOf = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
