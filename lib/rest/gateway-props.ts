import { type Size } from 'aws-cdk-lib';
import { type EndpointAccessMode, type IpAddressType, type SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type GatewayDomainOptions } from '../domain/domain-props';
import { type RestAlarmsOptions } from '../operate/alarm-options';
import { type ApiBudgetOptions } from '../operate/budget';
import { type ApiDashboardOptions } from '../operate/dashboard';
import { type WebAcl } from '../operate/web-acl';
import { type CorsOptions } from '../gateway/cors';
import { type GatewayApiKey } from '../usage-plans/api-key';
import { type GatewayApiKeySource } from '../usage-plans/api-key-source';
import { type UsagePlanOptions } from '../usage-plans/usage-plan';
import { type RestAccess } from './access';
import { type RestAdoptOptions } from './adopt-options';
import { type RestAuthorizer } from './authorizer';
import { type RestEndpointType } from './endpoint';
import { type RestGatewayResponseOptions } from './gateway-response';
import { type RestRouteOptions } from './route';
import { type RestRouteGroup } from './route-group';
import { type RestStageOptions } from './stage';

/**
 * Properties of a `RestGateway` other than its routes.
 */
export interface RestGatewayOptions {
  /**
   * Who may call the routes that do not set an authorizer.
   *
   * @default - none: every route must set one
   */
  readonly defaultAuthorizer?: RestAuthorizer;

  /**
   * The stages: name → stage. All serve the same deployment.
   *
   * @default - one stage, `prod`
   */
  readonly stages?: { [name: string]: RestStageOptions };

  /**
   * Which web pages may call the API from a browser. API Gateway responds to preflight requests, and adds the headers to errors and
   * to responses that it maps. Functions and servers behind a proxy integration (`lambda`, `http`) return
   * `Access-Control-Allow-Origin` themselves.
   *
   * @default - none
   */
  readonly cors?: CorsOptions;

  /**
   * Responses that API Gateway sends without calling the integration: response type (`DEFAULT_4XX`, `THROTTLED`, …) → response.
   *
   * @default - API Gateway's own, with CORS headers if `cors` is set
   */
  readonly gatewayResponses?: { [type: string]: RestGatewayResponseOptions };

  /**
   * The firewall in front of every stage: `WebAcl.managed()`, an existing one (`WebAcl.fromArn`), or `WebAcl.none(reason)`.
   *
   * @default - none, which the check REST-WAF1 reports
   */
  readonly webAcl?: WebAcl;

  /**
   * Alarms on errors, latencies, throttles and quotas, for every stage.
   *
   * @default - none
   */
  readonly alarms?: RestAlarmsOptions;

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
   * Where the default endpoint is.
   *
   * @default RestEndpointType.REGIONAL
   */
  readonly endpointType?: RestEndpointType;

  /**
   * The VPC endpoints of a private API: interface endpoints of `execute-api`. Each gets its own name for the API, and unless
   * `access` says otherwise, they are the only way in. Private APIs only.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - none; a private API then needs e.g. `RestAccess.onlyVpcs`
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * Which types of IP addresses can reach the default endpoint. A private API allows DUAL_STACK only.
   *
   * @default - IPv4; DUAL_STACK for a private API
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Who may reach the API, in addition to what its authorizers decide: the API's resource policy. Changes are deployed
   * automatically.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
   * @default - everyone; on a private API everyone who calls through its `vpcEndpoints`
   */
  readonly access?: RestAccess[];

  /**
   * The oldest TLS version and the ciphers that the default endpoint accepts.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
   * @default - TLS 1.2 or better with forward secrecy: TLS13_1_2_PFS_PQ_2025_09, on an edge-optimized API TLS12_PFS_2025_EDGE;
   * TLS_1_2 if the stack is in a Region of AWS GovCloud (US), which has no newer ones
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * Whether a request must use the API's own endpoint type and host name (STRICT). BASIC also accepts requests that a proxy in
   * front has rewritten. Only with a policy that starts with `SecurityPolicy_`. On an API that already has callers, deploy BASIC
   * first. Leaving STRICT takes about 15 minutes during which calls fail, and while it is on, the endpoint type cannot change.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
   * @default EndpointAccessMode.STRICT; BASIC on a private API, which is also called by the name of its VPC endpoint
   */
  readonly endpointAccessMode?: EndpointAccessMode;

