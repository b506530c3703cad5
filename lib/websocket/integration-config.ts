import { type Duration } from 'aws-cdk-lib';
import { type IIntegrationContext, type IntegrationType } from '../gateway/integration-context';
import { type WebSocketIntegrationResponse } from './integrations/response-options';

/**
 * What an integration of a WebSocket API knows about the route that it is bound to, and what it may request from the gateway.
 */
export interface IWebSocketIntegrationContext extends IIntegrationContext {
  /**
   * Whether the response of the integration is sent to the client.
   */
  readonly returnResponse: boolean;
}

/**
 * An integration of a WebSocket API for one route: what `WebSocketIntegration.bind` returns.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export interface WebSocketIntegrationConfig {
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
   * @default 'POST'
   */
  readonly method?: string;

  /**
   * ARN of the role that API Gateway assumes: what `context.grantService` returns.
   *
   * @default - none
   */
  readonly credentials?: string;

  /**
   * ID of the VPC link V1 for the request. Types HTTP and HTTP_PROXY.
   *
   * @default - none: over the internet
   */
  readonly connectionId?: string;

  /**
   * Why a back end behind a VPC link may be called in plain text, for reviewers; it acknowledges the finding ALL-INT14.
   *
   * @default - none
   */
  readonly clearText?: string;

  /**
   * Parameters of the request to the back end: `integration.request.header.X`, `integration.request.querystring.x` or
   * `integration.request.path.x` → `route.request.header.X`, `route.request.querystring.x`, `route.request.body.x`, `context.x`,
   * `stageVariables.x`, `'text'`. Parts of a request to connect that are read are declared for the route.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: string };

  /**
   * Velocity template of the request. Not for proxies.
   *
   * @default - the unchanged message
   */
  readonly requestTemplate?: string;

  /**
   * Velocity templates of several kinds of messages: result of `templateSelectionExpression` → template. Instead of
   * `requestTemplate`.
   *
   * @default - none
   */
  readonly requestTemplates?: { [key: string]: string };

  /**
   * Selects one of the `requestTemplates`, e.g. `${request.body.kind}`.
   *
   * @default - none; required with `requestTemplates`
   */
  readonly templateSelectionExpression?: string;

  /**
   * The responses; exactly one without `selectionPattern`, except on `$connect`, where a client may connect if its result has a
   * response. Not for proxies.
   *
   * @default - none: proxies only
   */
  readonly responses?: WebSocketIntegrationResponse[];

  /**
   * How long API Gateway waits for the back end. 50 ms to 29 s.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * A name for the integration, which routes whose integrations have the same name and settings share. It is part of the logical id.
   *
   * @default - none: an integration for each route
   */
  readonly sharedAs?: string;

  /**
   * Further properties of the `AWS::ApiGatewayV2::Integration`, for features that have no name here yet. They are not checked.
   *
   * @default - none
   */
  // jsii has no other type for what may be anything.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly properties?: { [name: string]: any };
}
