import { type Stack } from 'aws-cdk-lib';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../authoring/errors';
import { type FunctionTarget } from '../integrations/function-place';
import { type HttpRouteKey } from '../gateway/http-route-key';
import { type ServiceGrant } from '../integrations/service-roles';
import { type Document } from '../document/skeleton';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface HttpIntegrationContext {
  readonly owner: Owner;
  readonly route: HttpRouteKey;
  readonly stack: Stack;
  /** The keys of the `stages` map. */
  readonly stages: readonly string[];

  /** Tells one API from another, for what integrations keep. */
  readonly late: object;

  /**
   * How the document names a function.
   *
   * @param arn may be that of an alias of the function
   */
  targetOf(fn: IFunction, arn: string): FunctionTarget;

  /** Lets the route invoke the function: from all stages, or from one. */
  grantInvoke(fn: IFunction, stage?: string): void;

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
export interface BoundHttpIntegration {
  /** What it is called in the document, unless another one is called so. */
  readonly name: string;
  /** The `x-amazon-apigateway-integration` object; frozen, since routes with an equal one share it. */
  readonly extension: Document;
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
}

/** Makes the integration for one route. */
export type BindHttpIntegration = (context: HttpIntegrationContext) => BoundHttpIntegration;