  /**
   * The domain name of the API, with certificate and DNS records. Create an `ApiDomain` if several APIs share a name.
   *
   * @default - none
   */
  readonly domain?: GatewayDomainOptions;

  /**
   * Whether the default `execute-api` endpoint is disabled, so only custom domains reach the API.
   *
   * @default - disabled once a domain is mapped (`domain`, or `ApiDomain.map`), otherwise enabled; on a private API always
   * enabled
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Media types whose payloads are bytes, e.g. `image/png`; the type `*` with the subtype `*` stands for all.
   *
   * @default - every payload is text
   */
  readonly binaryMediaTypes?: string[];

  /**
   * Payloads of this size or larger are compressed if the client accepts it. 0 to 10 MiB.
   *
   * @default - no compression
   */
  readonly minimumCompressionSize?: Size;

  /**
   * Where an API key is read from.
   *
   * @default GatewayApiKeySource.HEADER
   */
  readonly apiKeySource?: GatewayApiKeySource;

  /**
   * Whether routes require an API key unless they set `apiKeyRequired` themselves. CORS preflights never do.
   *
   * @default false
   */
  readonly apiKeyRequired?: boolean;

  /**
   * The usage plans: name → plan.
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
   * Why routes may require API keys although not every stage has a usage plan here: names what creates the plans.
   *
   * @default - a stage without a plan is an error while routes require a key
   */
  readonly usagePlansElsewhere?: string;

  /**
   * Values that trigger a deployment when they change, for changes that the template does not show, e.g. the version of a
   * definition that is read at deployment. A reference counts by its target, not by its value.
   *
   * @default - everything that the template shows
   */
  readonly redeployOn?: string[];

  /**
   * Publishes the documentation of the API (its description, and summaries and descriptions of routes) under this version, on
   * every stage. Later changes are published with the next version. 1 to 64 characters.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api.html
   * @default - not published
   */
  readonly documentationVersion?: string;

  /**
   * Logical ids of a deployed API that this gateway takes over. It keeps its id and URLs.
   *
   * @default - the gateway's own ids: a new API
   */
  readonly adopt?: RestAdoptOptions;

  /**
   * Whether the OpenAPI document is an asset, which may have 6 MB, instead of a part of the template, which has room for 800 KB.
   * A function stores it with the values of the deployment, and the API imports it; an existing API is not replaced.
   *
   * @default false
   */
  readonly definitionAsAsset?: boolean;
}

/**
 * Properties of a `RestGateway`.
 *
 * @example
 * new RestGateway(this, 'Orders', {
 *   defaultAuthorizer: RestAuthorizer.cognito({ userPools: [users], scopes: ['orders/read'] }),
 *   cors: { allowOrigins: ['https://app.example.com'] },
 *   routes: { 'GET /orders': { integration: RestIntegration.lambda(fn) } },
 *   stages: { prod: { throttle: { rateLimit: 100, burstLimit: 200 } } },
 *   domain: { domainName: 'api.example.com', hostedZone: zone },
 *   alarms: { topic },
 *   webAcl: WebAcl.managed({ rateLimit: 2000 }),
 * });
 */
export interface RestGatewayProps extends RestGatewayOptions {
  /**
   * The routes: `METHOD /path` → route. More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: RestRouteOptions };

  /**
   * Routes that share a prefix and options, in addition to `routes`. More can be added with `addRouteGroup`.
   *
   * @default - none
   */
  readonly routeGroups?: RestRouteGroup[];
}
