import {
  type STAGE_CANARY_ATTRIBUTES as ATTRIBUTES,
  type STAGE_CANARY_PROPERTIES as PROPERTIES,
} from '../../../lib/facts/own-resources';

/**
 * The contract between the constructs of a stage canary and the code in this folder, bundled as `assets/stage-canary`.
 *
 * ## Contents of the template
 *
 * - `AWS::ApiGateway::Deployment` without `StageName`; `DeletionPolicy: RetainExceptOnCreate`, `UpdateReplacePolicy: Retain`.
 * - `AWS::SSM::Parameter`, the ledger: `Name: /apigateway/canary/<RestApiId>/<StageName>`, `Type: String`, `Value: "{}"`,
 *   which never changes in the template. The handlers and the command find it by that name.
 * - `Custom::ApiGatewayStageCanaryPlan` (handler `index.plan`, properties `PlanProperties`).
 * - `AWS::ApiGateway::Stage` with `DeploymentId: !GetAtt Plan.StableDeploymentId` and no `CanarySetting`.
 * - `Custom::ApiGatewayStageCanary` (handler `index.apply`, properties `ApplyProperties`), which depends on the stage and on
 *   the ledger, so it is updated after and deleted before them.
 * - With steps: `AWS::StepFunctions::StateMachine` (standard) of `assets/stage-canary/machine.json`, with the substitutions
 *   `${StepFunctionArn}`, a function with handler `index.step`, and `${Partition}`.
 * - An output whose description begins with `apigw canary` and whose value is `<RestApiId>/<StageName>`: `apigw canary
 *   --stack` finds the stage by it.
 *
 * Three functions of the same code (Node.js 24, 256 MB): `plan` and `apply` with a timeout of 2 minutes, `step` of 1.
 *
 * ## Permissions
 *
 * `STAGE` is `arn:PARTITION:apigateway:REGION::/restapis/RestApiId/stages/StageName`, `LEDGER` is
 * `arn:PARTITION:ssm:REGION:ACCOUNT:parameter/apigateway/canary/RestApiId/StageName`.
 *
 * | function | actions                                  | on                                                            |
 * | -------- | ---------------------------------------- | ------------------------------------------------------------- |
 * | `plan`   | `apigateway:GET`                         | `STAGE`                                                       |
 * |          | `cloudformation:DescribeStacks`          | the own stack, `AWS::StackId`                                 |
 * | `apply`  | `apigateway:GET`, `apigateway:PATCH`     | `STAGE`                                                       |
 * |          | `ssm:GetParameter`, `ssm:PutParameter`   | `LEDGER`                                                      |
 * |          | `states:StartExecution` (with steps)     | the state machine                                             |
 * |          | `cloudformation:DescribeStacks`          | the own stack, `AWS::StackId`                                 |
 * | `step`   | `apigateway:GET`, `apigateway:PATCH`     | `STAGE`                                                       |
 * |          | `ssm:GetParameter`, `ssm:PutParameter`   | `LEDGER`                                                      |
 * |          | `cloudwatch:DescribeAlarms`              | `arn:PARTITION:cloudwatch:REGION:ACCOUNT:alarm:NAME` of each  |
 * | machine  | `lambda:InvokeFunction`                  | the `step` function                                           |
 * |          | `states:StartExecution`                  | itself                                                        |
 *
 * Alarms are metric alarms of the same account and Region: composite ones are shown to `DescribeAlarms` on `*` only.
 * When the stage is replaced (another API or name), old and new are touched in one update: allow both, or let the policy
 * of the old one stay until clean-up.
 *
 * ## Properties as CloudFormation passes them
 *
 * Numbers and booleans arrive as strings; both forms are taken.
 */
export interface PlanProperties {
  readonly [PROPERTIES.restApiId]: string;
  readonly [PROPERTIES.stageName]: string;
  /** `Ref` of the Deployment. */
  readonly [PROPERTIES.candidate]: string;
  /**
   * `fail`: a new deployment is refused while the canary of another one is live. `replace`: it takes the canary's place.
   * Default `fail`.
   */
  readonly [PROPERTIES.onActiveCanary]?: 'fail' | 'replace';
  /**
   * A hash of all settings of the stage in the template: the plan must run again when any of them changes, so an update of
   * the stage sends the deployment that is live now, not the one that was live at the last update.
   */
  readonly [PROPERTIES.fingerprint]: string;
}

/** `Fn::GetAtt` of the plan. */
export interface PlanAttributes {
  /** The deployment that the stage serves now; the candidate if there is no stage yet. */
  readonly [ATTRIBUTES.stable]: string;
}

export interface ApplyProperties {
  readonly [PROPERTIES.restApiId]: string;
  readonly [PROPERTIES.stageName]: string;
  readonly [PROPERTIES.candidate]: string;
  /** `Fn::GetAtt` of the plan: what CloudFormation goes back to when a later update fails, and `prune` must keep. */
  readonly [PROPERTIES.stable]: string;
  /** Share of the candidate, 0 to 100. With steps, the percentage of the first step. */
  readonly [PROPERTIES.percent]: number | string;
  /** Stage variables of the candidate; a promotion merges them over those of the stage. */
  readonly [PROPERTIES.overrides]?: Readonly<Record<string, string>>;
  /** Names of alarms: what a progressive release, which needs one, stops on, and what `apigw canary status` shows. At most ten. */
  readonly [PROPERTIES.alarmNames]?: readonly string[];
  /** Progressive: percent and seconds to bake, rising; after the last step the candidate is promoted. */
  readonly [PROPERTIES.steps]?: readonly {
    readonly [PROPERTIES.percent]: number | string;
    readonly [PROPERTIES.bakeSeconds]: number | string;
  }[];
  /** Set if, and only if, there are steps. */
  readonly [PROPERTIES.stateMachineArn]?: string;
  /** The same as that of the plan. */
  readonly [PROPERTIES.fingerprint]: string;
}

/** `Fn::GetAtt` of the canary, for outputs. They tell what was so at the end of the last deployment. */
export interface ApplyAttributes {
  readonly [ATTRIBUTES.stable]: string;
  /** Empty if there is no canary. */
  readonly [ATTRIBUTES.canary]: string;
  /** `stable` (the candidate is what callers get), `canary`, or `rejected` (the candidate was rolled back before). */
  readonly [ATTRIBUTES.state]: 'stable' | 'canary' | 'rejected';
}

/** The input of `index.step`; it returns the next state. */
export interface StepRequest<S> {
  /** `watch` is a `check` of a machine that can go on in another execution. */
  readonly action: 'check' | 'watch' | 'shift' | 'promote' | 'rollBack';
  readonly state: S;
}
