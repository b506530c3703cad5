import { type Duration } from 'aws-cdk-lib';
import { type IIntegrationContext, type IntegrationType } from '../gateway/integration-context';
import { type RestEndpointType } from './endpoint';
import {
  type RestContentHandling,
  type RestIntegrationResponse,
  type RestPassthroughBehavior,
} from './integrations/response-options';

/**
 * What an integration of a REST API knows about the route that it is bound to, and what it may request from the gateway.
 */
export interface IRestIntegrationContext extends IIntegrationContext {
  /**
   * Method of the route, e.g. `GET`; `ANY` for all methods.
   */
  readonly httpMethod: string;

  /**
   * Path of the route, e.g. `/orders/{id}`.
   */
  readonly path: string;

  /**
   * The path variables of the route, e.g. `id`.
   */
  readonly pathVariables: string[];

  /**
   * The endpoint type of the gateway.
   */
  readonly endpointType: RestEndpointType;
}

/**
 * An integration of a REST API for one route: what `RestIntegration.bind` returns. All of it is checked, and stage variables,
 * request parameters and CORS headers are declared as needed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 *
 * @example
 *
 * class Teapot extends RestIntegration {
 *   public bind(): RestIntegrationConfig {
 *     const requestTemplates = { 'application/json': '{"statusCode": 200}' };
 *     return { type: IntegrationType.MOCK, requestTemplates, responses: [{ statusCode: 418 }] };
 *   }
 * }
 */
export interface RestIntegrationConfig {
  /**
   * What API Gateway calls, and whether it passes on the whole request.
   */
  readonly type: IntegrationType;

  /**
   * `arn:…:apigateway:<region>:<service>:action/<name>` or `…:path/<path>` of a service, `context.invocationUri(fn)` of a
   * function, or an absolute URL. `${stageVariables.name}` is replaced by a stage variable.
   *
   * @default - none: type MOCK only
   */
  readonly uri?: string;

  /**
   * Method of the request to the back end.
   *
   * @default - POST to services and functions, the method of the route to an HTTP endpoint
   */
  readonly method?: string;

  /**
   * ARN of the role that API Gateway assumes: what `context.grantService` or `context.grantInvoke` returns.
   *
   * @default - none
   */
  readonly credentials?: string;

  /**
   * ID of the VPC link for the request. Types HTTP and HTTP_PROXY.
   *
   * @default - none: over the internet
   */
  readonly connectionId?: string;

  /**
   * ARN of the load balancer or listener, with a VPC link V2.
   *
   * @default - none
   */
  readonly integrationTarget?: string;

  /**
   * Why the certificate of the back end need not come from a public authority, for reviewers.
   *
   * @default - it must
   */
  readonly insecureSkipVerification?: string;

  /**
   * Why a back end behind a VPC link may be called in plain text, for reviewers; it acknowledges the finding ALL-INT14.
   *
   * @default - none
   */
  readonly clearText?: string;

  /**
   * What happens to a body that no request template applies to. Not for proxies.
   *
   * @default - NEVER if there are `requestTemplates`, otherwise WHEN_NO_TEMPLATES
   */
  readonly passthroughBehavior?: RestPassthroughBehavior;

  /**
   * Changes the encoding of the request's body.
   *
   * @default - unchanged; as text if a template applies to one of the gateway's `binaryMediaTypes`
   */
  readonly contentHandling?: RestContentHandling;

  /**
   * Parameters of the request to the back end: `integration.request.header.X`, `integration.request.querystring.x` or
   * `integration.request.path.x` → `method.request.header.X`, `context.x`, `stageVariables.x`, `'text'`. Parts of the request
   * that are read are declared for the method, and are part of the key of a route's cache.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: string };

  /**
   * Velocity templates of the request: content type → template. Not for proxies.
   *
   * @default - none
   */
  readonly requestTemplates?: { [contentType: string]: string };

  /**
   * What the templates read from the request in addition to the body: `method.request.header.X`, `method.request.querystring.x`.
   * It is declared for the method, and is part of the key of a route's cache.
   *
   * @default - none
   */
  readonly templateParameters?: string[];

  /**
   * Whether the templates read bodies as text, which the gateway's `binaryMediaTypes` must not turn into bytes.
   *
   * @default false - if they are bytes, templates get Base64
   */
  readonly textTemplates?: boolean;

  /**
   * The responses; exactly one without `selectionPattern`. Not for proxies, whose back end creates the whole response.
   *
   * @default - none: proxies only
   */
  readonly responses?: RestIntegrationResponse[];

  /**
   * How long API Gateway waits for the back end. 50 ms to 29 s; longer on a Regional API whose quota was raised, and up to 15
   * minutes for a streamed response.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * Sends the response to the client while the back end writes it. Proxies only.
   *
   * @default false
   */
  readonly streamResponse?: boolean;

  /**
   * Further members of the `x-amazon-apigateway-integration` object, for features that have no name here yet. They are not
   * checked.
   *
   * @default - none
   */
  // jsii has no other type for what may be anything.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  readonly extension?: { [member: string]: any };
}
