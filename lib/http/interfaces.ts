import { type CfnStage, type IHttpApi, type IHttpStage as CdkHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type GatewayMembers, type RouteMembers, type StageMembers } from '../gateway/handles';
import { type GatewayStageAttributes } from '../gateway/imported';
import { type HttpGrantOptions } from './grants';
import { type IHttpMetrics } from './metrics';

/**
 * An HTTP API: a `HttpGateway` of this app, or one that was created elsewhere (`HttpGateway.fromHttpGatewayAttributes`).
 */
export interface IHttpGateway extends IConstruct, GatewayMembers, IHttpMetrics {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The API as the CDK's own type, for other constructs.
   */
  readonly api: IHttpApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IHttpStage;

  /**
   * A route. The key for an imported API is not checked.
   *
   * @param key its key in the `routes` map, e.g. `GET /orders/{id}`
   */
  route(key: string): IHttpRoute;

  /**
   * Allows a grantee to call routes that have the IAM authorizer.
   *
   * @param grantee role, user or function
   * @param options routes and stages; all by default
   */
  grantExecute(grantee: IGrantable, options?: HttpGrantOptions): Grant;
}

/**
 * A stage of an HTTP API.
 */
export interface IHttpStage extends IConstruct, StageMembers, IHttpMetrics {
  /**
   * The stage as the CDK's own type, for other constructs.
   */
  readonly stage: CdkHttpStage;

  /**
   * The resource of the stage, for property overrides.
   *
   * @throws if the API is imported, since it has none
   */
  readonly cfnStage: CfnStage;

  /**
   * A route on this stage: its metrics, and its ARN with the stage.
   *
   * @param key its key in the `routes` map, e.g. `GET /orders/{id}`
   */
  route(key: string): IHttpRoute;
}

/**
 * A route of an HTTP API.
 *
 * Metrics of a route are recorded per stage, while it has `detailedMetrics`: they are those of the only stage, or of the stage
 * that the route was taken from (`onStage`). The name of `$default` in CloudWatch is not documented: check it before an alarm
 * relies on it.
 */
export interface IHttpRoute extends RouteMembers, IHttpMetrics {
  /**
   * The route on one stage: its metrics, and its ARN with the stage.
   *
   * @param name key of the `stages` map
   */
  onStage(name: string): IHttpRoute;

  /**
   * Allows a grantee to call the route, which must have the IAM authorizer; on all stages, unless the route was taken from one.
   *
   * @param grantee role, user or function
   */
  grantExecute(grantee: IGrantable): Grant;
}

/**
 * An HTTP API that was created elsewhere: by another construct, another app or manually.
 *
 * @example
 * const attributes: HttpGatewayAttributes = { apiId: 'a1b2c3d4e5', stages: { $default: {} } };
 */
export interface HttpGatewayAttributes {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The stages that are used here: key → stage.
   *
   * @default - none: only features of the whole API
   */
  readonly stages?: { [name: string]: GatewayStageAttributes };

  /**
   * Whether its default `execute-api` endpoint is disabled. A domain with mutual TLS accepts no other APIs.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
