import { DELETE_INTERVAL_MILLIS, Pruner } from '../live/prune';
import { Refused } from '../live/refused';
import { type MoveResult, ReleaseControl } from '../live/release';
import { readAlarms } from '../live/alarms';
import { type AwsClients } from './aws';
import { readStatus } from './canary-status';
import { STAYS, statusText } from './canary-text';
import { type FoundStage } from './find-stage';
import { UsageError } from './io';
import { type LiveIo } from './live-io';
import { json, line, lines } from './shown';

export const CANARY_COMMANDS = ['status', 'promote', 'rollback', 'retry', 'prune', 'watch'] as const;
export type CanaryCommand = (typeof CANARY_COMMANDS)[number];

export interface CanaryOptions {
  readonly deployment?: string;
  readonly percent?: number;
  readonly keep: number;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly force: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** The options by which AWS is reached, as they are typed. */
  readonly connection: string;
}

/** One `apigw canary` command for one stage; returns the exit code. */
export async function canary(
  command: CanaryCommand,
  clients: AwsClients,
  at: FoundStage,
  options: CanaryOptions,
  io: LiveIo,
): Promise<number> {
  const session = new Session(clients, at, options, io);
  switch (command) {
    case 'status':
      return session.status();
    case 'promote':
      return session.promote();
    case 'rollback':
      return session.rollBack();
    case 'retry':
      return session.retry();
    case 'prune':
      return session.prune();
    case 'watch':
      return session.watch();
  }
}

class Session {
  private readonly control: ReleaseControl;

  constructor(
    private readonly clients: AwsClients,
    private readonly at: FoundStage,
    private readonly options: CanaryOptions,
    private readonly io: LiveIo,
  ) {
    this.control = new ReleaseControl(clients, { restApiId: at.restApiId, stageName: at.stageName });
  }

  public async status(): Promise<number> {
    const status = await readStatus(this.clients, this.at, this.io);
    this.io.stdout(this.options.json ? json(status) : statusText(status, this.io, this.options.connection));
    return 0;
  }

  public async promote(): Promise<number> {
    const { deployment, force } = this.options;
    const live = await this.control.moves.expect();
    if (deployment === undefined) {
      const which = live.canary ? ` The live canary is ${live.canary.deployment}.` : '';
      throw new UsageError(
        `"apigw canary promote" needs --deployment <id>: promote only the deployment that you have checked.${which}`,
      );
    }
    const isDone = live.stable === deployment && !live.canary;
    if (!isDone && live.stable !== deployment) {
      if (live.canary?.deployment !== deployment) {
        throw new Refused(
          `${deployment} is not the canary of "${this.at.stageName}": ${live.canary ? `that is ${live.canary.deployment}` : 'there is none'}. Nothing was changed.`,
        );
      }
      if (!force) await this.refuseWhileAlarmsRing();
      await this.ask(`Promote ${deployment}? All callers of "${this.at.stageName}" get it instead of ${live.stable}.`);
    }
    const result = await this.control.promote(deployment, this.actor);
    return this.done('promoted', result, `${this.at.stageName} serves ${result.live.stable} to all callers.`);
  }

  public async rollBack(): Promise<number> {
    const live = await this.control.moves.expect();
    const { deployment } = this.options;
    if (!live.canary) {
      return this.done(
        'unchanged',
        { live, recorded: true },
        `No canary is live on ${this.at.stageName}: nothing to roll back.`,
      );
    }
    if (deployment !== undefined && live.canary.deployment !== deployment) {
      throw new Refused(`The live canary is ${live.canary.deployment}, not ${deployment}. Nothing was changed.`);
    }
    await this.ask(`Roll back ${live.canary.deployment}? All callers of "${this.at.stageName}" get ${live.stable}.`);
    const result = await this.control.rollBack(this.actor, { candidate: live.canary.deployment });
    return this.done(
      result.deployment ? 'rolledBack' : result.isPromotion ? 'promoted' : 'unchanged',
      result,
      `${this.at.stageName} serves ${result.live.stable} to all callers.`,
      ...(result.deployment ? [STAYS] : []),
    );
  }

  public async retry(): Promise<number> {
    const { deployment: candidate, percent } = this.options;
    await this.ask(`Start the canary ${candidate ?? 'of the last deployment'} on "${this.at.stageName}" again?`);
    const result = await this.control.retry(this.actor, { candidate, percent });
    const { canary: now } = result.live;
    return this.done(
      'retried',
      result,
      `${this.at.stageName} gives ${now?.percent} % of the traffic to ${now?.deployment}.`,
    );
  }

