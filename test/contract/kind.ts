import { type CfnResource } from 'aws-cdk-lib';
import { type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type Construct, type IConstruct } from 'constructs';
import {
  type AccessLogOptions,
  type ApiAlarmsOptions,
  type ApiDashboardOptions,
  type CorsOptions,
  type GatewayApiKey,
  type GatewayStageAttributes,
  type IMappableApi,
  type LambdaCanary,
  type ThrottleOptions,
  type UsagePlanOptions,
} from '../../lib';
import { type Json } from '../support/stacks';

/** The words of authorizers that every kind has; the classes have them as they are. */
export interface Authorizers {
  iam(): object;
  none(reason: string): object;
  jwt(options: { issuer: string; audience: string[] }): object;
  auth0(options: { domain: string; audience: string[] }): object;
  okta(options: { domain: string; audience: string[] }): object;
  entraId(options: { tenantId: string; audience: string[] }): object;
  lambda(fn: IFunction): object;
}

/** The words of integrations that every kind has; the classes have them as they are. */
export interface Integrations {
  lambda(fn: IFunction, options?: { readonly canary?: LambdaCanary }): object;
  lambdaByStage(functions: { [stage: string]: IFunction }, options?: object): object;
  http(url: string): object;
  sqs(queue: IQueue): object;
}

export interface RouteProps {
  readonly integration: object;
  readonly authorizer?: object;
  /** Not of HTTP APIs. */
  readonly apiKeyRequired?: boolean;
  readonly throttle?: ThrottleOptions;
}

export interface StageProps {
  readonly stageName?: string;
  readonly description?: string;
  readonly variables?: { [name: string]: string };
  readonly throttle?: ThrottleOptions;
  readonly routes?: { [key: string]: { readonly throttle?: ThrottleOptions } };
  readonly accessLog?: AccessLogOptions;
  readonly detailedMetrics?: boolean;
  readonly autoDeploy?: boolean;
}

/** The props that every kind has. */
export interface Props {
  readonly defaultAuthorizer?: object;
  readonly routes?: { [key: string]: RouteProps };
  readonly stages?: { [name: string]: StageProps };
  readonly description?: string;
  readonly disableExecuteApiEndpoint?: boolean;
  readonly redeployOn?: string[];
  readonly alarms?: ApiAlarmsOptions & { readonly quotaUsage?: { [plan: string]: number } };
  readonly dashboard?: ApiDashboardOptions;
  readonly savedQueries?: boolean;
  /** Not of HTTP APIs. */
  readonly usagePlans?: { [name: string]: UsagePlanOptions };
  /** Not of HTTP APIs. */
  readonly apiKeys?: { [name: string]: GatewayApiKey };
  /** Not of WebSocket APIs. */
  readonly cors?: CorsOptions;
}

interface Measured {
  metric(name: string): Metric;
}

/** A route, in the words of all kinds. */
export interface Route extends Measured {
  readonly key: string;
  readonly arn: string;
  onStage(name: string): Route;
}

/** A stage, in the words of all kinds. */
export interface Stage extends Measured, IConstruct {
  readonly key: string;
  readonly stageName: string;
  readonly url: string;
  readonly accessLogGroup: ILogGroup;
  readonly cfnStage: CfnResource;
  readonly stage: IConstruct & { readonly stageName: string };
  route(key: string): Route;
}

/** What gateways have that are made here, and imported ones. */
export interface AnyGateway extends Measured, IConstruct, IMappableApi {
  readonly url: string;
  urlForStage(name: string): string;
  stage(name: string): Stage;
  route(key: string): Route;
  grantExecute(grantee: IGrantable, options?: { stages?: string[] }): Grant;
}

/** What every gateway has, in the same words. */
export interface Gateway extends Construct, AnyGateway {
  readonly cfnApi: CfnResource;
  readonly apiId: string;
  /** The API as other constructs of the CDK take it. */
  readonly api: IConstruct;
  addStage(name: string, options?: StageProps): Stage;
  addRoute(key: string, route: RouteProps): Route;
  /** Not of HTTP APIs. */
  addUsagePlan?(name: string, options: UsagePlanOptions): IConstruct & { readonly usagePlanId: string };
  /** Not of HTTP APIs. */
  addApiKey?(name: string, key?: GatewayApiKey): IConstruct & { readonly keyId: string };
  cfnStage(name: string): CfnResource;
  accessLogGroup(name: string): ILogGroup;
}

/** What every import takes. */
export interface ImportAttributes {
  readonly stages?: { [name: string]: GatewayStageAttributes };
  readonly disableExecuteApiEndpoint?: boolean;
}

/** A gateway, and what is taken of it most. */
export interface Made {
  readonly gateway: Gateway;
  readonly api: CfnResource;
  readonly apiId: string;
  readonly addRoute: (key: string, route: RouteProps) => Route;
}

/** A stage of the template, as it is deployed, in the words of all kinds. */
export interface StageView {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly destination: string; readonly format: string };
  readonly limits: ThrottleOptions;
  /** Route key → limits. */
  readonly routeLimits: Readonly<Record<string, ThrottleOptions>>;
  readonly deploymentId?: string;
}

/** Who is let through a route, as the template says it. */
export type Guard = 'nobody' | 'iam' | 'function' | 'token';

/** One kind of gateway, as the suite sees it. */
export interface Kind {
  readonly name: 'RestGateway' | 'HttpGateway' | 'WebSocketGateway';
  readonly create: (scope: Construct, id: string, props: Props) => Gateway;
  readonly authorizers: Authorizers;
  readonly integrations: Integrations;
  /** Props of this kind alone, without which a check has something to say. */
  readonly least?: object;
  /** The id of an import of the CDK, each of which calls it its own way. */
  readonly idOf: (imported: object) => string;

  /** An API that was made elsewhere, with the name that metrics of REST APIs have. */
  readonly importOf: (scope: Construct, id: string, apiId: string, attributes: ImportAttributes) => AnyGateway;

  /** Three routes; the first is the one that an authorizer is asked for on. */
  readonly keys: readonly [string, string, string];
  /** Routes that an API needs beside, or a check has something to say. */
  readonly beside?: readonly string[];
  /** A near miss of the second. */
  readonly misspelt: string;
  /** What of a source ARN stands for each of the keys. */
  readonly sources: readonly [string, string, string];
  /** … and for the second and the third together. */
  readonly covering: string;

  readonly types: { readonly api: string; readonly stage: string; readonly deployment: string };
  readonly defaultStage: string;
  /** What a stage says so that there is a deployment whose id changes. */
  readonly deployed: StageProps;
  readonly accessLogFormat: string;
  /** The property of a stage that the access log is. */
  readonly accessLogProperty: string;
  readonly url: (apiId: string, stage: string) => string;
  readonly stageView: (properties: Json) => StageView;
  readonly guard: (template: Json, key: string) => Guard;
  /** What its critical alarms say, stage by stage. */
  readonly criticalAlarms: readonly string[];
  /** Dimensions of a metric of the API. */
  readonly dimensions: (apiId: string, name: string) => Readonly<Record<string, string>>;
  /** … and those that a metric of the second route has beside them. */
  readonly routeDimensions: Readonly<Record<string, string>>;
  /** Origins that browsers are told of, and whether they are told without authorization. */
  readonly cors?: (template: Json, key: string) => { readonly origins: string; readonly open: boolean };

  /** Props of other kinds → what the error says to do instead. */
  readonly refused: Readonly<Record<'gateway' | 'stage' | 'route', Readonly<Record<string, RegExp>>>>;
  /** Cases that are not for this kind, and why. */
  readonly skip: Readonly<Record<string, string>>;
}
