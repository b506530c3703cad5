import { Token } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type Construct } from 'constructs';
import { METRIC_FILTER_VALUES, METRICS_PER_ALARM } from '../facts/metrics';
import { suggest } from '../lookup/nearest';
import { type Owner } from '../authoring/errors';
import { type UsagePlans } from '../usage-plans/usage-plans';
import { type LogCondition, logMetric, missingVariables } from './log-metrics';
import { type MetricRef, type MonitoredApi, type MonitoredQuota, type MonitoredStage } from './monitored-api';

const SECONDS = { DAY: 86_400, WEEK: 604_800, MONTH: Infinity } as const;
const API_KEY = 'identity.apiKeyId';
/** Without a key, the field is a dash. */
const WITH_KEY: LogCondition = { variable: API_KEY, values: ['-'], not: true };
/** On a WebSocket API, a quota counts connections. */
const CONDITIONS: Readonly<Record<MonitoredApi['kind'], readonly LogCondition[]>> = {
  rest: [WITH_KEY],
  http: [WITH_KEY],
  websocket: [{ variable: 'eventType', values: ['CONNECT'] }, WITH_KEY],
};

/** The topics that an alarm notifies, as properties of its resource. */
export interface AlarmActions {
  readonly alarmActions: string[];
  readonly okActions?: string[];
}

/** The quotas of the usage plans of a gateway. */
export function quotasOf(plans: UsagePlans): MonitoredQuota[] {
  return plans.definitions.flatMap((plan): MonitoredQuota[] => {
    const { quota } = plan.options;
    if (!quota) return [];
    const apiKeys = Object.fromEntries(plan.apiKeys.map((key) => [key, plans.keyId(key)]));
    const callers = Object.fromEntries(plan.stages.map((stage) => [stage, keysOf(plans, stage)]));
    return [{ plan: plan.name, limit: quota.limit, period: quota.period, stages: plan.stages, apiKeys, callers }];
  });
}

/** The number of keys that may call a stage, of any plan. */
function keysOf({ definitions }: UsagePlans, stage: string): number {
  const keys = definitions.filter(({ stages }) => stages.includes(stage)).flatMap(({ apiKeys }) => apiKeys);
  return new Set(keys).size;
}

/**
 * Alarms for each API key of a plan, before its quota is used up.
 *
 * API Gateway has no metric of usage, so requests are counted by key in the access log.
 * @throws if the plan has no quota that an alarm can cover
 */
export class QuotaAlarms {
  public readonly arns: readonly string[];
  private readonly owner: Owner;
  private readonly alarms: readonly (readonly [key: string, alarm: CfnAlarm])[];
  /** Stage → what counts its requests. */
  private readonly counted = new Map<string, MetricRef>();

  /** @throws where the plan has no quota that an alarm can reach */
  constructor(
    private readonly scope: Construct,
    private readonly api: MonitoredApi,
    private readonly plan: string,
    percent: number,
    actions: AlarmActions,
  ) {
    this.owner = api.owner.part('alarms: quotaUsage');
    const { owner, quota } = this;
    check(quota, percent, api, owner);
    this.countStages();
    this.alarms = Object.entries(quota.apiKeys).map(([name, id]) => {
      const alarm = new CfnAlarm(scope, `${plan}-${name}-QuotaUsage`, {
        alarmDescription: `${api.label}: API key ${name} has used ${percent} % of the quota of plan ${plan}`,
        metrics: this.metricsOf(id),
        threshold: Math.ceil((quota.limit * percent) / 100),
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        evaluationPeriods: 1,
        treatMissingData: 'notBreaching',
        ...actions,
      });
      return [id, alarm] as const;
    });
    this.arns = this.alarms.map(([, { attrArn }]) => attrArn);
  }

  /** A stage or a plan came later. @throws where the alarms would stay OK whatever is called */
  public update(): void {
    checkKeys(this.quota, this.owner);
    this.countStages();
    for (const [id, alarm] of this.alarms) alarm.metrics = this.metricsOf(id);
  }

