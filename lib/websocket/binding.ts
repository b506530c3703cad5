import { type Stack } from 'aws-cdk-lib';
import { type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../authoring/errors';
import { type FunctionTarget } from '../integrations/function-place';
import { type ServiceGrant } from '../integrations/service-roles';
import { type WebSocketRouteKey } from './route-key';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface WebSocketIntegrationContext {
  readonly owner: Owner;
  readonly route: WebSocketRouteKey;
  readonly stack: Stack;
  /** The keys of the `stages` map. */
  readonly stages: readonly string[];
  /** Whether what the integration answers is sent to the client. */
  readonly returnResponse: boolean;

  /**
   * How the integration names a function.
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

/** How one kind of answer of the back-end is given on; of integrations that are no proxy. */
export interface BoundResponse {
  /** `$default`, or a regular expression over the back-end's status code between slashes. */
  readonly key: string;
  /** Velocity templates; none gives the answer as it is. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
}

/** An integration as a route takes it. */
export interface WebSocketBoundIntegration {
  /** What several routes may share is named after its back-end; all others are named after their route. */
  readonly sharedAs?: string;
  readonly properties: Omit<CfnIntegrationProps, 'apiId'>;
  readonly responses: readonly BoundResponse[];
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
  /** What the integration reads of a request to connect, which the route must declare: `route.request.header.X`. */
  readonly parameters?: readonly string[];
}

/** Makes the integration for one route. */
export type WebSocketBindIntegration = (context: WebSocketIntegrationContext) => WebSocketBoundIntegration;

/** Selects the one template that there is, or the one for what no other is for. */
export const DEFAULT_TEMPLATE = '$default';
/** The expression that gives it: a dollar sign of its own is escaped. */
export const DEFAULT_TEMPLATE_EXPRESSION = '\\$default';
