import * as fc from 'fast-check';
import { Pruner } from '../../../runtime/live/prune';
import { Refused } from '../../../runtime/live/refused';
import { Crash } from '../../support/fake-aws';
import { FakeExecution } from './machine';
import { DeployFailed, type Failure, type Template } from './stack';
import { World } from './world';

/** What can happen to a release, by whomever. */
type Happening =
  | {
      readonly what: 'deploy';
      readonly isNew: boolean;
      readonly failure?: Failure;
      readonly replaces: boolean;
      readonly steps: boolean;
    }
  | { readonly what: 'takeOut'; readonly isNew: boolean }
  | { readonly what: 'promote' | 'rollBack' | 'retry' | 'destroy' | 'prune' | 'takeOffByHand' }
  | { readonly what: 'pointByHand' | 'canaryByHand' | 'redeliver'; readonly pick: number }
  | { readonly what: 'machine'; readonly ticks: number; readonly alarm: boolean };

const pick = fc.nat(20);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('deploy' as const),
      isNew: fc.boolean(),
      failure: fc.option(fc.constantFrom<Failure>('beforeApply', 'afterApply'), { nil: undefined, freq: 1 }),
      replaces: fc.boolean(),
      steps: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ what: fc.constantFrom('promote', 'rollBack', 'retry') }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('prune', 'prune', 'takeOffByHand', 'takeOffByHand', 'destroy') }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('takeOut' as const), isNew: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('pointByHand', 'canaryByHand', 'redeliver'), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('machine' as const), ticks: fc.nat(12), alarm: fc.boolean() }),
  },
) as fc.Arbitrary<Happening>;

interface Event {
  readonly happening: Happening;
  /** Cuts one call of it. */
  readonly crash?: { readonly in: number; readonly side: 'before' | 'after' };
}

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.record({
    happening,
    crash: fc.option(fc.record({ in: fc.nat(8), side: fc.constantFrom('before', 'after') }), {
      nil: undefined,
      freq: 3,
    }),
  }) as fc.Arbitrary<Event>,
  { minLength: 5, maxLength: 20 },
);

const first = { what: 'deploy', isNew: true, replaces: false, steps: false } as const;
const BEGINNING: Event[] = [{ happening: first }, { happening: { ...first, steps: true } }];

class Model {
  readonly world: World;
  /** Ids that somebody rejected, and nobody tried again since. */
  private readonly rejected = new Set<string>();
  private serial = 0;
  /** How often callers kept what they had while the canary was taken out. */
  kept = 0;
  private executions = new Map<string, FakeExecution>();

  constructor(resendsDeployment: boolean, keepsOldAttributes: boolean, crashesAreFinal: boolean) {
    this.world = new World({ resendsDeployment, keepsOldAttributes, crashesAreFinal });
    // What callers get is judged below: here anything may be promoted.
    for (let code = 0; code < 40; code++) this.world.mayServe(`code${code}`);
    this.world.aws.gateway.canaryKeepsDeployment = false;
    this.world.aws.alarms.alarms.set('errors', { state: 'OK', since: 0 });
  }

  async happen({ happening, crash }: Event): Promise<void> {
    const { aws, stack } = this.world;
    if (!stack.exists && happening.what !== 'deploy') return;
    const before = stack.exists ? stack.live() : undefined;
    const wasOn = stack.template !== undefined && stack.template.canary !== false;
    const planned = stack.planned;
    const known = wasOn ? this.world.ledger() : undefined;
    const candidate = stack.template && stack.deploymentOf(stack.template.code);
    const byHand = ['pointByHand', 'canaryByHand', 'retry'].includes(happening.what);
    aws.crashAt = crash && { call: aws.calls.length + crash.in, side: crash.side };
    let hasSucceeded = false;
    try {
      await this.act(happening);
      hasSucceeded = true;
    } catch (error) {
      if (!(error instanceof Crash || error instanceof Refused || error instanceof DeployFailed)) throw error;
    }
    aws.crashAt = undefined;
    expect(this.world.violations).toEqual([]);
    if (!stack.exists) return;
    const live = stack.live();
    if (happening.what === 'takeOut' && hasSucceeded) {
      if (wasOn) expect(live.canarySettings).toBeUndefined();
      const isPlain = known?.stable === before!.deploymentId && known.candidate === candidate;
      const isTried = before!.canarySettings?.deploymentId === candidate && before!.canarySettings!.percentTraffic > 0;
      const isKept = this.rejected.has(candidate!) || isTried;
      // Nobody has promoted it, nothing new was deployed in its place.
      if (!happening.isNew && isPlain && isKept && before!.deploymentId !== candidate) {
        expect(live.deploymentId).toBe(before!.deploymentId);
        this.kept++;
      }
      // With the canary goes what was known of it.
      this.rejected.clear();
      return;
    }
    for (const id of this.world.ledger().rejected) this.rejected.add(id);
    if (happening.what === 'retry') {
      // Said before it is done: from then on a deploy may bring it.
      for (const id of this.rejected) if (!this.world.ledger().rejected.includes(id)) this.rejected.delete(id);
    }
    if (byHand) {
      // A person who tries again, or edits, knows better.
      if (live.canarySettings) this.rejected.delete(live.canarySettings.deploymentId);
      this.rejected.delete(live.deploymentId);
    }
    const wasCanary = before?.canarySettings?.deploymentId;
    const canary = live.canarySettings?.deploymentId;
    // One that is being taken off may still be there; none comes back.
    if (canary !== undefined && canary !== wasCanary) expect(this.rejected).not.toContain(canary);
    // An update that fails may bring back what the plan answered once: whether it does is not known, and if it does, it
    // asks nobody.
    const isOld = this.world.unknowns?.keepsOldAttributes && live.deploymentId === planned;
    const isUndone = happening.what === 'deploy' && !hasSucceeded && isOld;
    if (live.deploymentId !== before?.deploymentId && !isUndone) {
      expect(this.rejected).not.toContain(live.deploymentId);
    }
    // Whoever deploys something new never changes what callers get (an update that fails may go back further).
    if (happening.what === 'deploy' && happening.isNew && before && hasSucceeded) {
      expect(live.deploymentId).toBe(before.deploymentId);
    }
  }

