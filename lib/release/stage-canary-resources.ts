import { Aws, CfnDeletionPolicy, CfnOutput, CfnResource, Fn, Token } from 'aws-cdk-lib';
import { type CfnDeployment, type CfnRestApi, type CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type AccessLog, type AccessLogOptions } from '../operate/access-log';
import { executionLogGroup, type ExecutionLogOptions } from '../operate/execution-log';
import { createLogGroup, type NamedLogGroup } from '../operate/log-group';
import { type Owner } from '../authoring/errors';
import { pathInStack } from '../authoring/places';
import { keepAlways } from '../authoring/removal';
import { HANDLER_FINDINGS, HANDLER_LOG_FINDINGS } from './acknowledgements';
import { canaryAlarm } from './canary-alarm';
import { stageFingerprint } from './fingerprint';
import {
  allow,
  type Handler,
  handlerFunction,
  handlerLogs,
  inOrder,
  type Statement,
} from '../authoring/handler-function';
import { type ReleaseMachine, releaseMachine } from './release-machine';
import { type CanaryDefinition } from './stage-canary-definition';
import { CANARY_LOG_SUFFIX } from '../facts/names';
import {
  STAGE_CANARY_ATTRIBUTES as ATTRIBUTES,
  STAGE_CANARY_OUTPUT,
  STAGE_CANARY_PLAN_TYPE,
  STAGE_CANARY_PROPERTIES as PROPERTIES,
  STAGE_CANARY_TYPE,
  stageCanaryLedger,
} from '../facts/own-resources';

/** The owner of the canary. */
export interface StageCanaryContext {
  readonly api: CfnRestApi;
  readonly deployment: CfnDeployment;
  readonly stageKey: string;
  /** The name itself: the plan is created before the stage. */
  readonly stageName: string;
  readonly accessLog: AccessLog;
  readonly accessLogOptions: AccessLogOptions;
  readonly executionLog: ExecutionLogOptions;
  readonly owner: Owner;
}

// By default, CloudFormation waits an hour for a function that cannot respond.
const SERVICE_TIMEOUT_SECONDS = 300;
const HANDLER_SECONDS = 120;

/**
 * The resources around the canary of one stage. CloudFormation owns the deployments and the stage; the plan reads the live
 * state before the stage is updated, and the canary is created after that.
 */
export class StageCanaryResources extends Construct {
  /** The deployment that the stage is to serve. */
  public readonly stableDeploymentId: string;
  private readonly plan: CfnResource;
  private readonly logs: CfnLogGroup;
  private readonly stageArn: string;
  private readonly fingerprint: string;
  private stage?: CfnStage;

