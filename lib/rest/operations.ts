import { type Construct } from 'constructs';
import { type MonitoredQuota } from '../operate/monitored-api';
import { type OperatedGateway, operate as operateGateway } from '../operate/operations';
import { type RestGatewayOptions } from './gateway-props';
import { type UsagePlans } from './usage-plans';

/** What alarms, dashboard and queries of a REST API are made from. */
export interface OperationsContext extends Omit<OperatedGateway, 'kind' | 'quotas'> {
  readonly plans: UsagePlans;
}

/** Alarms, dashboard, queries and budget, as the props ask for them; returns what must hold once all routes are there. */
export function operate(
  scope: Construct,
  props: RestGatewayOptions,
  { plans, ...gateway }: OperationsContext,
): () => string[] {
  const quotas = plans.definitions.flatMap((plan): MonitoredQuota[] => {
    const { quota } = plan.options;
    if (!quota) return [];
    const apiKeys = Object.fromEntries(plan.apiKeys.map((key) => [key, plans.keyId(key)]));
    return [{ plan: plan.name, limit: quota.limit, period: quota.period, stages: plan.stages, apiKeys }];
  });
  return operateGateway(scope, { ...gateway, kind: 'rest', quotas }, props);
}
