import { type CfnStage, type IRestApi, type IStage } from 'aws-cdk-lib/aws-apigateway';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type GatewayMembers, type RouteMembers, type StageMembers } from '../gateway/handles';
import { type GatewayStageAttributes } from '../gateway/imported';
import { type RestGrantOptions } from './grants';
import { type IRestMetrics } from './metrics';

/**
 * A REST API: a `RestGateway` of this app, or one that was made elsewhere (`RestGateway.fromRestGatewayAttributes`).
 */
export interface IRestGateway extends IConstruct, GatewayMembers, IRestMetrics {
  /**
   * Id of the API.
   */
  readonly apiId: string;

  /**
   * The API as other constructs of the CDK take it.
   */
  readonly api: IRestApi;

  /**
   * A stage.
   *
   * @param name key of the `stages` map
   */
  stage(name: string): IRestStage;

  /**
   * A route. Of an import, the key is taken as it is.
   *
   * @param key its key in the `routes` map, e.g. `GET /orders/{id}`
   */
  route(key: string): IRestRoute;

  /**
   * Lets someone call routes that have the IAM authorizer.
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages, by default all
   */
  grantExecute(grantee: IGrantable, options?: RestGrantOptions): Grant;

  /**
   * Lets someone have responses made anew by the back-end (`Cache-Control: max-age=0` on a signed request).
   *
   * @param grantee role, user, function and the like
   * @param options routes and stages that have a cache, by default all
   */
  grantInvalidateCache(grantee: IGrantable, options?: RestGrantOptions): Grant;
}

/**
 * A stage of a REST API.
 */
export interface IRestStage extends IConstruct, StageMembers, IRestMetrics {
  /**
   * The stage as other constructs of the CDK take it.
   */
  readonly stage: IStage;

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
  route(key: string): IRestRoute;
}

/**
 * A route of a REST API.
 *
 * Metrics of a route are kept for each stage, while it has `detailedMetrics`: they are those of the only stage, or of the
 * stage that the route comes from (`onStage`).
 */
export interface IRestRoute extends RouteMembers, IRestMetrics {
  /**
   * The route on one stage: its metrics, and its ARN with the stage.
   *
   * @param name key of the `stages` map
   */
  onStage(name: string): IRestRoute;

  /**
   * Lets someone call the route, which must have the IAM authorizer; on all stages, unless the route comes from one.
   *
   * @param grantee role, user, function and the like
   */
  grantExecute(grantee: IGrantable): Grant;
}

/**
 * A REST API that was made elsewhere: by another construct, another app or by hand.
 *
 * @example
 * const attributes: RestGatewayAttributes = { apiId: 'a1b2c3d4e5', apiName: 'orders', stages: { prod: {} } };
 */
export interface RestGatewayAttributes {
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
   * Name of the API, which metrics of REST APIs have in place of its id.
   *
   * @default - not known: there are no metrics
   */
  readonly apiName?: string;

  /**
   * Id of the root resource, for constructs of the CDK that add methods to `api`.
   *
   * @default - not known
   */
  readonly rootResourceId?: string;

  /**
   * Endpoint type of the API: REGIONAL, EDGE or PRIVATE. Private APIs go with private domains only.
   *
   * @default - not known
   */
  readonly endpointType?: string;

  /**
   * Whether its default `execute-api` endpoint is off. A domain with mutual TLS takes no other API.
   *
   * @default - not known
   */
  readonly disableExecuteApiEndpoint?: boolean;
}
