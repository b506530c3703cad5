import { type IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { type GatewayDomainOptions } from '../domain/domain-props';
import { type HttpAlarmsOptions } from '../operate/alarm-options';
import { type ApiBudgetOptions } from '../operate/budget';
import { type ApiDashboardOptions } from '../operate/dashboard';
import { type CorsOptions } from '../gateway/cors';
import { type HttpAdoptOptions } from './adopt-options';
import { type HttpAuthorizer } from './authorizer';
import { type HttpRouteOptions } from './route';
import { type HttpRouteGroup } from './route-group';
import { type HttpStageOptions } from './stage';

/**
 * Properties of an `HttpGateway` other than its routes.
 */
export interface HttpGatewayOptions {
  /**
   * Who may call the routes that do not set an authorizer.
   *
   * @default - none: every route must set one
   */
  readonly defaultAuthorizer?: HttpAuthorizer;

  /**
   * The stages: name → stage. The one named `$default` has no segment in its URL.
   *
   * @default - one stage, `$default`
   */
  readonly stages?: { [name: string]: HttpStageOptions };

  /**
   * Which web pages may call the API from a browser. API Gateway responds to their preflight requests, and replaces the CORS
   * headers of back ends.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   * @default - none
   */
  readonly cors?: CorsOptions;

  /**
   * Alarms on errors, latencies and throttles, for every stage.
   *
   * @default - none
   */
  readonly alarms?: HttpAlarmsOptions;

  /**
   * A dashboard with a row for each stage and each group of routes; `{}` for the usual one.
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
   * Name of the API. 1 to 128 characters.
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
   * Which types of IP addresses can reach the default endpoint.
   *
   * @default - IPv4
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * The domain name of the API, with certificate and DNS records. Create an `ApiDomain` if several APIs share a name.
   *
   * @default - none
   */
  readonly domain?: GatewayDomainOptions;

  /**
   * Whether the default `execute-api` endpoint is disabled, so only custom domains reach the API.
   *
   * @default - disabled once a domain is mapped (`domain`, or `ApiDomain.map`), otherwise enabled
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Values that trigger a deployment when they change, for changes that the template does not show. For stages without
   * `autoDeploy`; others deploy every change.
   *
   * @default - everything that the template shows
   */
  readonly redeployOn?: string[];

  /**
   * Logical ids of a deployed API that this gateway takes over. It keeps its id and URLs.
   *
   * @default - the gateway's own ids: a new API
   */
  readonly adopt?: HttpAdoptOptions;

  /**
   * Whether the OpenAPI document is an asset, which may have 6 MB, instead of a part of the template, which has room for 800 KB.
   * A function stores it with the values of the deployment, and the API imports it; an existing API is not replaced.
   *
   * @default false
   */
  readonly definitionAsAsset?: boolean;
}

/**
 * Properties of an `HttpGateway`.
 *
 * @example
 * new HttpGateway(this, 'Orders', {
 *   defaultAuthorizer: HttpAuthorizer.jwt({ issuer: 'https://login.example.com/', audience: ['orders'] }),
 *   cors: { allowOrigins: ['https://app.example.com'] },
 *   routes: { 'GET /orders': { integration: HttpIntegration.lambda(fn) } },
 *   domain: { domainName: 'api.example.com', hostedZone: zone },
 *   alarms: { topic },
 * });
 */
export interface HttpGatewayProps extends HttpGatewayOptions {
  /**
   * The routes: `METHOD /path`, `ANY /path` or `$default` → route. More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: HttpRouteOptions };

  /**
   * Routes that share a prefix and options, in addition to `routes`. More can be added with `addRouteGroup`.
   *
   * @default - none
   */
  readonly routeGroups?: HttpRouteGroup[];
}
