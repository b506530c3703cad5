/**
 * Names and properties of the library's own resources in templates: constructs, handlers, commands and rules share them here.
 */

/** Sets the CloudWatch role of an account that has none. */
export const ACCOUNT_LOGGING_TYPE = 'Custom::ApiGatewayAccountLogging';

/** Reads what a stage serves before it is updated. */
export const STAGE_CANARY_PLAN_TYPE = 'Custom::ApiGatewayStageCanaryPlan';

/** Makes a new deployment the canary of a stage. */
export const STAGE_CANARY_TYPE = 'Custom::ApiGatewayStageCanary';

/** Properties of the two resources of a stage canary. */
export const STAGE_CANARY_PROPERTIES = {
  restApiId: 'RestApiId',
  stageName: 'StageName',
  candidate: 'CandidateDeploymentId',
  stable: 'StableDeploymentId',
  onActiveCanary: 'OnActiveCanary',
  percent: 'PercentTraffic',
  overrides: 'StageVariableOverrides',
  alarmNames: 'AlarmNames',
  steps: 'Steps',
  bakeSeconds: 'BakeSeconds',
  stateMachineArn: 'StateMachineArn',
  fingerprint: 'Fingerprint',
} as const;

/** Attributes of the two. */
export const STAGE_CANARY_ATTRIBUTES = {
  stable: STAGE_CANARY_PROPERTIES.stable,
  canary: 'CanaryDeploymentId',
  state: 'State',
} as const;

/** What the description of the output begins with that names the stage of a canary, as `<RestApiId>/<StageName>`. */
export const STAGE_CANARY_OUTPUT = 'apigw canary';

/** Name of the parameter that holds the ledger of a stage; it follows from the stage. */
export function stageCanaryLedger(restApiId: string, stageName: string): string {
  return `/apigateway/canary/${restApiId}/${stageName}`;
}

/** Puts the values that only a deployment knows into the OpenAPI definition of an API, which is an asset. */
export const DEFINITION_TYPE = 'Custom::ApiGatewayDefinition';

/** Properties of that resource. */
export const DEFINITION_PROPERTIES = { bucket: 'Bucket', key: 'Key', values: 'Values' } as const;

/** Its attribute: the key of the definition with the values, in the same bucket. */
export const DEFINITION_KEY = 'DefinitionKey';
