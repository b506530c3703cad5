import { type MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Owner } from '../authoring/errors';
import { DEFAULT_STAGE } from '../facts/names';
import { type GatewayClientCertificate } from '../gateway/client-certificate';
import { defaultRouteSettings, defineStage, type StageBaseOptions, type StageDefinition } from '../gateway/stage';
import { defineLogging, type ExecutionLogOptions, type LoggingDefinition } from '../operate/execution-log';
import { type ThrottleOptions } from '../stages/throttle';

/**
 * What a stage sets differently for one route.
 *
 * @example
 * const route: WebSocketStageRouteOptions = { throttle: { rateLimit: 1, burstLimit: 2 } };
 */
export interface WebSocketStageRouteOptions {
  /**
   * Throttling limits for the route on this stage.
   *
   * @default - the route's, otherwise the stage's
   */
  readonly throttle?: ThrottleOptions;
}

/**
 * A stage of a WebSocket API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-stages.html
 *
 * @example
 * const stage: WebSocketStageOptions = {
 *   throttle: { rateLimit: 100, burstLimit: 200 },
 *   routes: { say: { throttle: { rateLimit: 10, burstLimit: 20 } } },
 *   variables: { table: 'chats' },
 * };
 */
export interface WebSocketStageOptions extends StageBaseOptions {
  /**
   * Name of the stage, the last segment of its URL. A-Z a-z 0-9 _ -, up to 128 characters.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * Whether API Gateway deploys every change automatically, one by one while CloudFormation makes them. Otherwise the stage gets
   * all changes of a deployment at once.
   *
   * @default false
   */
  readonly autoDeploy?: boolean;

  /**
   * Throttling limits for all routes of the stage together. Each message counts, and each client that connects.
   *
   * @default - 1000 requests per second, bursts of 500
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Settings of individual routes: route key → settings.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: WebSocketStageRouteOptions };

  /**
   * What API Gateway logs about its own execution.
   *
   * @default MethodLoggingLevel.ERROR
   */
  readonly executionLogging?: MethodLoggingLevel;

  /**
   * The log group of the execution log.
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
   * The certificate that the stage presents to HTTP back ends, so they can verify the caller.
   *
   * @default - none
   */
  readonly clientCertificate?: GatewayClientCertificate;
}

/** A stage, checked, with every default filled in. */
export interface WebSocketStageDefinition extends StageDefinition<WebSocketStageRouteOptions>, LoggingDefinition {
  readonly autoDeploy: boolean;
  readonly clientCertificate?: GatewayClientCertificate;
}

/** @throws if API Gateway would reject it */
export function defineWebSocketStage(
  key: string,
  options: WebSocketStageOptions,
  owner: Owner,
): WebSocketStageDefinition {
  if ((options.stageName ?? key) === DEFAULT_STAGE) {
    throw owner.error(
      `a stage named "${DEFAULT_STAGE}" is for HTTP APIs, whose URLs then have no segment for it; that of a WebSocket API always has one. ` +
        'Name it, e.g. "prod", and hide it behind a domain name',
    );
  }
  return {
    ...defineStage(key, options, owner),
    ...defineLogging(options, owner),
    autoDeploy: options.autoDeploy ?? false,
    clientCertificate: options.clientCertificate,
  };
}

/** The settings of a stage for all routes. */
export function routeSettingsOf(stage: WebSocketStageDefinition): CfnStage.RouteSettingsProperty {
  return { loggingLevel: stage.loggingLevel, dataTraceEnabled: stage.dataTrace, ...defaultRouteSettings(stage) };
}
