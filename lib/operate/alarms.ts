import { type CfnResource, Validations } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { HIPAA, inPacks, NIST_R4, NIST_R5 } from '../authoring/nag-packs';
import { suggest } from '../lookup/nearest';
import {
  type AlarmOptions,
  AlarmSeverity,
  type ApiAlarmsOptions,
  type RestAlarmsOptions,
  type RouteAlarmsOptions,
} from './alarm-options';
import { type AlarmSettings, defineAlarm } from './alarm-settings';
import { ALARM_SPECS, type AlarmSource, type AlarmSpec, QUOTA_EXCEEDED, ROUTE_ALARMS } from './alarm-specs';
import { compositeRule } from './composite-rule';
import { logMetric, missingVariables } from './log-metrics';
import { type MetricRef, metricOf, type MonitoredApi, type MonitoredStage, routeProblem } from './monitored-api';
import { type AlarmActions, QuotaAlarms } from './quota-alarms';

/** Id of the alarms below their gateway. */
export const ALARMS = 'Alarms';

/** Position of the alarms of single routes among those of the stage. */
const ROUTES_LAST = 1000;

/** The alarms of one API, whatever its kind: for each stage, for the routes that are named, and one over all. */
export class Alarms extends Construct {
  /** Stage → what the access log says of its throttles. */
  public readonly throttles = new Map<string, MetricRef>();
  /** Those that say that callers are failing now; it grows with the stages. */
  public readonly critical: CfnAlarm[] = [];
  private readonly made: { readonly alarm: CfnAlarm; readonly stage: string; readonly place: number }[] = [];
  private readonly quotaUsage: readonly QuotaAlarms[];
  private readonly composite?: CfnCompositeAlarm;
  private isQuotaWatched = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly api: MonitoredApi,
    private readonly options: ApiAlarmsOptions,
  ) {
    super(scope, id);
    if (!this.hasQuota && this.given.quotaExceeded) {
      throw api.owner.error('alarms.quotaExceeded: no usage plan of the gateway has a quota; leave it out');
    }
    this.isQuotaWatched = this.hasQuota;
    for (const stage of this.stages()) this.watch(stage);
    this.quotaUsage = Object.entries((options as RestAlarmsOptions).quotaUsage ?? {}).map(
      ([plan, percent]) => new QuotaAlarms(this, api, plan, percent, this.actions(AlarmSeverity.WARNING)),
    );
    if (options.composite) this.composite = this.createComposite();
  }

  /** ARNs of all alarms, in the order of stages; the one over all first. */
  public get arns(): readonly string[] {
    const all = [...(this.composite ? [this.composite.attrArn] : []), ...this.made.map(({ alarm }) => alarm.attrArn)];
    return [...all, ...this.quotaUsage.flatMap(({ arns }) => arns)];
  }

  /** A stage was added later. It has alarms unless `stages` lists some. */
  public addStage(stage: MonitoredStage): void {
    if (!this.options.stages) this.watch(stage);
    this.update();
  }

  /** A usage plan came later. */
  public addPlan(): void {
    if (this.hasQuota && !this.isQuotaWatched) {
      this.isQuotaWatched = true;
      for (const stage of this.stages()) this.addAlarm(stage, QUOTA_EXCEEDED, this.given.quotaExceeded ?? {});
    }
    this.update();
  }

  private update(): void {
    this.sort();
    for (const alarms of this.quotaUsage) alarms.update();
    if (this.composite) this.composite.alarmRule = compositeRule(this.api, this.critical);
  }

  private watch(stage: MonitoredStage): void {
    const { routes = {} } = this.options as RestAlarmsOptions;
    const specs = [...ALARM_SPECS[this.api.kind], ...(this.isQuotaWatched ? [QUOTA_EXCEEDED] : [])];
    for (const spec of specs) this.addAlarm(stage, spec, this.given[spec.option] ?? {});
    for (const [route, alarms] of Object.entries(routes)) this.addRoute(stage, route, alarms);
  }

  private get given(): Readonly<Record<string, AlarmOptions | undefined>> {
    return this.options as unknown as Readonly<Record<string, AlarmOptions | undefined>>;
  }

  /** What WebSocket APIs log of a used-up quota is not documented, but for the status, which is that of a throttle. */
  private get hasQuota(): boolean {
    return this.api.kind === 'rest' && this.api.quotas.length > 0;
  }

  /** Checks the options once all routes exist; returns the errors. */
  public errors(): string[] {
    const known = this.api.routes();
    return Object.keys((this.options as RestAlarmsOptions).routes ?? {})
      .filter((route) => !known.includes(route))
      .map(
        (route) =>
          this.api.owner.error(
            `alarms: routes has "${route}", which is not a route of the gateway.${suggest(route, known)}`,
          ).message,
      );
  }

  private stages(): readonly MonitoredStage[] {
    const { stages, owner } = this.api;
    const names = this.options.stages;
    if (names?.length === 0)
      throw owner.error('alarms: stages is empty, so no stage is monitored; leave it out for all');
    return (
      names?.map((name) => {
        const stage = stages.find(({ key }) => key === name);
        const keys = stages.map(({ key }) => key);
        if (!stage)
          throw owner.error(`alarms: stages has "${name}", which is not a stage of the gateway.${suggest(name, keys)}`);
        return stage;
      }) ?? stages
    );
  }

  private addRoute(stage: MonitoredStage, route: string, alarms: RouteAlarmsOptions): void {
    const owner = this.api.owner.part(`alarms: route "${route}"`);
    const problem = routeProblem(this.api, stage);
    if (problem !== undefined) throw owner.error(`has no metrics: ${problem}`);
    if (!route.includes(' ')) {
      throw owner.error('has no separate metrics: its name in CloudWatch, $default, is not documented');
    }
    const given = alarms as unknown as Readonly<Record<string, AlarmOptions | undefined>>;
    const named = ROUTE_ALARMS.filter((option) => given[option]);
    if (named.length === 0) {
      throw owner.error(`has no alarm; add some, e.g. { serverErrors: {} }. Allowed: ${ROUTE_ALARMS.join(', ')}`);
    }
    for (const spec of ALARM_SPECS[this.api.kind].filter(({ option }) => named.includes(option))) {
      this.addAlarm(stage, spec, given[spec.option] ?? {}, route);
    }
  }

  private addAlarm(stage: MonitoredStage, spec: AlarmSpec, options: AlarmOptions, route?: string): void {
    if (options.enabled === false) return;
    const owner = this.api.owner.part(`alarms${route === undefined ? '' : `: route "${route}"`}: ${spec.option}`);
    const settings = defineAlarm(spec, options, owner);
    const id = [stage.key, ...(route === undefined ? [] : [route]), spec.id].join('-');
    const alarm = new CfnAlarm(this, id, {
      alarmDescription: `${this.api.label}, stage ${stage.key}${route === undefined ? '' : `, ${route}`}: ${spec.title} (from ${settings.threshold} ${spec.unit})`,
      ...this.watched(stage, spec, settings, id, route),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      evaluationPeriods: settings.evaluationPeriods,
      datapointsToAlarm: settings.datapointsToAlarm,
      // No requests are no error: without this an idle API is in INSUFFICIENT_DATA.
      treatMissingData: 'notBreaching',
    });
    const inComposite = this.options.composite === true && settings.severity === AlarmSeverity.CRITICAL;
    if (inComposite) acknowledgeSilent(alarm);
    else Object.assign(alarm, this.actions(settings.severity));
    this.made.push({ alarm, stage: stage.key, place: route === undefined ? 0 : ROUTES_LAST });
    if (settings.severity === AlarmSeverity.CRITICAL) this.critical.push(alarm);
  }

  /** The order of a single pass: by stage, and alarms of routes last. */
  private sort(): void {
    const keys = this.stages().map(({ key }) => key);
    this.made.sort((a, b) => keys.indexOf(a.stage) - keys.indexOf(b.stage) || a.place - b.place);
    const order = this.made.map(({ alarm }) => alarm);
    this.critical.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  /** The metric of an alarm, and its threshold in the metric's own unit. */
  private watched(stage: MonitoredStage, spec: AlarmSpec, settings: AlarmSettings, id: string, route?: string) {
    const { source } = spec;
    const { threshold, periodSeconds: period } = settings;
    if (source.type === 'rate') {
      const [errors, requests] = [source.metricName, 'Count'].map((name) => metricOf(this.api, stage, name, route));
      return {
        threshold,
        metrics: [
          { id: 'rate', expression: '100 * FILL(errors, 0) / requests', label: spec.title },
          { id: 'errors', metricStat: { metric: metricProperty(errors), period, stat: 'Sum' }, returnData: false },
          {
            id: 'requests',
            metricStat: { metric: metricProperty(requests), period, stat: 'SampleCount' },
            returnData: false,
          },
        ],
      };
    }
    const metric =
      source.type === 'log'
        ? this.logMetric(stage, spec, source, id)
        : metricOf(this.api, stage, source.metricName, route);
    const statistic = source.type === 'log' ? 'Sum' : source.statistic;
    return {
      ...metricProperty(metric),
      ...(statistic.startsWith('p') ? { extendedStatistic: statistic } : { statistic }),
      period,
      threshold: source.type === 'metric' && source.scale !== 1 ? scaled(threshold, source.scale) : threshold,
    };
  }

  private logMetric(
    stage: MonitoredStage,
    spec: AlarmSpec,
    source: AlarmSource & { type: 'log' },
    id: string,
  ): MetricRef {
    const owner = this.api.owner.part(`alarms: ${spec.option}`);
    const off = `or leave the alarm out: alarms: { ${spec.option}: { enabled: false } }`;
    if (!stage.accessLog.group) {
      throw owner.error(
        `is counted in the access log, but that of stage "${stage.key}" goes to a stream; log to a group, ${off}`,
      );
    }
    const missing = missingVariables(
      stage,
      source.log.conditions.map(({ variable }) => variable),
    );
    if (missing.length > 0) {
      throw owner.error(
        `is counted in the access log, but that of stage "${stage.key}" has no JSON field with ${missing.map((name) => `$context.${name}`).join(' and ')}; ` +
          `add it to accessLog.format, ${off}`,
      );
    }
    const metric = logMetric(this, `${id}-Filter`, this.api, stage, source.log);
    if (spec.option === 'throttles') this.throttles.set(stage.key, metric);
    return metric;
  }

  private actions(severity: AlarmSeverity): AlarmActions {
    const { topic, warningTopic, notifyRecovery } = this.options;
    const { topicArn }: ITopic = severity === AlarmSeverity.WARNING ? (warningTopic ?? topic) : topic;
    return { alarmActions: [topicArn], okActions: notifyRecovery === false ? undefined : [topicArn] };
  }

  private createComposite(): CfnCompositeAlarm {
    return new CfnCompositeAlarm(this, 'Critical', {
      alarmDescription: `${this.api.label}: callers are failing; see which of its alarms went off`,
      alarmRule: compositeRule(this.api, this.critical),
      ...this.actions(AlarmSeverity.CRITICAL),
    });
  }
}

/** The critical alarms of a gateway, if it has alarms. */
export function criticalAlarmsOf(gateway: IConstruct): readonly CfnAlarm[] {
  const alarms = gateway.node.tryFindChild(ALARMS);
  return alarms instanceof Alarms ? alarms.critical : [];
}

function metricProperty({ namespace, metricName, dimensions }: MetricRef) {
  const list = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return { namespace, metricName, dimensions: list.length > 0 ? list : undefined };
}

/** 5 percent is 0.05, and not 0.05000000000000001. */
function scaled(threshold: number, scale: number): number {
  return Number((threshold * scale).toPrecision(12));
}

function acknowledgeSilent(alarm: CfnResource): void {
  Validations.of(alarm).acknowledge(
    ...inPacks(
      [HIPAA, NIST_R4, NIST_R5],
      'CloudWatchAlarmAction',
      'The composite alarm of the API notifies the topic when this alarm goes off, once for all of them.',
    ),
  );
}
