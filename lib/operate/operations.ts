import { type Construct } from 'constructs';
import { type GatewayKind } from '../facts/kinds';
import { type Owner } from '../authoring/errors';
import { pathInStack } from '../authoring/places';
import { type AccessLog } from './access-log';
import { type ApiAlarmsOptions } from './alarm-options';
import { ALARMS, Alarms } from './alarms';
import { type ApiBudgetOptions, createBudget } from './budget';
import { ApiDashboard, type ApiDashboardOptions } from './dashboard';
import { createLogQueries } from './log-queries';
import { apiDimensions, type MonitoredApi, type MonitoredQuota } from './monitored-api';

/** Options of a gateway of any kind. */
export interface OperationsOptions {
  readonly alarms?: ApiAlarmsOptions;
  readonly dashboard?: ApiDashboardOptions;
  readonly savedQueries?: boolean;
  readonly budget?: ApiBudgetOptions;
}

/** A stage of a gateway of any kind. */
export interface OperatedStage {
  readonly definition: { readonly key: string; readonly metrics: boolean };
  readonly resource: { readonly ref: string };
  readonly accessLog: AccessLog;
}

/** The data for alarms, dashboard and queries. */
export interface OperatedGateway {
  readonly kind: GatewayKind;
  readonly api: { readonly ref: string };
  readonly name: string;
  readonly owner: Owner;
  /** Grows until synthesis. */
  readonly routes: readonly { readonly route: { readonly key: string } }[];
  readonly stages: Readonly<Record<string, OperatedStage>>;
  /** HTTP APIs have none. */
  readonly quotas?: readonly MonitoredQuota[];
}

/**
 * Creates alarms, dashboard, queries and budget from the props of a gateway; called once its stages exist.
 *
 * @returns a check for when all routes exist: its errors
 */
export function operate(scope: Construct, gateway: OperatedGateway, options: OperationsOptions): () => string[] {
  const { kind, api, name, owner, routes, stages, quotas = [] } = gateway;
  const monitored: MonitoredApi = {
    kind,
    label: scope.node.id,
    path: pathInStack(scope),
    dimensions: apiDimensions(kind, api.ref, name),
    stages: Object.values(stages).map(({ definition, resource, accessLog }) => ({
      key: definition.key,
      name: resource.ref,
      detailedMetrics: definition.metrics,
      accessLog,
    })),
    routes: () => routes.map(({ route }) => route.key),
    quotas,
    owner,
  };
  return createOperations(scope, monitored, options);
}

/** The same data of an API, whatever describes it. */
export function createOperations(scope: Construct, api: MonitoredApi, options: OperationsOptions): () => string[] {
  const alarms = options.alarms && new Alarms(scope, ALARMS, api, options.alarms);
  const dashboard = options.dashboard && new ApiDashboard(scope, 'Dashboard', api, options.dashboard, alarms);
  if (options.savedQueries) createLogQueries(scope, 'Queries', api);
  if (options.budget) createBudget(scope, 'Budget', options.budget, api);
  return () => [...(alarms?.errors() ?? []), ...(dashboard?.errors() ?? [])];
}
