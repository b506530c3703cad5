import { type Construct } from 'constructs';
import { type GatewayKind } from '../facts/kinds';
import { type Owner } from '../authoring/errors';
import { pathInStack } from '../authoring/places';
import { type AccessLog } from './access-log';
import { type ApiAlarmsOptions } from './alarm-options';
import { ALARMS, Alarms } from './alarms';
import { type ApiBudgetOptions, createBudget } from './budget';
import { ApiDashboard, type ApiDashboardOptions } from './dashboard';
import { LogQueries } from './log-queries';
import { apiDimensions, type MonitoredApi, type MonitoredQuota, type MonitoredStage } from './monitored-api';

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
  /** Those at the time; HTTP APIs have none. */
  readonly quotas?: () => readonly MonitoredQuota[];
}

/** What a gateway has to tell its alarms, dashboard and queries of. */
export interface Operations {
  /** A stage came later. */
  addStage(stage: OperatedStage): void;
  /** A usage plan came later. */
  addPlan(): void;
  /** What must hold once all routes are there. */
  errors(): string[];
}

/** Creates alarms, dashboard, queries and budget from the props of a gateway; called once its stages exist. */
export function operate(scope: Construct, gateway: OperatedGateway, options: OperationsOptions): Operations {
  const { kind, api, name, owner, routes, quotas } = gateway;
  const stages = Object.values(gateway.stages).map(monitoredStage);
  const monitored: MonitoredApi = {
    kind,
    label: scope.node.id,
    path: pathInStack(scope),
    dimensions: apiDimensions(kind, api.ref, name),
    stages,
    routes: () => routes.map(({ route }) => route.key),
    get quotas() {
      return quotas?.() ?? [];
    },
    owner,
  };
  const made = createOperations(scope, monitored, options);
  return {
    ...made,
    addStage: (stage) => {
      const added = monitoredStage(stage);
      stages.push(added);
      made.addStage(added);
    },
  };
}

/** The same of an API, whatever describes it. A stage that comes later is in its `stages` first. */
export function createOperations(
  scope: Construct,
  api: MonitoredApi,
  options: OperationsOptions,
): Omit<Operations, 'addStage'> & { addStage(stage: MonitoredStage): void } {
  const alarms = options.alarms && new Alarms(scope, ALARMS, api, options.alarms);
  const dashboard = options.dashboard && new ApiDashboard(scope, 'Dashboard', api, options.dashboard, alarms);
  const queries = options.savedQueries ? new LogQueries(scope, 'Queries', api) : undefined;
  if (options.budget) createBudget(scope, 'Budget', options.budget, api);
  return {
    addStage: (stage) => {
      alarms?.addStage(stage);
      queries?.addStage();
    },
    addPlan: () => alarms?.addPlan(),
    errors: () => [...(alarms?.errors() ?? []), ...(dashboard?.errors() ?? [])],
  };
}

function monitoredStage({ definition, resource, accessLog }: OperatedStage): MonitoredStage {
  return { key: definition.key, name: resource.ref, detailedMetrics: definition.metrics, accessLog };
}
