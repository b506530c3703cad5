import { Token } from 'aws-cdk-lib';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { METRIC_NAMESPACE, METRIC_TABLES } from '../facts/metrics';
import { type Owner } from '../authoring/errors';
import { type AccessLog } from './access-log';

/** A stage, as far as alarms, dashboards and queries are concerned. */
export interface MonitoredStage {
  /** Key of the `stages` map; ids are made of it. */
  readonly key: string;
  /** Its name as metrics have it; a reference to the resource, so that they come after it. */
  readonly name: string;
  /** Whether CloudWatch has metrics of each route. */
  readonly detailedMetrics: boolean;
  readonly accessLog: AccessLog;
}

/** A quota of one usage plan. */
export interface MonitoredQuota {
  /** Key of the `usagePlans` map. */
  readonly plan: string;
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
  /** Keys of the stages that it counts. */
  readonly stages: readonly string[];
  /** Name of an API key → its id. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Stage → how many keys of all plans may call it. */
  readonly callers: Readonly<Record<string, number>>;
}

/** What is watched: an API of any kind. The gateways say the same of theirs. */
export interface MonitoredApi {
  readonly kind: GatewayKind;
  /** How people call it: id of the gateway. */
  readonly label: string;
  /** What tells it from others of the stack, for names: `Shop/Orders`. */
  readonly path: string;
  /** Of the API as a whole: its name for REST, its id for the others. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stages: readonly MonitoredStage[];
  /** Keys of the routes so far: `GET /orders/{id}`, `$connect`. */
  readonly routes: () => readonly string[];
  readonly quotas: readonly MonitoredQuota[];
  readonly owner: Owner;
}

/** The dimensions of an API as a whole. */
export function apiDimensions(kind: GatewayKind, id: string, name: string): Readonly<Record<string, string>> {
  if (kind !== 'rest') return { ApiId: id };
  // API Gateway drops what is not ASCII, and takes the id where nothing is left.
  const ascii = Token.isUnresolved(name) ? name : name.replace(/[^\x20-\x7e]/g, '');
  return { ApiName: ascii === '' ? id : ascii };
}

/** One metric of CloudWatch with its dimensions. */
export interface MetricRef {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric of a stage, or of one route on it. Both are in the documented tables, or this is a fault of the library. */
export function metricOf(api: MonitoredApi, stage: MonitoredStage, metricName: string, route?: string): MetricRef {
  const table = METRIC_TABLES[api.kind];
  const [method, resource] = route?.split(' ') ?? [];
  const dimensions = {
    ...api.dimensions,
    Stage: stage.name,
    ...(route === undefined ? {} : { Method: method, Resource: resource }),
  };
  const names = Object.keys(dimensions).sort().join();
  if (!(metricName in table.metrics) || !table.dimensions.some((known) => [...known].sort().join() === names)) {
    throw api.owner.error(`CloudWatch has no metric ${metricName} (${names}) of ${KINDS[api.kind].name} APIs`);
  }
  return { namespace: METRIC_NAMESPACE, metricName, dimensions };
}

/** Why CloudWatch has no metrics of a route, where that is so. */
export function routeProblem(api: MonitoredApi, stage: MonitoredStage): string | undefined {
  if (api.kind === 'websocket') {
    return 'the documentation does not say how CloudWatch names the routes of WebSocket APIs';
  }
  return stage.detailedMetrics
    ? undefined
    : `stage "${stage.key}" has no metrics of routes, since its detailedMetrics is false; leave that out`;
}
