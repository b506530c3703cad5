import { Token } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { STAGE_NAME } from '../facts/names';
import { type AccessLogOptions } from '../operate/access-log';
import { defineExecutionLog, type ExecutionLogOptions } from '../operate/execution-log';
import { type GatewayClientCertificate } from '../gateway/client-certificate';
import { type Owner, show } from '../authoring/errors';
import { validateStageVariables } from '../stages/stage-variables';
import { DEFAULT_THROTTLE, type ThrottleOptions, validateThrottle } from '../stages/throttle';
import { type RouteDefinition } from './route';

/**
 * What a stage sets differently for one route.
 */
export interface WebSocketStageRouteOptions {
  /**
   * Limits for the route on this stage.
   *
   * @default - the route's own, else the stage's
   */
  readonly throttle?: ThrottleOptions;
}

/**
 * A stage of a WebSocket API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-stages.html
 */
export interface WebSocketStageOptions {
  /**
   * Name of the stage, the last segment of its URL. A-Z a-z 0-9 _ -, up to 128 characters.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * What the stage is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether API Gateway deploys every change by itself, one by one while CloudFormation makes them. Without, the stage gets
   * all changes of a deployment at once.
   *
   * @default false
   */
  readonly autoDeploy?: boolean;

  /**
   * Stage variables: names of A-Z a-z 0-9 and _, values without spaces, up to 512 characters. No place for secrets.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };

  /**
   * Limits for all routes of the stage together. Each message counts, and each client that connects.
   *
   * @default - 1000 requests a second, 500 at once
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Settings of single routes: route key → settings.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: WebSocketStageRouteOptions };

  /**
   * The access log.
   *
   * @default - JSON to a log group of its own, kept for one year
   */
  readonly accessLog?: AccessLogOptions;

  /**
   * What API Gateway logs of its own work.
   *
   * @default MethodLoggingLevel.ERROR
   */
  readonly executionLogging?: MethodLoggingLevel;

  /**
   * The log group of that log.
   *
   * @default - declared and kept for one year, unless `executionLogging` is OFF
   */
  readonly executionLog?: ExecutionLogOptions;

  /**
   * Whether whole messages are logged. They may hold personal data; not for production.
   *
   * @default false
   */
  readonly dataTrace?: boolean;

  /**
   * Whether CloudWatch gets metrics for each route. They are billed as custom metrics.
   *
   * @default true
   */
  readonly detailedMetrics?: boolean;

  /**
   * The certificate that the stage shows to HTTP back-ends, so that they know who calls.
   *
   * @default - none
   */
  readonly clientCertificate?: GatewayClientCertificate;

  /**
   * Tags of the stage, beside those of its scope.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A stage, checked, every default filled in. */
export interface StageDefinition {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly autoDeploy: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttle: ThrottleOptions;
  readonly routes: Readonly<Record<string, WebSocketStageRouteOptions>>;
  readonly accessLog: AccessLogOptions;
  readonly executionLog: ExecutionLogOptions;
  readonly loggingLevel: MethodLoggingLevel;
  readonly dataTrace: boolean;
  readonly metrics: boolean;
  readonly clientCertificate?: GatewayClientCertificate;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws where there is none, or two have one name */
export function defineStages(
  stages: { readonly [name: string]: WebSocketStageOptions } = { prod: {} },
  owner: Owner,
): Readonly<Record<string, StageDefinition>> {
  if (Object.keys(stages).length === 0) {
    throw owner.error(
      'stages is empty, so nothing would serve the API; leave it out for one stage "prod", or name one',
    );
  }
  const defined = Object.entries(stages).map(([key, options]) =>
    defineStage(key, options, owner.part(`stage "${key}"`)),
  );
  const names = defined.map((stage) => stage.name).filter((name) => !Token.isUnresolved(name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw owner.error(`two stages are both named "${twice}"`);
  return Object.fromEntries(defined.map((stage) => [stage.key, stage]));
}

function defineStage(key: string, options: WebSocketStageOptions, owner: Owner): StageDefinition {
  if (Token.isUnresolved(key)) {
    throw owner.error(
      'the key of a stage must be written out, since ids are made of it; give the token as stageName instead',
    );
  }
  const name = options.stageName ?? key;
  if (name === '$default') {
    throw owner.error(
      'a stage named "$default" is of HTTP APIs, whose URLs then have no segment for it; that of a WebSocket API always has one. ' +
        'Name it, e.g. "prod", and hide it behind a domain name',
    );
  }
  if (!Token.isUnresolved(name) && !STAGE_NAME.test(name)) {
    throw owner.error(`the name ${show(name)} must be 1 to 128 of A-Z a-z 0-9 _ -`);
  }
  validateStageVariables(options.variables ?? {}, owner);
  for (const [route, { throttle }] of Object.entries(options.routes ?? {})) {
    if (throttle) validateThrottle(throttle, owner.part(`routes["${route}"]`));
  }
  return {
    key,
    name,
    description: options.description,
    autoDeploy: options.autoDeploy ?? false,
    variables: { ...options.variables },
    throttle: validateThrottle(options.throttle ?? DEFAULT_THROTTLE, owner),
    routes: options.routes ?? {},
    accessLog: options.accessLog ?? {},
    executionLog: defineExecutionLog(options.executionLog, options.executionLogging === MethodLoggingLevel.OFF, owner),
    loggingLevel: options.executionLogging ?? MethodLoggingLevel.ERROR,
    dataTrace: options.dataTrace ?? false,
    metrics: options.detailedMetrics ?? true,
    clientCertificate: options.clientCertificate,
    tags: { ...options.tags },
  };
}

/** What a stage sets for all routes. */
export function defaultRouteSettings(stage: StageDefinition): CfnStage.RouteSettingsProperty {
  return {
    loggingLevel: stage.loggingLevel,
    dataTraceEnabled: stage.dataTrace,
    detailedMetricsEnabled: stage.metrics,
    throttlingRateLimit: stage.throttle.rateLimit,
    throttlingBurstLimit: stage.throttle.burstLimit,
  };
}

/**
 * What a stage sets for the routes that differ, as CloudFormation writes it. Each entry repeats everything: whether one takes what
 * it lacks from the default settings is not documented.
 */
export function routeSettings(
  stage: StageDefinition,
  routes: readonly RouteDefinition[],
): Record<string, object> | undefined {
  const differing = routes.flatMap(({ route, throttle }) => {
    const limits = stage.routes[route.key]?.throttle ?? throttle;
    return limits ? [{ key: route.key, limits }] : [];
  });
  if (differing.length === 0) return undefined;
  return Object.fromEntries(
    differing
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, limits }) => [
        key,
        {
          LoggingLevel: stage.loggingLevel,
          DataTraceEnabled: stage.dataTrace,
          DetailedMetricsEnabled: stage.metrics,
          ThrottlingRateLimit: limits.rateLimit,
          ThrottlingBurstLimit: limits.burstLimit,
        },
      ]),
  );
}
