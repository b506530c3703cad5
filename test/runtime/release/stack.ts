import { apply } from '../../../runtime/handlers/stage-canary/apply';
import { type ApplyProperties, type PlanProperties } from '../../../runtime/handlers/stage-canary/contract';
import { plan } from '../../../runtime/handlers/stage-canary/plan';
import { type CustomResourceEvent, type CustomResourceHandler } from '../../../runtime/handlers/shared/custom-resource';
import { ledgerName } from '../../../runtime/live/ledger-store';
import { Crash, type FakeAws } from '../../support/fake-aws';

/** What a stack says of its stage. */
export interface Template {
  /** Another code is another Deployment. */
  readonly code: string;
  /** Whether the stage has a canary. */
  readonly canary?: boolean;
  readonly percent?: number;
  readonly onActiveCanary?: 'fail' | 'replace';
  /** Other settings of the stage. */
  readonly settings?: string;
  readonly steps?: readonly { percent: number; seconds: number }[];
  readonly alarms?: readonly string[];
  readonly overrides?: Record<string, string>;
}

/** Where an update fails for reasons of its own. */
export type Failure = 'beforeApply' | 'afterApply';

/** How CloudFormation behaves where nobody has recorded it: the stories hold for both answers. */
export interface Unknowns {
  /** An update of the stage sends its DeploymentId also where that did not change. */
  readonly resendsDeployment: boolean;
  /** A rollback takes the attributes that the plan had before, and not those that it answers then. */
  readonly keepsOldAttributes: boolean;
  /** Lambda gives a crashed invocation up at once, so that CloudFormation sees a failure. */
  readonly crashesAreFinal?: boolean;
}

interface Resources {
  readonly template: Template;
  readonly deploymentId: string;
  readonly stable?: string;
  readonly planProps?: PlanProperties;
  readonly applyProps?: ApplyProperties;
  readonly stageDeployment: string;
}

export class DeployFailed extends Error {}

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:release';
const STACK_ID = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/orders/1';
const TRIES = 3;

/** Plays CloudFormation for one stack: an API, its retained deployments, the plan, the stage and the canary. */
export class FakeStack {
  apiId = '';
  readonly stageName = 'prod';
  /** What CloudFormation shows of clean-ups that failed. */
  readonly events: string[] = [];
  /** Every event that a handler was sent. */
  readonly sent: { handler: 'plan' | 'apply'; event: CustomResourceEvent }[] = [];
  private current?: Resources;
  private applyId?: string;
  private readonly deployments = new Map<string, string>();
  private readonly clients;
  private readonly handlers: Record<'plan' | 'apply', CustomResourceHandler>;
  private serial = 0;
  /** Rolling back and cleaning up: CloudFormation does not give up so soon. */
  private isRollingBack = false;

  constructor(
    private readonly aws: FakeAws,
    private readonly unknowns: Unknowns = { resendsDeployment: true, keepsOldAttributes: false },
  ) {
    this.clients = aws.clients();
    aws.stacks.stacks.set(STACK_ID, []);
    const sleep = async (millis: number) => void (aws.clock += millis);
    this.handlers = {
      plan: plan(this.clients, { now: aws.now, sleep }),
      apply: apply({ clients: this.clients, now: aws.now, sleep }),
    };
  }

  get exists(): boolean {
    return this.current !== undefined;
  }

  get template(): Template | undefined {
    return this.current?.template;
  }

  /** What the plan of the last deployment answered. */
  get planned(): string | undefined {
    return this.current?.stable;
  }

  get ref() {
    return { restApiId: this.apiId, stageName: this.stageName };
  }

  live() {
    return this.aws.gateway.stage(this.apiId, this.stageName);
  }

  deploymentOf(code: string): string {
    const id = this.deployments.get(code);
    if (id === undefined) throw new Error(`${code} was never deployed`);
    return id;
  }

