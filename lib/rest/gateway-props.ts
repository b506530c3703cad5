import { type Size } from 'aws-cdk-lib';
import { type EndpointAccessMode, type SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { type WebAcl } from '../operate/web-acl';
import { type CorsOptions } from '../shared/cors';
import { type RestAuthorizer } from './authorizer';
import { type RestApiKeySource, type RestEndpointType } from './endpoint';
import { type RestGatewayResponseOptions } from './gateway-response';
import { type RestRouteOptions } from './route';
import { type RestStageOptions } from './stage';

/**
 * Properties of a `RestGateway`.
 */
export interface RestGatewayProps {
  /**
   * The routes: `METHOD /path` → route. More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: RestRouteOptions };

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
   * Name of the API.
   *
   * @default - the construct's id
   */
  readonly restApiName?: string;

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
   * The oldest TLS version and the ciphers that the default endpoint takes.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
   * @default - TLS 1.2 or better with forward secrecy: TLS13_1_2_PFS_PQ_2025_09, on an edge-optimized API TLS12_PFS_2025_EDGE
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * Whether a request must come by the API's own endpoint type and host name (STRICT). BASIC lets through what a proxy in
   * front has rewritten. Only with a policy that starts with `SecurityPolicy_`.
   *
   * @default EndpointAccessMode.STRICT
   */
  readonly endpointAccessMode?: EndpointAccessMode;

  /**
   * Whether the default `execute-api` endpoint is switched off, so that only custom domains reach the API.
   *
   * @default false
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
   * @default RestApiKeySource.HEADER
   */
  readonly apiKeySource?: RestApiKeySource;
}
