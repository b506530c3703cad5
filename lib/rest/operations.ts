import { type Construct } from 'constructs';
import { type OperatedGateway, operate as operateGateway } from '../operate/operations';
import { quotasOf } from '../operate/quota-alarms';
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
  return operateGateway(scope, { ...gateway, kind: 'rest', quotas: quotasOf(plans) }, props);
}
