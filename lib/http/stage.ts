import { type Owner } from '../authoring/errors';
import { DEFAULT_STAGE } from '../facts/names';
import { defineStage, type StageBaseOptions, type StageDefinition } from '../gateway/stage';
import { type ThrottleOptions } from '../stages/throttle';

/**
 * What a stage sets differently for one route.
 *
 * @example
 * const route: HttpStageRouteOptions = { throttle: { rateLimit: 1, burstLimit: 2 } };
 */
export interface HttpStageRouteOptions {
  /**
   * Throttling limits for the route on this stage.
   *
   * @default - the route's, otherwise the stage's
   */
  readonly throttle?: ThrottleOptions;
}

/**
 * A stage of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 *
 * @example
 * const stage: HttpStageOptions = {
 *   throttle: { rateLimit: 100, burstLimit: 200 },
 *   routes: { 'GET /reports': { throttle: { rateLimit: 1, burstLimit: 2 } } },
 *   variables: { table: 'orders' },
 * };
 */
export interface HttpStageOptions extends StageBaseOptions {
  /**
   * Name of the stage, the first segment of its URLs, or `$default` for none. A-Z a-z 0-9 _ -, up to 128 characters.
   *
   * @default - the key in the `stages` map
   */
  readonly stageName?: string;

  /**
   * Whether every change of the API is deployed to the stage immediately. Otherwise the stage serves a deployment whose ID
   * changes with the API, and moves to it when the whole stack is ready.
   *
   * @default true
   */
  readonly autoDeploy?: boolean;

  /**
   * Throttling limits for all routes of the stage together.
   *
   * @default - 1000 requests per second, bursts of 500
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Settings of individual routes: route key → settings.
   *
   * @default - none
   */
  readonly routes?: { [route: string]: HttpStageRouteOptions };
}

/** A stage, checked, with every default filled in. */
export interface HttpStageDefinition extends StageDefinition<HttpStageRouteOptions> {
  readonly autoDeploy: boolean;
}

/** @throws if API Gateway would reject it */
export function defineHttpStage(key: string, options: HttpStageOptions, owner: Owner): HttpStageDefinition {
  return { ...defineStage(key, options, owner, DEFAULT_STAGE), autoDeploy: options.autoDeploy ?? true };
}
