import { type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { apiDimensions, type MonitoredApi, type MonitoredQuota } from '../operate/monitored-api';
import { createOperations } from '../operate/operations';
import { type Owner } from '../shared/errors';
import { pathInStack } from '../shared/places';
import { type RestGatewayOptions } from './gateway-props';
import { type RouteDefinition } from './route';
import { type StageResources } from './stage-resources';
import { type UsagePlans } from './usage-plans';

/** What alarms, dashboard and queries of a REST API are made from. */
export interface OperationsContext {
  readonly api: CfnRestApi;
  readonly name: string;
  readonly owner: Owner;
  /** Grows until the synthesis. */
  readonly routes: readonly RouteDefinition[];
  readonly stages: Readonly<Record<string, StageResources>>;
  readonly plans: UsagePlans;
}

/** Alarms, dashboard, queries and budget, as the props ask for them; returns what must hold once all routes are there. */
export function operate(scope: Construct, props: RestGatewayOptions, context: OperationsContext): () => string[] {
  return createOperations(scope, monitored(scope, context), props);
}

function monitored(scope: Construct, context: OperationsContext): MonitoredApi {
  const { api, name, owner, routes, stages, plans } = context;
  return {
    kind: 'rest',
    label: scope.node.id,
    path: pathInStack(scope),
    dimensions: apiDimensions('rest', api.ref, name),
    stages: Object.values(stages).map(({ definition, resource, accessLog }) => ({
      key: definition.key,
      name: resource.ref,
      detailedMetrics: definition.metrics,
      accessLog,
    })),
    routes: () => routes.map(({ route }) => route.key),
    quotas: plans.definitions.flatMap((plan): MonitoredQuota[] => {
      const { quota } = plan.options;
      if (!quota) return [];
      const apiKeys = Object.fromEntries(plan.apiKeys.map((key) => [key, plans.keyId(key)]));
      return [{ plan: plan.name, limit: quota.limit, period: quota.period, stages: plan.stages, apiKeys }];
    }),
    owner,
  };
}