  private async act(happening: Happening): Promise<void> {
    const { aws, stack, control, actor } = this.world;
    const ids = () => [...aws.gateway.api(stack.apiId).deployments.keys()];
    switch (happening.what) {
      case 'deploy':
        return stack.deploy(this.template(happening), happening.failure);
      case 'takeOut':
        return stack.deploy({ code: happening.isNew ? this.news() : stack.template!.code, canary: false });
      case 'promote': {
        const candidate = stack.live().canarySettings?.deploymentId;
        if (candidate) await control.promote(candidate, actor);
        return;
      }
      case 'rollBack':
        return void (await control.rollBack(actor));
      case 'retry':
        return void (await control.retry(actor));
      case 'destroy':
        this.rejected.clear();
        return stack.destroy();
      case 'takeOffByHand':
        if (stack.live().canarySettings) this.world.edit('remove', '/canarySettings');
        return;
      case 'pointByHand':
        return this.world.edit('replace', '/deploymentId', ids()[happening.pick % ids().length]);
      case 'canaryByHand':
        return this.world.edit('replace', '/canarySettings/deploymentId', ids()[happening.pick % ids().length]);
      case 'redeliver': {
        // With the ledger goes what was known of requests.
        if (stack.template?.canary === false) return;
        const created = stack.sent.map(({ event }) => event.RequestType).lastIndexOf('Create');
        return stack.redeliver(created + (happening.pick % (stack.sent.length - created)));
      }
      case 'prune': {
        const pruner = new Pruner(aws.clients().gateway, aws.clients().parameters, stack.apiId);
        for (const { id } of (await pruner.plan(0)).doomed) await pruner.delete(id!);
        return;
      }
      case 'machine':
        return this.drive(happening.ticks, happening.alarm);
    }
  }

  private news(): string {
    return `code${++this.serial}`;
  }

  private template({ isNew, replaces, steps }: Happening & { what: 'deploy' }): Template {
    const isNews = isNew || this.serial === 0 || !this.world.stack.template;
    const code = isNews ? this.news() : this.world.stack.template!.code;
    return {
      code,
      settings: `settings ${this.world.aws.calls.length}`,
      onActiveCanary: replaces ? 'replace' : 'fail',
      ...(steps && {
        steps: [
          { percent: 10, seconds: 60 },
          { percent: 50, seconds: 60 },
        ],
        alarms: ['errors'],
      }),
    };
  }

  /** All executions that were ever started go on, the old ones too. */
  private async drive(ticks: number, alarm: boolean): Promise<void> {
    const { aws } = this.world;
    aws.alarms.alarms.set('errors', { state: alarm ? 'ALARM' : 'OK', since: aws.clock });
    for (const [name, { input }] of aws.machines.executions) {
      const execution = this.executions.get(name) ?? new FakeExecution(aws, name, input);
      this.executions.set(name, execution);
      for (let count = 0; count < ticks && !execution.hasEnded; count++) await execution.tick();
    }
  }
}

test('whoever takes a canary out gives nobody what was rejected, or is still being tried', async () => {
  const deploy = { what: 'deploy', isNew: true, replaces: false, steps: false } as const;
  for (const between of [[], [{ what: 'rollBack' }]] as Happening[][]) {
    const model = new Model(true, false, false);
    const all: Happening[] = [deploy, deploy, ...between, { what: 'takeOut', isNew: false }];
    for (const happening of all) await model.happen({ happening });
    expect(model.kept).toBe(1);
  }
});

test('whatever happens, callers keep a deployment, and what was rejected stays away', async () => {
  await fc.assert(
    fc.asyncProperty(events, fc.boolean(), fc.boolean(), fc.boolean(), async (all, resends, keeps, final) => {
      const model = new Model(resends, keeps, final);
      // A stage with a canary, where everything is possible.
      for (const event of [...BEGINNING, ...all]) await model.happen(event);
      await model.world.goesOn();
    }),
    {
      numRuns: Number(process.env.RELEASE_RUNS ?? 40),
    },
  );
}, 300_000);
