import { type AwsClients } from '../../../runtime/cli/aws';
import { type LiveIo } from '../../../runtime/cli/live-io';
import { liveMain } from '../../../runtime/cli/live-main';
import { parseLedger } from '../../../runtime/live/ledger';
import { ledgerName } from '../../../runtime/live/ledger-store';
import { ReleaseControl } from '../../../runtime/live/release';
import { Crash, FakeAws } from '../../support/fake-aws';
import { FakeExecution } from './machine';
import { DeployFailed, FakeStack, type Failure, type Template, type Unknowns } from './stack';

/** A stack, the person who moves its releases, and what must hold after every single call. */
export class World {
  readonly aws = new FakeAws();
  readonly stack: FakeStack;
  readonly violations: string[] = [];
  /** Deployments that failed because an invocation died. */
  died = 0;
  /** The first call that is this story's own. */
  start = 0;

  constructor(readonly unknowns?: Unknowns) {
    this.stack = new FakeStack(this.aws, unknowns);
    this.aws.afterCall = (call) => this.look(call);
  }

  get control(): ReleaseControl {
    return new ReleaseControl(this.aws.clients(), this.stack.ref);
  }

  get actor() {
    return { by: 'cli', now: this.aws.now() };
  }

  /** What the stage shows: stable, and the canary with its share. */
  shown(): string {
    const { deploymentId, canarySettings } = this.stack.live();
    const code = (id: string) =>
      this.aws.gateway.api(this.stack.apiId).deployments.get(id)?.description ?? `lost ${id}`;
    return canarySettings
      ? `${code(deploymentId)} + ${code(canarySettings.deploymentId)} ${canarySettings.percentTraffic}%`
      : code(deploymentId);
  }

  ledger() {
    return parseLedger(this.aws.parameters.latest(ledgerName(this.stack.ref)));
  }

  /** Deploys; one that fails because an invocation died is deployed once more, as people do. */
  async deploy(template: Template, failure?: Failure): Promise<void> {
    try {
      if (!this.stack.exists || template.canary === false) this.mayServe(template.code);
      await this.stack.deploy(template, failure);
    } catch (error) {
      if (!(error instanceof DeployFailed) || !(error.cause instanceof Crash)) throw error;
      this.died++;
      await this.stack.deploy(template, failure);
    }
  }

  async fails(template: Template, failure: Failure | undefined, message: RegExp): Promise<void> {
    await expect(this.deploy(template, failure)).rejects.toThrow(message);
  }

  /** Whatever has happened: the next release is a canary again. */
  async goesOn(): Promise<void> {
    if (!this.stack.exists) return;
    await this.rollBack();
    const stable = this.shown();
    await this.stack.deploy({ code: 'next' });
    expect(this.shown()).toBe(`${stable} + next 10%`);
    expect(this.violations).toEqual([]);
  }

  /** What came before is another story: from here on calls are cut. */
  begin(): void {
    this.start = this.aws.calls.length;
  }

  /** From now on this deployment may be the stable one. */
  mayServe(code: string): void {
    this.allowed.add(code);
  }

  promote(code: string): Promise<void> {
    this.mayServe(code);
    return this.command(`promote --deployment ${this.stack.deploymentOf(code)}`);
  }

  rollBack(): Promise<void> {
    return this.command('rollback');
  }

  retry(): Promise<void> {
    return this.command('retry');
  }

  /** An edit by hand, in the console. */
  edit(op: 'replace' | 'remove', path: string, value?: string): void {
    this.aws.gateway.updateStage(this.stack.apiId, this.stack.stageName, [{ op, path, value }]);
    // Whoever edits by hand may bring back anything.
    this.canaries = [this.stack.live().canarySettings?.deploymentId ?? ''];
  }

  async drive(until?: string): Promise<string> {
    return FakeExecution.latest(this.aws).run(until);
  }

  private readonly allowed = new Set<string>();

  /** `apigw canary …`, as people type it. A command that dies is given again. */
  private async command(words: string): Promise<void> {
    const { apiId, stageName } = this.stack;
    const argv = ['canary', ...words.split(' '), apiId, '--stage', stageName, '--yes'];
    for (;;) {
      let said = '';
      const io: LiveIo = {
        stdout: () => undefined,
        stderr: (text) => (said += text),
        color: false,
        now: this.aws.now,
        sleep: async (millis) => void (this.aws.clock += millis),
      };
      const code = await liveMain(argv, io, () => this.aws.clients() as AwsClients);
      if (code === 0) return;
      if (!said.includes('Crash: crash')) throw new Error(said);
    }
  }

  /** The canaries that were there at the last look. */
  private canaries: readonly string[] = [];

  private look(call: string): void {
    const seen: string[] = [];
    for (const api of this.aws.gateway.apis.values()) {
      for (const { stageName, deploymentId, canarySettings } of api.stages.values()) {
        const say = (what: string) => this.violations.push(`${call}: ${stageName} ${what}`);
        const stable = api.deployments.get(deploymentId);
        if (!stable) say(`serves the lost ${deploymentId}`);
        else if (!this.allowed.has(stable.description!)) say(`serves ${stable.description}, which nobody has promoted`);
        const canary = canarySettings?.deploymentId;
        if (canary !== undefined) seen.push(canary);
        const isBack = canary !== undefined && canary !== deploymentId && !this.canaries.includes(canary);
        if (isBack && this.ledger().rejected.includes(canary)) say(`got the rejected ${canary} back`);
        if (canarySettings && !api.deployments.has(canarySettings.deploymentId)) say('has a lost canary');
      }
    }
    this.canaries = seen;
  }
}
