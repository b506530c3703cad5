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
import { type RestAuthorizer } from './authorizer';
import { type RestEndpointType } from './endpoint';
import { type RestGatewayResponseOptions } from './gateway-response';
import { type RestRouteOptions } from './route';
import { type RestStageOptions } from './stage';

/**
 * What a `RestGateway` has besides its routes.
 */
export interface RestGatewayOptions {
  /**
   * Who may call the routes that do not say.
   *
   * @default - none: every route must say
   */
  readonly defaultAuthorizer?: RestAuthorizer;

  /**
   * The stages: name → stage. All serve the same deployment.
   *
   * @default - one stage, `prod`
   */
  readonly stages?: { [name: string]: RestStageOptions };

  /**
   * Which web pages may call the API from a browser.
   *
   * @default - none
   */
  readonly cors?: CorsOptions;

  /**
   * Responses that API Gateway gives without asking the integration: response type (`DEFAULT_4XX`, `THROTTLED`, …) →
   * response.
   *
   * @default - API Gateway's own, with CORS headers where there is CORS
   */
  readonly gatewayResponses?: { [type: string]: RestGatewayResponseOptions };

  /**
   * The firewall in front of every stage: `WebAcl.managed()`, one of your own, or `WebAcl.none(reason)`.
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
   * What the API is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Where the default endpoint stands.
   *
   * @default RestEndpointType.REGIONAL
   */
  readonly endpointType?: RestEndpointType;

  /**
   * The VPC endpoints of a private API: interface endpoints of `execute-api`. Each gets a name of its own for the API, and
   * unless `access` says otherwise, they are the only way in. Private APIs only.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   * @default - none; a private API then needs `RestAccess.onlyVpcs` or the like
   */
  readonly vpcEndpoints?: IVpcEndpoint[];

  /**
   * Which kinds of IP addresses reach the default endpoint. A private API takes DUAL_STACK only.
   *
   * @default - IPv4; DUAL_STACK for a private API
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Who may reach the API, beside what its authorizers say: the API's resource policy. A change is deployed by itself.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
   * @default - everyone; on a private API everyone who comes through its `vpcEndpoints`
   */
  readonly access?: RestAccess[];

  /**
   * The oldest TLS version and the ciphers that the default endpoint takes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
   * @default - TLS 1.2 or better with forward secrecy: TLS13_1_2_PFS_PQ_2025_09, on an edge-optimized API TLS12_PFS_2025_EDGE;
   * TLS_1_2 where the Region of the stack is one of AWS GovCloud (US), which has no newer ones
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * Whether a request must come by the API's own endpoint type and host name (STRICT). BASIC lets through what a proxy in
   * front has rewritten. Only with a policy that starts with `SecurityPolicy_`. On an API that has callers already, deploy BASIC
   * first. Leaving STRICT takes about 15 minutes in which calls fail, and while it is on the endpoint type cannot change.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
   * @default EndpointAccessMode.STRICT; BASIC on a private API, which is also called by the name of its VPC endpoint
   */
  readonly endpointAccessMode?: EndpointAccessMode;

  /**
   * The domain name of the API, with certificate and DNS records. Make an `ApiDomain` where several APIs share a name.
   *
   * @default - none
   */
  readonly domain?: GatewayDomainOptions;

  /**
   * Whether the default `execute-api` endpoint is switched off, so that only custom domains reach the API.
   *
   * @default - off once a domain is mapped (`domain`, or `ApiDomain.map`), else on; on a private API always on
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Media types whose payloads are bytes, e.g. `image/png`; the type `*` with the subtype `*` stands for all.
   *
   * @default - every payload is text
   */
  readonly binaryMediaTypes?: string[];

  /**
   * Payloads from this size on are compressed when the client asks for it. 0 to 10 MiB.
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
   * Whether routes that do not say require an API key. CORS preflights never do.
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
   * API keys that are more than generated: name → key. Plans name them in their `apiKeys`.
   *
   * @default - every key that a plan names is generated
   */
  readonly apiKeys?: { [name: string]: GatewayApiKey };

  /**
   * Why routes may require API keys although not every stage has a usage plan here: who makes the plans.
   *
   * @default - a stage without a plan is an error while routes require a key
   */
  readonly usagePlansElsewhere?: string;

  /**
   * Values that bring about a deployment when they change, for what the template does not show, e.g. the version of a
   * definition that is read at deployment. References count by what they refer to, not by its value.
   *
   * @default - everything that the template shows
   */
  readonly redeployOn?: string[];

  /**
   * Publishes the documentation of the API (its description, and summaries and descriptions of routes) under this
   * version, on every stage. What changes later is published with the next version. 1 to 64 characters.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api.html
   * @default - not published
   */
  readonly documentationVersion?: string;
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
}
