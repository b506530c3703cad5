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
 * A WebSocket API: a `WebSocketGateway` of this app, or one that was created elsewhere
 * (`WebSocketGateway.fromWebSocketGatewayAttributes`).
 */
export interface IWebSocketGateway extends IConstruct, GatewayMembers, IWebSocketMetrics {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The API as the CDK's own type, for other constructs.
   */
  readonly api: IWebSocketApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IWebSocketStage;

  /**
   * A route. The key for an imported API is not checked.
   *
   * @param key its key in the `routes` map, e.g. `sendMessage`
   */
  route(key: string): IWebSocketRoute;

  /**
   * URL for sending messages to connections with the `@connections` API; the `endpoint` of its client.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   * @param stage key of the `stages` map; the API's only stage by default
   * @throws if none is named, and there are several
   */
  callbackUrl(stage?: string): string;

  /**
   * Allows a grantee to connect, if `$connect` has the IAM authorizer, and send to every route.
   *
   * @param grantee role, user or function
   * @param options stages; all by default
   */
  grantExecute(grantee: IGrantable, options?: WebSocketGrantOptions): Grant;

  /**
   * Allows a grantee to send to connections, get information about them and end them, with the `@connections` API at
   * `callbackUrl`.
   *
   * @param grantee role, user or function
   * @param options stages and methods; all by default
   */
  grantManageConnections(grantee: IGrantable, options?: WebSocketManageConnectionsOptions): Grant;
}

/**
 * A stage of a WebSocket API.
 */
export interface IWebSocketStage extends IConstruct, StageMembers, IWebSocketMetrics {
  /**
   * The stage as the CDK's own type, for other constructs.
   */
  readonly stage: CdkWebSocketStage;

  /**
   * The resource of the stage, for property overrides.
   *
   * @throws if the API is imported, since it has none
   */
  readonly cfnStage: CfnStage;

  /**
   * URL for sending messages to connections; see `callbackUrl` of the gateway.
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
 * Metrics of a route are recorded per stage, while it has `detailedMetrics`: they are those of the only stage, or of the stage
 * that the route was taken from (`onStage`). Their dimensions `Method` and `Resource` are documented; their values for a route
 * are not, and both are the route key here. Check CloudWatch before an alarm relies on them, and set `dimensionsMap` if they
 * differ.
 *
 * There is no `grantExecute` of a single route: IAM is evaluated once, at `$connect`; grant on the gateway.
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
 * A stage of a WebSocket API that was created elsewhere.
 *
 * @example
 * const attributes: WebSocketStageAttributes = { stageName: 'prod' };
 */
export interface WebSocketStageAttributes extends GatewayStageAttributes {
  /**
   * URL for sending messages to connections if the stage is on a domain; with `https://`.
   *
   * @default - that of the default endpoint
   */
  readonly callbackUrl?: string;
}

/**
 * A WebSocket API that was created elsewhere: by another construct, another app or manually.
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
   * The stages that are used here: key → stage.
   *
   * @default - none: only features of the whole API
   */
  readonly stages?: { [name: string]: WebSocketStageAttributes };

  /**
   * Whether its default `execute-api` endpoint is disabled. A domain with mutual TLS accepts no other APIs.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
