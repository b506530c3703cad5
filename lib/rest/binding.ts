import { type Stack } from 'aws-cdk-lib';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type CorsDefinition } from '../gateway/cors';
import { type Owner } from '../authoring/errors';
import { type FunctionTarget } from '../integrations/function-place';
import { type RouteKey } from '../gateway/route-key';
import { type Document } from '../document/skeleton';
import { type TextOnly } from './content-handling';
import { type RestEndpointType } from './endpoint';
import { type ServiceGrant } from '../integrations/service-roles';
import { type RequestParameter } from './request';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface RestIntegrationContext {
  readonly owner: Owner;
  readonly route: RouteKey;
  readonly stack: Stack;
  readonly endpointType: RestEndpointType;
  /** The keys of the `stages` map. */
  readonly stages: readonly string[];
  readonly cors?: CorsDefinition;

  /** Tells one API from another, for what integrations keep. */
  readonly late: object;

  /**
   * How the document names a function.
   *
   * @param arn may be that of an alias of the function
   */
  targetOf(fn: IFunction, arn: string): FunctionTarget;

  /**
   * Lets the route invoke the function: from all stages, or from one. Returns the ARN of the role that API Gateway invokes it
   * with; nothing where the function itself permits it.
   */
  grantInvoke(fn: IFunction, stage?: string): string | undefined;

  /** The alarms of the gateway that say that callers are failing now. */
  criticalAlarms(): readonly CfnAlarm[];

  /** Gives the API's role for a service what the route needs, and returns the ARN of the role. */
  grantService(service: string, grants: readonly ServiceGrant[]): string;

  /** Sets a stage variable on one stage. */
  setStageVariable(stage: string, name: string, value: string): void;

  /** Says that the route reads this stage variable, so that every stage must have it. */
  useStageVariable(name: string): void;
}

/** An integration as a route takes it into the document. */
export interface RestBoundIntegration {
  /** The `x-amazon-apigateway-integration` object. */
  readonly extension: Document;
  /** Method responses of an integration that is no proxy: status code → headers. */
  readonly responses?: Readonly<Record<string, readonly string[]>>;
  /** Why the certificate of the back end need not come from a public authority; the answer to the finding. */
  readonly unverifiedReason?: string;
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
  /** What the binary types of the API must not make bytes of. */
  readonly textOnly?: readonly TextOnly[];
  /** What the integration reads of the request, which the method must declare. */
  readonly parameters?: readonly RequestParameter[];
}

/** Makes the integration for one route. */
export type RestBindIntegration = (context: RestIntegrationContext) => RestBoundIntegration;
