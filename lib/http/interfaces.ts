import { type CfnStage, type IHttpApi, type IHttpStage as CdkHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type GatewayMembers, type RouteMembers, type StageMembers } from '../gateway/handles';
import { type GatewayStageAttributes } from '../gateway/imported';
import { type HttpGrantOptions } from './grants';
import { type IHttpMetrics } from './metrics';

/**
 * An HTTP API: a `HttpGateway` of this app, or one that was made elsewhere (`HttpGateway.fromHttpGatewayAttributes`).
 */
export interface IHttpGateway extends IConstruct, GatewayMembers, IHttpMetrics {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The API as other constructs of the CDK take it.
   */
  readonly api: IHttpApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IHttpStage;

  /**
   * A route. Of an import, the key is taken as it is.
   *
   * @param key its key in the `routes` map, e.g. `GET /orders/{id}`
   */
  route(key: string): IHttpRoute;

  /**
   * Lets someone call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  grantExecute(grantee: IGrantable, options?: HttpGrantOptions): Grant;
}

/**
 * A stage of an HTTP API.
 */
export interface IHttpStage extends IConstruct, StageMembers, IHttpMetrics {
  /**
   * The stage as other constructs of the CDK take it.
   */
  readonly stage: CdkHttpStage;

  /**
   * The resource of the stage, for property overrides.
   *
   * @throws of an import, which has none
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
 * Metrics of a route are kept for each stage, while it has `detailedMetrics`: they are those of the only stage, or of the
 * stage that the route comes from (`onStage`). How CloudWatch calls `$default` is not documented: look there before an alarm
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
   * Lets someone call the route, which must have the IAM authorizer; on all stages, unless the route comes from one.
   *
   * @param grantee role, user, function and the like
   */
  grantExecute(grantee: IGrantable): Grant;
}

/**
 * An HTTP API that was made elsewhere: by another construct, another app or by hand.
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
   * Its stages, as far as they are used here: key → stage.
   *
   * @default - none: only what is of the whole API
   */
  readonly stages?: { [name: string]: GatewayStageAttributes };

  /**
   * Whether its default `execute-api` endpoint is off. A domain with mutual TLS takes no other API.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
