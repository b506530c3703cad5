import { type CfnStage, type IRestApi, type IStage } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type GatewayMembers, type RouteMembers, type StageMembers } from '../gateway/handles';
import { type GatewayStageAttributes } from '../gateway/imported';
import { type RestGrantOptions } from './grants';
import { type IRestMetrics } from './metrics';

/**
 * A REST API: a `RestGateway` of this app, or one that was created elsewhere (`RestGateway.fromRestGatewayAttributes`).
 */
export interface IRestGateway extends IConstruct, GatewayMembers, IRestMetrics {
  /**
   * ID of the API.
   */
  readonly apiId: string;

  /**
   * The API as the CDK's own type, for other constructs.
   */
  readonly api: IRestApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IRestStage;

  /**
   * A route. The key for an imported API is not checked.
   *
   * @param key its key in the `routes` map, e.g. `GET /orders/{id}`
   */
  route(key: string): IRestRoute;

  /**
   * Allows a grantee to call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages; all by default
   */
  grantExecute(grantee: IGrantable, options?: RestGrantOptions): Grant;

  /**
   * Allows a grantee to make the back end respond again instead of the cache (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache; all by default
   */
  grantInvalidateCache(grantee: IGrantable, options?: RestGrantOptions): Grant;
}

/**
 * A stage of a REST API.
 */
export interface IRestStage extends IConstruct, StageMembers, IRestMetrics {
  /**
   * The stage as the CDK's own type, for other constructs.
   */
  readonly stage: IStage;

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
  route(key: string): IRestRoute;
}

/**
 * A route of a REST API.
 *
 * Metrics of a route are recorded per stage, while it has `detailedMetrics`: they are those of the only stage, or of the stage
 * that the route was taken from (`onStage`).
 */
export interface IRestRoute extends RouteMembers, IRestMetrics {
  /**
   * The route on one stage: its metrics, and its ARN with the stage.
   *
   * @param name key of the `stages` map
   */
  onStage(name: string): IRestRoute;

  /**
   * Allows a grantee to call the route, which must have the IAM authorizer; on all stages, unless the route was taken from one.
   *
   * @param grantee role, user, function and the like
   */
  grantExecute(grantee: IGrantable): Grant;
}

/**
 * A REST API that was created elsewhere: by another construct, another app or manually.
 *
 * @example
 * const attributes: RestGatewayAttributes = { apiId: 'a1b2c3d4e5', apiName: 'orders', stages: { prod: {} } };
 */
export interface RestGatewayAttributes {
  /**
   * ID of the API.
   */
  readonly apiId: string;

  /**
   * The stages that are used here: key → stage.
   *
   * @default - none: only features of the whole API
   */
  readonly stages?: { [name: string]: GatewayStageAttributes };

  /**
   * Name of the API, which metrics of REST APIs use instead of its ID.
   *
   * @default - not known: there are no metrics
   */
  readonly apiName?: string;

  /**
   * ID of the root resource, for constructs of the CDK that add methods to `api`.
   *
   * @default - not known
   */
  readonly rootResourceId?: string;

  /**
   * Endpoint type of the API: REGIONAL, EDGE or PRIVATE. Private APIs can be mapped to private domains only.
   *
   * @default - not known
   */
  readonly endpointType?: string;

  /**
   * Whether its default `execute-api` endpoint is disabled. A domain with mutual TLS accepts no other APIs.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