  constructor(
    scope: Construct,
    id: string,
    private readonly definition: CanaryDefinition,
    private readonly context: StageCanaryContext,
  ) {
    super(scope, id);
    const { api, deployment, stageName } = context;
    // A stage still serves deployments that have left the template; a failed creation leaves nothing.
    keepAlways(deployment, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
    this.stageArn = `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::/restapis/${api.ref}/stages/${stageName}`;
    this.fingerprint = stageFingerprint(() => this.stage!);
    this.logs = handlerLogs(this, 'HandlerLogs', HANDLER_LOG_FINDINGS);
    const handler = this.handler('Plan', 'Reads what a stage serves before it is updated', [
      allow('apigateway:GET', this.stageArn),
      allow('cloudformation:DescribeStacks', Aws.STACK_ID),
    ]);
    this.plan = this.customResource('Plan', STAGE_CANARY_PLAN_TYPE, handler, {
      [PROPERTIES.onActiveCanary]: definition.onActiveCanary,
    });
    this.stableDeploymentId = this.plan.getAtt(ATTRIBUTES.stable).toString();
  }

  /** Once the stage exists. */
  public apply(stage: CfnStage): void {
    this.stage = stage;
    const { definition } = this;
    const name = stageCanaryLedger(this.context.api.ref, this.context.stageName);
    const ledger = new CfnResource(this, 'Ledger', {
      type: 'AWS::SSM::Parameter',
      properties: {
        Name: name,
        Type: 'String',
        Value: '{}',
        Description: `Releases of a stage: ${STAGE_CANARY_OUTPUT} status`,
      },
    });
    const ledgerArn = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`;
    const moves = [
      allow(['apigateway:GET', 'apigateway:PATCH'], this.stageArn),
      allow(['ssm:GetParameter', 'ssm:PutParameter'], ledgerArn),
    ];
    const logs = this.canaryLogs();
    const alarmNames = this.alarmNames(logs.access);
    const release =
      definition.steps && this.machine([...moves, allow('cloudwatch:DescribeAlarms', alarmNames.map(arnOf))]);
    const handler = this.handler('Apply', 'Makes a new deployment the canary of a stage', [
      ...moves,
      allow('cloudformation:DescribeStacks', Aws.STACK_ID),
      ...(release ? [allow('states:StartExecution', release.machine.ref)] : []),
    ]);
    const canary = this.customResource('Resource', STAGE_CANARY_TYPE, handler, {
      [PROPERTIES.stable]: this.stableDeploymentId,
      [PROPERTIES.percent]: definition.percent,
      [PROPERTIES.overrides]: some(definition.stageVariables),
      [PROPERTIES.alarmNames]: alarmNames,
      [PROPERTIES.steps]: definition.steps?.map(({ percent, seconds }) => ({
        [PROPERTIES.percent]: percent,
        [PROPERTIES.bakeSeconds]: seconds,
      })),
      [PROPERTIES.stateMachineArn]: release?.machine.ref,
    });
    // Updated after the stage and deleted before it; one after the other, since CDK sorts several dependencies.
    const others = [logs.access?.resource, logs.execution, release?.goOn].filter((one) => one !== undefined);
    inOrder(stage, ledger, ...others, handler.policy, canary);
    this.outputs(canary);
  }

  /** The groups for logs of canary requests; otherwise API Gateway would create them itself, and keep them forever. */
  private canaryLogs(): { readonly access?: NamedLogGroup; readonly execution?: CfnLogGroup } {
    const { accessLog, accessLogOptions, executionLog, api, stageName } = this.context;
    const { group } = accessLog;
    const name = group && Fn.join('', [group.name, CANARY_LOG_SUFFIX]);
    return {
      access: name === undefined ? undefined : createLogGroup(this, 'AccessLog', name, accessLogOptions),
      execution: executionLogGroup(this, 'ExecutionLog', executionLog, {
        kind: 'rest',
        apiId: api.ref,
        stageName: `${stageName}${CANARY_LOG_SUFFIX}`,
      }),
    };
  }

  /** The alarms that detect a bad release. */
  private alarmNames(log: NamedLogGroup | undefined): readonly string[] {
    const { accessLog, stageKey, owner } = this.context;
    const { alarms } = this.definition;
    const { group } = accessLog;
    const own = canaryAlarm(this, {
      path: pathInStack(this.node.scope!),
      stageKey,
      accessLog: { ...accessLog, group: log && group && { ...group, arn: log.arn, name: log.name } },
      owner,
      hasAlarms: alarms.length > 0,
    });
    return [...(own ? [own.ref] : []), ...alarms.map(({ alarmName }) => alarmName)];
  }

  private machine(statements: readonly Statement[]): ReleaseMachine {
    const step = this.handler('Step', 'Takes one step of the release of a stage', statements, 'step', 60);
    return releaseMachine(this, step);
  }

  private handler(
    id: string,
    description: string,
    statements: readonly Statement[],
    name = id.toLowerCase(),
    timeoutSeconds = HANDLER_SECONDS,
  ): Handler {
    const { stageKey, stageName } = this.context;
    return handlerFunction(this, id, this.logs, {
      code: 'stage-canary',
      findings: HANDLER_FINDINGS,
      description,
      handler: `index.${name}`,
      timeoutSeconds,
      statements,
      // Another stage is updated together with the old one, whose policy then is kept until the clean-up.
      policySuffix: stageName === stageKey || Token.isUnresolved(stageName) ? '' : `-${stageName}`,
    });
  }

  private customResource(id: string, type: string, { fn, policy }: Handler, own: Record<string, unknown>): CfnResource {
    const { api, deployment, stageName } = this.context;
    const resource = new CfnResource(this, id, {
      type,
      properties: {
        ServiceToken: fn.attrArn,
        ServiceTimeout: SERVICE_TIMEOUT_SECONDS,
        [PROPERTIES.restApiId]: api.ref,
        [PROPERTIES.stageName]: stageName,
        [PROPERTIES.candidate]: deployment.ref,
        ...own,
        [PROPERTIES.fingerprint]: this.fingerprint,
      },
    });
    resource.addResourceDependency(policy);
    return resource;
  }

  private outputs(canary: CfnResource): void {
    const { api, stageName, stageKey } = this.context;
    new CfnOutput(this, 'Stage', {
      description: `${STAGE_CANARY_OUTPUT} status --stack <this stack>: the canary of stage ${stageKey}`,
      value: `${api.ref}/${stageName}`,
    });
    new CfnOutput(this, 'State', {
      description: `stable, canary or rejected: what stage ${stageKey} did with the last deployment`,
      value: canary.getAtt(ATTRIBUTES.state).toString(),
    });
  }
}

const arnOf = (alarmName: string) =>
  `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${alarmName}`;

/** The map, if it is not empty. */
const some = (map: Readonly<Record<string, string>>) => (Object.keys(map).length > 0 ? map : undefined);
