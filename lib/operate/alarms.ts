import { type CfnResource, Token, Validations } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { COMPOSITE_ALARM_CHILDREN, COMPOSITE_ALARM_RULE_CHARACTERS } from '../facts/metrics';
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
import { logMetric, missingVariables } from './log-metrics';
import { type MetricRef, metricOf, type MonitoredApi, type MonitoredStage, routeProblem } from './monitored-api';
import { quotaAlarms } from './quota-alarms';

/** Id of the alarms below their gateway. */
export const ALARMS = 'Alarms';

/** The alarms of one API, whatever its kind: for each stage, for the listed routes, and one composite. */
export class Alarms extends Construct {
  /** ARNs of all alarms, in the order of stages. */
  public readonly arns: string[] = [];
  /** Stage → the conditions of throttles in the access log. */
  public readonly throttles = new Map<string, MetricRef>();
  /** Those that mean that callers get errors now. */
  public readonly critical: CfnAlarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly api: MonitoredApi,
    private readonly options: ApiAlarmsOptions,
  ) {
    super(scope, id);
    const given = options as unknown as Readonly<Record<string, AlarmOptions | undefined>>;
    const { routes = {}, quotaUsage = {} } = options as RestAlarmsOptions;
    // The log of a used-up quota on WebSocket APIs is not documented, except for the status, which is that of a throttle.
    const isTold = api.kind === 'rest' && api.quotas.length > 0;
    const specs = [...ALARM_SPECS[api.kind], ...(isTold ? [QUOTA_EXCEEDED] : [])];
    if (!isTold && given.quotaExceeded) {
      throw api.owner.error('alarms.quotaExceeded: no usage plan of the gateway has a quota; leave it out');
    }
    for (const stage of this.stages()) {
      for (const spec of specs) this.addAlarm(stage, spec, given[spec.option] ?? {});
      for (const [route, alarms] of Object.entries(routes)) this.addRoute(stage, route, alarms);
    }
    for (const [plan, percent] of Object.entries(quotaUsage)) {
      const made = quotaAlarms(this, api, plan, percent, this.actions(AlarmSeverity.WARNING));
      this.arns.push(...made.map(({ attrArn }) => attrArn));
    }
    if (options.composite) this.addComposite();
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
    if (settings.severity === AlarmSeverity.CRITICAL) this.critical.push(alarm);
    this.arns.push(alarm.attrArn);
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

  private addComposite(): void {
    const { api, critical } = this;
    if (critical.length === 0) {
      throw api.owner.error('alarms: composite combines the critical alarms, but there is none; leave it out');
    }
    const fewer = 'monitor fewer stages or routes, or set the severity WARNING for some';
    if (critical.length > COMPOSITE_ALARM_CHILDREN) {
      throw api.owner.error(
        `alarms: composite combines ${critical.length} critical alarms; the maximum of CloudWatch is ${COMPOSITE_ALARM_CHILDREN}; ${fewer}`,
      );
    }
    // By names, which are shorter than ARNs: the rule is limited.
    const rule = (names: readonly string[]): string => names.map((name) => `ALARM("${name}")`).join(' OR ');
    const { length } = rule(critical.map(generatedName));
    if (length > COMPOSITE_ALARM_RULE_CHARACTERS) {
      throw api.owner.error(
        `alarms: composite combines ${critical.length} critical alarms with a rule of ${length} characters; the maximum of CloudWatch is ${COMPOSITE_ALARM_RULE_CHARACTERS}; ` +
          `${fewer}, or shorten the names of stack and gateway`,
      );
    }
    const alarm = new CfnCompositeAlarm(this, 'Critical', {
      alarmDescription: `${api.label}: callers are failing; see which of its alarms went off`,
      alarmRule: rule(critical.map(({ ref }) => ref)),
      ...this.actions(AlarmSeverity.CRITICAL),
    });
    this.arns.unshift(alarm.attrArn);
  }
}

/** The critical alarms of a gateway, if it has alarms. */
export function criticalAlarmsOf(gateway: IConstruct): readonly CfnAlarm[] {
  const alarms = gateway.node.tryFindChild(ALARMS);
  return alarms instanceof Alarms ? alarms.critical : [];
}

/** The topics that an alarm notifies, as properties of its resource. */
export interface AlarmActions {
  readonly alarmActions: string[];
  readonly okActions?: string[];
}

function metricProperty({ namespace, metricName, dimensions }: MetricRef) {
  const list = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return { namespace, metricName, dimensions: list.length > 0 ? list : undefined };
}

/** 5 percent is 0.05, and not 0.05000000000000001. */
function scaled(threshold: number, scale: number): number {
  return Number((threshold * scale).toPrecision(12));
}

/** As long as the name that CloudFormation generates: stack, logical id, 12 characters. For a stack without a known name, the rest. */
function generatedName(alarm: CfnAlarm): string {
  const { stackName } = alarm.stack;
  const id = alarm.stack.getLogicalId(alarm);
  return `${Token.isUnresolved(stackName) ? '' : stackName}-${id}-${'X'.repeat(12)}`.slice(0, ALARM_NAME_CHARACTERS);
}

const ALARM_NAME_CHARACTERS = 255;

function acknowledgeSilent(alarm: CfnResource): void {
  Validations.of(alarm).acknowledge(
    ...inPacks(
      [HIPAA, NIST_R4, NIST_R5],
      'CloudWatchAlarmAction',
      'The composite alarm of the API notifies the topic when this alarm goes off, once for all of them.',
    ),
  );
}