  public async prune(): Promise<number> {
    const pruner = new Pruner(this.clients.gateway, this.clients.parameters, this.at.restApiId);
    const { doomed, kept } = await pruner.plan(this.options.keep);
    const deleted: string[] = [];
    if (doomed.length > 0) {
      await this.ask(`Delete ${doomed.map(({ id }) => id).join(', ')} of ${doomed.length + kept.length} deployments?`);
    }
    for (const [index, { id = '' }] of doomed.entries()) {
      if (index > 0) await this.io.sleep(DELETE_INTERVAL_MILLIS);
      if (await pruner.delete(id)) deleted.push(id);
    }
    if (this.options.json) {
      const keptIds = kept.map(({ deployment, why }) => ({ deployment: deployment.id, why }));
      this.io.stdout(json({ deleted, kept: keptIds }));
    } else {
      const stays = kept.map(({ deployment, why }) => `  ${deployment.id}: ${why}`);
      this.io.stdout(lines([`Deleted ${deleted.length}, kept ${kept.length}:`, ...stays]));
    }
    return 0;
  }

  /** Shows each change until no canary is left: 0 if it was promoted, 1 if it was rolled back or time ran out. */
  public async watch(): Promise<number> {
    const end = this.io.now() + this.options.timeoutSeconds * 1000;
    let watched: string | undefined;
    for (let last = ''; ;) {
      const status = await readStatus(this.clients, this.at, this.io);
      const change = [
        `${status.state}: ${status.stable.deployment}`,
        status.canary ? ` + ${status.canary.deployment} at ${status.canary.percent} %` : '',
        status.run?.state === 'ended' ? ', not monitored' : '',
        ...status.alarms.filter(({ state }) => state !== 'OK').map(({ name, state }) => `, ${name} ${state}`),
      ].join('');
      const at = new Date(this.io.now()).toISOString();
      if (change !== last) this.io.stdout(this.options.json ? json(status, 0) : line(`${at} ${change}`));
      last = change;
      if (status.canary && status.state !== 'promotion unfinished') watched = status.canary.deployment;
      if (!status.canary) return watched === undefined || status.stable.deployment === watched ? 0 : 1;
      if (this.io.now() + this.options.intervalSeconds * 1000 > end) {
        throw new Refused(`The canary ${watched} is still live after ${this.options.timeoutSeconds} s.`);
      }
      await this.io.sleep(this.options.intervalSeconds * 1000);
    }
  }

  private get actor() {
    return { by: 'cli', now: this.io.now() };
  }

  private async refuseWhileAlarmsRing(): Promise<void> {
    const config = (await this.control.ledger.read())?.config;
    const nevertheless = 'Nothing was changed; --force promotes anyway.';
    if (config && config.alarms === undefined) {
      throw new Refused(
        `The ledger has lost the alarms of this stage, so nothing monitors the canary. ${nevertheless}`,
      );
    }
    const readings = await readAlarms(this.clients.alarms, config?.alarms ?? []);
    const missing = readings.filter(({ state }) => state === 'MISSING').map(({ name }) => name);
    if (missing.length > 0) throw new Refused(`The alarm ${missing.join(', ')} no longer exists. ${nevertheless}`);
    const ringing = readings.filter(({ state }) => state === 'ALARM');
    if (ringing.length === 0) return;
    const which = ringing.map(({ name, reason }) => `${name} (${reason})`).join(', ');
    throw new Refused(`In alarm: ${which}. ${nevertheless}`);
  }

  /** Every write needs a confirmation, unless `--yes` is given. */
  private async ask(question: string): Promise<void> {
    if (this.options.yes) return;
    if (!this.io.confirm) throw new UsageError('cannot ask for confirmation here: use --yes.');
    if (!(await this.io.confirm(question))) throw new Refused('Nothing was changed.');
  }

  private done(outcome: string, { live, recorded }: MoveResult, ...texts: string[]): number {
    if (this.options.json) {
      const { stable, canary: now } = live;
      this.io.stdout(json({ outcome, stable, canary: now ?? null, recorded }));
    } else this.io.stdout(lines(texts));
    if (!recorded) {
      this.io.stderr(line('apigw: this stage has no ledger, so the next deployment does not know about this.'));
    }
    return 0;
  }
}
