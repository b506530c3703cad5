import { type Construct } from 'constructs';
import { type ApiAlarmsOptions } from './alarm-options';
import { Alarms } from './alarms';
import { type ApiBudgetOptions, createBudget } from './budget';
import { ApiDashboard, type ApiDashboardOptions } from './dashboard';
import { createLogQueries } from './log-queries';
import { type MonitoredApi } from './monitored-api';

/** What a gateway may ask for, whatever its kind. */
export interface OperationsOptions {
  readonly alarms?: ApiAlarmsOptions;
  readonly dashboard?: ApiDashboardOptions;
  readonly savedQueries?: boolean;
  readonly budget?: ApiBudgetOptions;
}

/**
 * Alarms, dashboard, queries and budget of an API, as the gateway's props ask for them; the gateways of all kinds call it
 * once their stages are there.
 *
 * @returns what must hold once all routes are there: the errors
 */
export function createOperations(scope: Construct, api: MonitoredApi, options: OperationsOptions): () => string[] {
  const alarms = options.alarms && new Alarms(scope, 'Alarms', api, options.alarms);
  const dashboard = options.dashboard && new ApiDashboard(scope, 'Dashboard', api, options.dashboard, alarms);
  if (options.savedQueries) createLogQueries(scope, 'Queries', api);
  if (options.budget) createBudget(scope, 'Budget', options.budget, api);
  return () => [...(alarms?.errors() ?? []), ...(dashboard?.errors() ?? [])];
}