  /** Creates or updates the stack; throws DeployFailed after it has rolled back. */
  async deploy(template: Template, failure?: Failure): Promise<void> {
    const before = this.current;
    this.aws.stacks.status = 'UPDATE_IN_PROGRESS';
    if (!before) this.apiId = this.aws.gateway.createRestApi('orders');
    const isNew = before?.template.code !== template.code;
    const deploymentId = isNew ? this.aws.gateway.createDeployment(this.apiId, template.code) : before.deploymentId;
    this.deployments.set(template.code, deploymentId);
    const undo: (() => Promise<void>)[] = [];
    try {
      this.current = await this.update(template, deploymentId, before, failure, undo);
    } catch (error) {
      this.isRollingBack = true;
      this.aws.stacks.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      for (const step of undo.sort(byOrder)) await step();
      this.isRollingBack = false;
      this.aws.stacks.status = 'UPDATE_ROLLBACK_COMPLETE';
      // RetainExceptOnCreate; refused while something serves it, which CloudFormation then skips.
      if (isNew) this.tolerant(() => this.aws.gateway.deleteDeployment(this.apiId, deploymentId));
      if (!before) this.tolerant(() => this.aws.gateway.deleteRestApi(this.apiId));
      throw new DeployFailed((error as Error).message, { cause: error });
    }
    this.isRollingBack = true;
    if (before?.applyProps && !this.current.applyProps) await this.cleanUp(before.applyProps);
    this.isRollingBack = false;
  }

