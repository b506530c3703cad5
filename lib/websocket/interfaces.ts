import {
  type CfnStage,
  type IWebSocketApi,
  type IWebSocketStage as CdkWebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type GatewayMembers, type RouteMembers, type StageMembers } from '../gateway/handles';
import { type GatewayStageAttributes } from '../gateway/imported';
import { type WebSocketGrantOptions, type WebSocketManageConnectionsOptions } from './grants';
import { type IWebSocketMetrics } from './metrics';

/**
 * A WebSocket API: a `WebSocketGateway` of this app, or one that was made elsewhere (`WebSocketGateway.fromWebSocketGatewayAttributes`).
 */
export interface IWebSocketGateway extends IConstruct, GatewayMembers, IWebSocketMetrics {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The API as other constructs of the CDK take it.
   */
  readonly api: IWebSocketApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IWebSocketStage;

  /**
   * A route. Of an import, the key is taken as it is.
   *
   * @param key its key in the `routes` map, e.g. `sendMessage`
   */
  route(key: string): IWebSocketRoute;

  /**
   * URL that messages are sent to connections by, with the `@connections` API; the `endpoint` of its client.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; of the API's only stage, where none is named
   * @throws where none is named, and there are several
   */
  callbackUrl(stage?: string): string;

  /**
   * Lets someone connect, where `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user, function and the like
   * @param options stages, by default all
   */
  grantExecute(grantee: IGrantable, options?: WebSocketGrantOptions): Grant;

  /**
   * Lets someone send to connections, ask about them and end them, with the `@connections` API at `callbackUrl`.
   *
   * @param grantee role, user, function and the like
   * @param options stages and methods, by default all
   */
  grantManageConnections(grantee: IGrantable, options?: WebSocketManageConnectionsOptions): Grant;
}

/**
 * A stage of a WebSocket API.
 */
export interface IWebSocketStage extends IConstruct, StageMembers, IWebSocketMetrics {
  /**
   * The stage as other constructs of the CDK take it.
   */
  readonly stage: CdkWebSocketStage;

  /**
   * The resource of the stage, for property overrides.
   *
   * @throws of an import, which has none
   */
  readonly cfnStage: CfnStage;

  /**
   * URL that messages are sent to connections by; see `callbackUrl` of the gateway.
   */
  readonly callbackUrl: string;

  /**
   * A route on this stage: its metrics, and its ARN with the stage.
   *
   * @param key its key in the `routes` map, e.g. `sendMessage`
   */
  route(key: string): IWebSocketRoute;
}

/**
 * A route of a WebSocket API.
 *
 * Metrics of a route are kept for each stage, while it has `detailedMetrics`: they are those of the only stage, or of the
 * stage that the route comes from (`onStage`). Their dimensions `Method` and `Resource` are documented; what they hold for a
 * route is not, and both have the route key here. Look into CloudWatch before an alarm relies on it, and give `dimensionsMap`
 * where they differ.
 *
 * There is no `grantExecute` of a single route: IAM is asked once, at `$connect`; grant on the gateway.
 */
export interface IWebSocketRoute extends RouteMembers, IWebSocketMetrics {
  /**
   * The route on one stage: its metrics, and its ARN with the stage.
   *
   * @param name key of the `stages` map
   */
  onStage(name: string): IWebSocketRoute;
}

/**
 * A stage of a WebSocket API that was made elsewhere.
 *
 * @example
 * const attributes: WebSocketStageAttributes = { stageName: 'prod' };
 */
export interface WebSocketStageAttributes extends GatewayStageAttributes {
  /**
   * URL that messages are sent to connections by, where the stage is on a domain; with `https://`.
   *
   * @default - that of the default endpoint
   */
  readonly callbackUrl?: string;
}

/**
 * A WebSocket API that was made elsewhere: by another construct, another app or by hand.
 *
 * @example
 * const attributes: WebSocketGatewayAttributes = { apiId: 'a1b2c3d4e5', stages: { prod: {} } };
 */
export interface WebSocketGatewayAttributes {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * Its stages, as far as they are used here: key → stage.
   *
   * @default - none: only what is of the whole API
   */
  readonly stages?: { [name: string]: WebSocketStageAttributes };

  /**
   * Whether its default `execute-api` endpoint is off. A domain with mutual TLS takes no other API.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
