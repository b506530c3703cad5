import { type IpAddressType } from 'aws-cdk-lib/aws-apigatewayv2';
import { type CorsOptions } from '../shared/cors';
import { type HttpAuthorizer } from './authorizer';
import { type HttpRouteOptions } from './route';
import { type HttpStageOptions } from './stage';

/**
 * What an `HttpGateway` has besides its routes.
 */
export interface HttpGatewayOptions {
  /**
   * Who may call the routes that do not say.
   *
   * @default - none: every route must say
   */
  readonly defaultAuthorizer?: HttpAuthorizer;

  /**
   * The stages: name → stage. The one named `$default` has no segment in its URL.
   *
   * @default - one stage, `$default`
   */
  readonly stages?: { [name: string]: HttpStageOptions };

  /**
   * Which web pages may call the API from a browser. API Gateway answers their preflight requests, and replaces what back-ends
   * say of CORS.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   * @default - none
   */
  readonly cors?: CorsOptions;

  /**
   * Name of the API. 1 to 128 characters.
   *
   * @default - the construct's id
   */
  readonly httpApiName?: string;

  /**
   * What the API is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Which kinds of IP addresses reach the default endpoint.
   *
   * @default - IPv4
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Whether the default `execute-api` endpoint is switched off, so that only custom domains reach the API.
   *
   * @default false
   */
  readonly disableExecuteApiEndpoint?: boolean;

  /**
   * Values that bring about a deployment when they change, for what the template does not show. For stages without
   * `autoDeploy`; others deploy every change.
   *
   * @default - everything that the template shows
   */
  readonly redeployOn?: string[];
}

/**
 * Properties of an `HttpGateway`.
 */
export interface HttpGatewayProps extends HttpGatewayOptions {
  /**
   * The routes: `METHOD /path`, `ANY /path` or `$default` → route. More can be added with `addRoute`.
   *
   * @default - none
   */
  readonly routes?: { [key: string]: HttpRouteOptions };
}
