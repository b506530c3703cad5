import { type IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { type GatewayDomainOptions } from '../domain/domain-props';
import { type WebSocketAlarmsOptions } from '../operate/alarm-options';
import { type ApiBudgetOptions } from '../operate/budget';
import { type ApiDashboardOptions } from '../operate/dashboard';
import { type GatewayApiKey } from '../usage-plans/api-key';
import { type GatewayApiKeySource } from '../usage-plans/api-key-source';
import { type UsagePlanOptions } from '../usage-plans/usage-plan';
import { type WebSocketAdoptOptions } from './adopt-options';
import { type WebSocketAuthorizer } from './authorizer';
import { type WebSocketRouteOptions } from './route';
import { type WebSocketStageOptions } from './stage';

/**
 * Properties of a `WebSocketGateway` other than its routes.
 */
export interface WebSocketGatewayOptions {
  /**
   * Who may connect, unless `$connect` sets it.
   *
   * @default - none: $connect must set it
   */
  readonly defaultAuthorizer?: WebSocketAuthorizer;

  /**
   * The stages: name → stage. Those without `autoDeploy` serve the same deployment.
   *
   * @default - one stage, `prod`
   */
  readonly stages?: { [name: string]: WebSocketStageOptions };

  /**
   * Alarms on rejected connections, errors, latencies, throttles and quotas, for every stage.
   *
   * @default - none
   */
  readonly alarms?: WebSocketAlarmsOptions;

  /**
   * A dashboard with a row for each stage; `{}` for the usual one.
   *
   * @default - none
   */
  readonly dashboard?: ApiDashboardOptions;

  /**
   * Saves queries over the access logs in CloudWatch Logs Insights: slowest routes, top errors, throttled callers,
   * authorizer failures.
   *
   * @default false
   */
  readonly savedQueries?: boolean;

  /**
   * A budget for what the API costs, found by a tag.
   *
   * @default - none
   */
  readonly budget?: ApiBudgetOptions;

  /**
   * Name of the API.
   *
   * @default - the construct's id
   */
  readonly apiName?: string;

  /**
   * Description of the API.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The part of a message that is the key of its route. Messages without it, or that are not JSON, go to `$default`.
   *
   * @see
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html#apigateway-websocket-api-route-selection-expressions
   * @default '$request.body.action'
   */
  readonly routeSelectionExpression?: string;

  /**
   * Which kinds of IP addresses reach the default endpoint.
   *
   * @default - IPv4
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * The domain name of the API, with certificate and DNS records. Create an `ApiDomain` if several APIs share a name; WebSocket
   * APIs can share one only with each other.
   *
   * @default - none
   */
  readonly domain?: GatewayDomainOptions;

  /**
   * Whether the default `execute-api` endpoint is disabled, so only custom domains reach the API. The `@connections` API is then
   * reached there too, see `callbackUrl`.
   *
   * @default - disabled once a domain is mapped (`domain`, or `ApiDomain.map`), otherwise enabled
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Whether API Gateway skips the validation of models when it creates a deployment. The schemas of `request` are checked at
   * synth anyway.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;

  /**
   * Where an API key is read from when a client connects.
   *
   * @default GatewayApiKeySource.HEADER
   */
  readonly apiKeySource?: GatewayApiKeySource;

  /**
   * The usage plans: name → plan. Plans count clients that connect.
   *
   * @default - none
   */
  readonly usagePlans?: { [name: string]: UsagePlanOptions };

  /**
   * API keys with their own settings, e.g. a given value: name → key. Plans name them in their `apiKeys`.
   *
   * @default - every key that a plan names is generated
   */
  readonly apiKeys?: { [name: string]: GatewayApiKey };

  /**
   * Why `$connect` may require API keys although not every stage has a usage plan here: names what creates the plans.
   *
   * @default - a stage without a plan is an error while $connect requires a key
   */
  readonly usagePlansElsewhere?: string;

  /**
   * Values that trigger a deployment when they change, for changes that the template does not show. A reference counts by its
   * target, not by its value.
   *
   * @default - everything that the template shows
   */
  readonly redeployOn?: string[];

  /**
   * Logical ids of a deployed API that this gateway takes over. It keeps its id and URLs.
   *
   * @default - the gateway's own ids: a new API
   */
  readonly adopt?: WebSocketAdoptOptions;
}

/**
 * Properties of a `WebSocketGateway`.
 *
 * @example
 * new WebSocketGateway(this, 'Chat', {
 *   defaultAuthorizer: WebSocketAuthorizer.iam(),
 *   routes: {
 *     $connect: { integration: WebSocketIntegration.lambda(fn) },
 *     $default: { integration: WebSocketIntegration.mock() },
 *     say: { integration: WebSocketIntegration.lambda(fn), returnResponse: true },
 *   },
 *   stages: { prod: { throttle: { rateLimit: 100, burstLimit: 200 } } },
 * });
 */
export interface WebSocketGatewayProps extends WebSocketGatewayOptions {
  /**
   * The routes: `$connect`, `$disconnect`, `$default`, or the result of the route selection expression for a message → route.
   * More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: WebSocketRouteOptions };
}
