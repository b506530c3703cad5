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

/** What a gateway may ask for, whatever its kind. */
export interface OperationsOptions {
  readonly alarms?: ApiAlarmsOptions;
  readonly dashboard?: ApiDashboardOptions;
  readonly savedQueries?: boolean;
  readonly budget?: ApiBudgetOptions;
}

/** A stage as gateways of all kinds hold it. */
export interface OperatedStage {
  readonly definition: { readonly key: string; readonly metrics: boolean };
  readonly resource: { readonly ref: string };
  readonly accessLog: AccessLog;
}

/** What alarms, dashboard and queries are made from. */
export interface OperatedGateway {
  readonly kind: GatewayKind;
  readonly api: { readonly ref: string };
  readonly name: string;
  readonly owner: Owner;
  /** Grows until the synthesis. */
  readonly routes: readonly { readonly route: { readonly key: string } }[];
  readonly stages: Readonly<Record<string, OperatedStage>>;
  /** HTTP APIs have none. */
  readonly quotas?: readonly MonitoredQuota[];
}

/**
 * Alarms, dashboard, queries and budget, as the props of a gateway ask for them; called once its stages are there.
 *
 * @returns what must hold once all routes are there: the errors
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

/** The same of an API, whatever describes it. */
export function createOperations(scope: Construct, api: MonitoredApi, options: OperationsOptions): () => string[] {
  const alarms = options.alarms && new Alarms(scope, ALARMS, api, options.alarms);
  const dashboard = options.dashboard && new ApiDashboard(scope, 'Dashboard', api, options.dashboard, alarms);
  if (options.savedQueries) createLogQueries(scope, 'Queries', api);
  if (options.budget) createBudget(scope, 'Budget', options.budget, api);
  return () => [...(alarms?.errors() ?? []), ...(dashboard?.errors() ?? [])];
}