  private get quota(): MonitoredQuota {
    const { api, owner, plan } = this;
    const quota = api.quotas.find((one) => one.plan === plan);
    if (quota) return quota;
    const plans = api.quotas.map((one) => one.plan);
    throw owner.error(
      plans.length === 0
        ? `has "${plan}", but no usage plan of the gateway has a quota; leave it out`
        : `has "${plan}", which is not a usage plan with a quota.${suggest(plan, plans)}`,
    );
  }

  private get stages(): readonly MonitoredStage[] {
    const { stages } = this.quota;
    return this.api.stages.filter(({ key }) => stages.includes(key));
  }

  private countStages(): void {
    const { api, owner, plan, stages } = this;
    if (stages.length > METRICS_PER_ALARM) {
      throw owner.error(
        `has "${plan}", which is for ${stages.length} stages, but an alarm adds up ${METRICS_PER_ALARM} metrics; leave it out, or use separate plans for the stages`,
      );
    }
    for (const stage of stages) {
      if (this.counted.has(stage.key)) continue;
      const conditions = CONDITIONS[api.kind];
      const variables = conditions.map(({ variable }) => variable);
      if (!stage.accessLog.group || missingVariables(stage, variables).length > 0) {
        throw owner.error(
          `counts requests in the access log, but that of stage "${stage.key}" is not JSON with ${variables.map((name) => `$context.${name}`).join(' and ')} in a log group`,
        );
      }
      const metric = logMetric(this.scope, `${stage.key}-${plan}-Requests`, api, stage, {
        name: `RequestsByApiKey-${plan}`,
        conditions,
        dimensions: { ApiKeyId: API_KEY },
      });
      this.counted.set(stage.key, metric);
    }
  }

  private metricsOf(keyId: string): CfnAlarm.MetricDataQueryProperty[] {
    const { period } = this.quota;
    const dimensions = [{ name: 'ApiKeyId', value: keyId }];
    const metrics = [...this.counted.values()].map(({ namespace, metricName }, index) => ({
      id: `stage${index}`,
      metricStat: {
        metric: { namespace, metricName, dimensions },
        period: SECONDS[period],
        stat: 'Sum',
      },
      returnData: false,
    }));
    const expression = metrics.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
    return [{ id: 'used', expression, label: 'requests' }, ...metrics];
  }
}

function check(quota: MonitoredQuota, percent: number, api: MonitoredApi, owner: Owner): void {
  if (quota.period === 'MONTH') {
    throw owner.error(
      `has "${quota.plan}", whose quota is for a month; a CloudWatch alarm covers seven days at most. ` +
        `Leave it out: ${api.kind === 'rest' ? 'quotaExceeded' : 'throttles'} shows when it is used up, and \`aws apigateway get-usage\` how much of it is used`,
    );
  }
  if (Token.isUnresolved(percent) || Token.isUnresolved(quota.limit)) {
    throw owner.error(
      `"${quota.plan}": the percentage and the limit of the quota must be literals, because the threshold is computed from them`,
    );
  }
  if (!(percent > 0 && percent <= 100)) {
    throw owner.error(`"${quota.plan}" must be more than 0 and at most 100 percent of the quota, got: ${percent}`);
  }
  if (Object.keys(quota.apiKeys).length === 0)
    throw owner.error(`has "${quota.plan}", which has no apiKeys here; leave it out`);
  checkKeys(quota, owner);
}

/**
 * The filter of a stage counts every key that calls it, of any plan.
 * @throws if CloudWatch Logs would disable it, and the alarms stay OK whatever the usage
 */
function checkKeys({ plan, callers }: MonitoredQuota, owner: Owner): void {
  for (const [stage, keys] of Object.entries(callers)) {
    if (keys < METRIC_FILTER_VALUES) continue;
    throw owner.error(
      `has "${plan}", and stage "${stage}" is called with ${keys} API keys; CloudWatch Logs disables a metric filter that counts ` +
        `${METRIC_FILTER_VALUES} or more in an hour, and the alarms would stay OK. Leave it out: \`aws apigateway get-usage\` shows how much each key has used`,
    );
  }
}