  /** The update has succeeded: what cannot be deleted is tried again, shown, and left behind. */
  private async cleanUp(props: ApplyProperties): Promise<void> {
    this.aws.stacks.status = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return await this.deleteApply(props);
      } catch (error) {
        this.events.push((error as Error).message);
      }
    }
  }

  async destroy(): Promise<void> {
    const { applyProps } = this.current!;
    this.aws.stacks.status = 'DELETE_IN_PROGRESS';
    this.isRollingBack = true;
    if (applyProps) await this.deleteApply(applyProps);
    this.isRollingBack = false;
    this.aws.gateway.deleteStage(this.apiId, this.stageName);
    this.aws.gateway.deleteRestApi(this.apiId);
    this.current = undefined;
  }

  /** Delivers an event once more; what it answers goes nowhere. */
  async redeliver(index: number): Promise<void> {
    const { handler, event } = this.sent[index];
    await this.handlers[handler](event, Infinity).catch((error: Error) => {
      if (error instanceof Crash) throw error;
    });
  }

  private async update(
    template: Template,
    deploymentId: string,
    before: Resources | undefined,
    failure: Failure | undefined,
    undo: (() => Promise<void>)[],
  ): Promise<Resources> {
    const isCanary = template.canary !== false;
    const planProps = isCanary ? this.planProps(template, deploymentId) : undefined;
    let stable = before?.stable;
    if (planProps && !same(planProps, before?.planProps)) {
      const old = before?.planProps;
      undo.push(
        ordered(0, async () => {
          if (!old) return;
          const fresh = await this.send('plan', 'Update', old, planProps);
          stable = this.unknowns.keepsOldAttributes ? before.stable : fresh;
        }),
      );
      stable = await this.send('plan', old ? 'Update' : 'Create', planProps, old);
    }
    const stageDeployment = isCanary ? stable! : deploymentId;
    undo.push(ordered(1, async () => this.restoreStage(before, () => (before?.planProps ? stable! : undefined))));
    this.updateStage(stageDeployment, template, before);
    if (failure === 'beforeApply') throw new Error('another resource failed');
    const applyProps = isCanary ? this.applyProps(template, deploymentId, stable!) : undefined;
    if (applyProps && !same(applyProps, before?.applyProps)) {
      const old = before?.applyProps;
      if (!old) this.aws.parameters.put(ledgerName(this.ref), '{}');
      undo.push(
        // What was updated follows the stage; what was created goes at the end, or before a stage that was created too.
        ordered(old ? 2 : before ? 3 : -1, async () => {
          if (old) await this.send('apply', 'Update', old, applyProps);
          else await this.deleteApply(applyProps);
        }),
      );
      await this.send('apply', old ? 'Update' : 'Create', applyProps, old);
    }
    if (failure === 'afterApply') throw new Error('another resource failed');
    return { template, deploymentId, stable, planProps, applyProps, stageDeployment };
  }

  private updateStage(deploymentId: string, { settings }: Template, before: Resources | undefined): void {
    if (!before) return this.aws.gateway.createStage(this.apiId, this.stageName, deploymentId);
    const isChanged = deploymentId !== before.stageDeployment;
    const isTouched = isChanged || settings !== before.template.settings;
    if (isChanged || (isTouched && this.unknowns.resendsDeployment)) this.point(deploymentId);
  }

  private async restoreStage(before: Resources | undefined, stable: () => string | undefined): Promise<void> {
    if (!before) return this.tolerant(() => this.aws.gateway.deleteStage(this.apiId, this.stageName));
    const deploymentId = stable() ?? before.stageDeployment;
    if (deploymentId !== this.live().deploymentId || this.unknowns.resendsDeployment) this.point(deploymentId);
    this.current = { ...before, stageDeployment: deploymentId, stable: before.planProps ? deploymentId : undefined };
  }

  private point(value: string): void {
    this.aws.gateway.updateStage(this.apiId, this.stageName, [{ op: 'replace', path: '/deploymentId', value }]);
  }

  private async deleteApply(props: ApplyProperties): Promise<void> {
    await this.send('apply', 'Delete', props);
    this.aws.parameters.values.delete(ledgerName(this.ref));
    this.applyId = undefined;
  }

  private async send(
    handler: 'plan' | 'apply',
    RequestType: CustomResourceEvent['RequestType'],
    props: object,
    old?: object,
  ) {
    const RequestId = `request-${++this.serial}`;
    const event: CustomResourceEvent = {
      RequestType,
      ResponseURL: 'http://unused.invalid',
      StackId: STACK_ID,
      RequestId,
      ResourceType: 'Custom::ApiGatewayStageCanary',
      LogicalResourceId: handler,
      ...(RequestType !== 'Create' && {
        PhysicalResourceId: handler === 'apply' ? (this.applyId ?? 'orders.apply') : 'orders.plan',
      }),
      ResourceProperties: props as Record<string, unknown>,
      OldResourceProperties: RequestType === 'Update' ? (old as Record<string, unknown>) : undefined,
    };
    this.sent.push({ handler, event });
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.handlers[handler](event, Infinity);
        if (handler === 'apply' && RequestType !== 'Delete') this.applyId = result?.physicalResourceId;
        return result?.data?.StableDeploymentId as string;
      } catch (error) {
        // Lambda runs an invocation that died again; one that answered is over. A rollback does not give up so soon.
        const isFinal = this.unknowns.crashesAreFinal === true && !this.isRollingBack;
        const mayRepeat = error instanceof Crash && !isFinal;
        if (!mayRepeat || attempt === TRIES) throw error;
      }
    }
  }

  private planProps({ onActiveCanary, settings }: Template, deployment: string): PlanProperties {
    return { ...this.common(deployment, settings), ...(onActiveCanary && { OnActiveCanary: onActiveCanary }) };
  }

  private applyProps(
    { percent = 10, settings, steps, alarms, overrides }: Template,
    deployment: string,
    stable: string,
  ): ApplyProperties {
    return {
      ...this.common(deployment, settings),
      StableDeploymentId: stable,
      // As CloudFormation sends them: texts.
      PercentTraffic: String(percent),
      ...(overrides && { StageVariableOverrides: overrides }),
      ...(alarms && { AlarmNames: alarms }),
      ...(steps && {
        StateMachineArn: MACHINE,
        Steps: steps.map((step) => ({ PercentTraffic: String(step.percent), BakeSeconds: String(step.seconds) })),
      }),
    };
  }

  private common(CandidateDeploymentId: string, settings = '') {
    return { RestApiId: this.apiId, StageName: this.stageName, CandidateDeploymentId, Fingerprint: settings };
  }

  private tolerant(work: () => void): void {
    try {
      work();
    } catch {
      // What is in use, or gone already, is skipped in a clean-up.
    }
  }
}

type Undo = (() => Promise<void>) & { order?: number };

/** Rolling back goes through the resources in the order in which they depend on each other. */
function ordered(order: number, work: () => Promise<void>): Undo {
  return Object.assign(work, { order });
}

const byOrder = (a: Undo, b: Undo) => (a.order ?? 0) - (b.order ?? 0);
const same = (a: object, b: object | undefined) => JSON.stringify(a) === JSON.stringify(b);
