import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';
import { STAGE_NAME } from '../facts/names';
import { type AccessLogOptions } from '../operate/access-log';
import { validateStageVariables } from '../stages/stage-variables';
import { DEFAULT_THROTTLE, type ThrottleOptions, validateThrottle } from '../stages/throttle';

/**
 * Options of a stage, whatever the kind of its API.
 * @internal
 */
export interface StageBaseOptions {
  /**
   * Description of the stage.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Stage variables: names of A-Z a-z 0-9 and _, values without spaces, up to 512 characters. Not for secrets.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };

  /**
   * The access log.
   *
   * @default - JSON to a separate log group, kept for one year
   */
  readonly accessLog?: AccessLogOptions;

  /**
   * Whether CloudWatch gets metrics for each route. They are billed as custom metrics.
   *
   * @default true
   */
  readonly detailedMetrics?: boolean;

  /**
   * Tags of the stage, in addition to those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What a stage sets differently for one route. */
interface StageRouteOptions {
  readonly throttle?: ThrottleOptions;
}

/** A stage as the user writes it. */
interface StageOptions<R extends StageRouteOptions> extends StageBaseOptions {
  readonly stageName?: string;
  readonly throttle?: ThrottleOptions;
  readonly routes?: { readonly [route: string]: R };
}

/** A stage, checked, with every default filled in. */
export interface StageDefinition<R extends StageRouteOptions = StageRouteOptions> {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle: ThrottleOptions;
  readonly routes: Readonly<Record<string, R>>;
  readonly accessLog: AccessLogOptions;
  readonly metrics: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What stages of all kinds have in common.
 *
 * @param unlike a name that the kind accepts in addition to those of letters, digits, _ and -
 * @throws if API Gateway would reject a name, variable or limit
 */
export function defineStage<R extends StageRouteOptions>(
  key: string,
  options: StageOptions<R>,
  owner: Owner,
  unlike?: string,
): StageDefinition<R> {
  if (Token.isUnresolved(key)) {
    throw owner.error(
      'the key of a stage must be written out, since IDs are derived from it; give the token as stageName instead',
    );
  }
  const name = options.stageName ?? key;
  if (!Token.isUnresolved(name) && name !== unlike && !STAGE_NAME.test(name)) {
    const or = unlike === undefined ? '' : `, or "${unlike}"`;
    throw owner.error(`the name ${show(name)} must be 1 to 128 of A-Z a-z 0-9 _ -${or}`);
  }
  validateStageVariables(options.variables ?? {}, owner);
  for (const [route, { throttle }] of Object.entries(options.routes ?? {})) {
    if (throttle) validateThrottle(throttle, owner.part(`routes["${route}"]`));
  }
  return {
    key,
    name,
    description: options.description,
    variables: { ...options.variables },
    throttle: validateThrottle(options.throttle ?? DEFAULT_THROTTLE, owner),
    routes: options.routes ?? {},
    accessLog: options.accessLog ?? {},
    metrics: options.detailedMetrics ?? true,
    tags: { ...options.tags },
  };
}

/** The settings of an `AWS::ApiGatewayV2::Stage` for all of its routes. */
export const defaultRouteSettings = ({ metrics, throttle }: StageDefinition) => ({
  detailedMetricsEnabled: metrics,
  throttlingRateLimit: throttle.rateLimit,
  throttlingBurstLimit: throttle.burstLimit,
});

/** A route, as far as the settings of stages are concerned. */
export interface ThrottledRoute {
  readonly route: { readonly key: string };
  readonly throttle?: ThrottleOptions;
}

/** The limits of a route on a stage: those that the stage sets for it, otherwise its own. */
export function limitsOn(stage: StageDefinition, { route, throttle }: ThrottledRoute): ThrottleOptions | undefined {
  return stage.routes[route.key]?.throttle ?? throttle;
}

/**
 * The settings of individual routes as `AWS::ApiGatewayV2::Stage` expects them, sorted by route. Each entry repeats all settings
 * of the stage: whether it inherits missing ones from the default settings is not documented.
 */
export function routeSettings(
  stage: StageDefinition,
  routes: readonly ThrottledRoute[],
  defaults: object,
): Record<string, object> | undefined {
  const settings = routes.flatMap((route): [string, object][] => {
    const limits = limitsOn(stage, route);
    if (!limits) return [];
    const own = { throttlingRateLimit: limits.rateLimit, throttlingBurstLimit: limits.burstLimit };
    const all = Object.entries({ ...defaults, ...own });
    return [[route.route.key, Object.fromEntries(all.map(([name, value]) => [capitalized(name), value]))]];
  });
  return settings.length > 0 ? Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
