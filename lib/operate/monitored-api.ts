import { Token } from 'aws-cdk-lib';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { METRIC_NAMESPACE, METRIC_TABLES } from '../facts/metrics';
import { type Owner } from '../authoring/errors';
import { type AccessLog } from './access-log';

/** The data of a stage for alarms, dashboards and queries. */
export interface MonitoredStage {
  /** Key of the `stages` map; ids are derived from it. */
  readonly key: string;
  /** Its name in metrics; a reference to the resource, so they depend on it. */
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
  /** Keys of the stages that it covers. */
  readonly stages: readonly string[];
  /** Name of an API key → its id. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Stage → number of keys of all plans that may call it. */
  readonly callers: Readonly<Record<string, number>>;
}

/** The monitored API, of any kind. Every gateway provides the same data. */
export interface MonitoredApi {
  readonly kind: GatewayKind;
  /** Name for people: id of the gateway. */
  readonly label: string;
  /** Distinguishes it from others of the stack, for names: `Shop/Orders`. */
  readonly path: string;
  /** The API as a whole: its name for REST, its id for the others. */
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
  // API Gateway drops non-ASCII characters, and uses the id if nothing is left.
  const ascii = Token.isUnresolved(name) ? name : name.replace(/[^\x20-\x7e]/g, '');
  return { ApiName: ascii === '' ? id : ascii };
}

/** One metric of CloudWatch with its dimensions. */
export interface MetricRef {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric of a stage, or of one route of it. Both are in the documented tables, or this is a bug of the library. */
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

/** The reason why CloudWatch has no metrics of a route; undefined if it has. */
export function routeProblem(api: MonitoredApi, stage: MonitoredStage): string | undefined {
  if (api.kind === 'websocket') {
    return 'the names of WebSocket routes in CloudWatch are not documented';
  }
  return stage.detailedMetrics
    ? undefined
    : `stage "${stage.key}" has no metrics of routes, because its detailedMetrics is false; leave that out`;
}
