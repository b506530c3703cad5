import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS_PER_DASHBOARD, METRICS_PER_WIDGET } from '../facts/metrics';
import { suggest } from '../template/nearest';
import { type Alarms } from './alarms';
import { STAGE_GRAPHS, ROUTE_GRAPHS, type Graph } from './dashboard-graphs';
import { type MetricRef, metricOf, type MonitoredApi, type MonitoredStage, routeProblem } from './monitored-api';

/**
 * A dashboard of an API: a row for each stage, and a row for each group of routes.
 */
export interface ApiDashboardOptions {
  /**
   * Name of the dashboard. A-Z a-z 0-9 - _.
   *
   * @default - made by CloudFormation
   */
  readonly dashboardName?: string;

  /**
   * Groups of routes, each a row: title → route keys. WebSocket APIs have none.
   *
   * @default - one for each first segment of the paths, on stages with `detailedMetrics`
   */
  readonly routeGroups?: { [title: string]: string[] };
}

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

const WIDTH = 24;
const HEIGHT = 6;
const TITLE_HEIGHT = 1;
const ALARMS_HEIGHT = 2;

/** The dashboard of one API, whatever its kind. It grows with the routes until the synthesis. */
export class ApiDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly api: MonitoredApi,
    private readonly options: ApiDashboardOptions,
    private readonly alarms?: Alarms,
  ) {
    super(scope, id);
    const { dashboardName, routeGroups } = options;
    if (routeGroups && api.kind === 'websocket') {
      throw api.owner.error(`dashboard: routeGroups: ${routeProblem(api, api.stages[0])}; leave it out`);
    }
    const stack = Stack.of(this);
    new CfnDashboard(this, 'Resource', {
      dashboardName,
      dashboardBody: Lazy.uncachedString({ produce: () => stack.toJsonString({ widgets: this.widgets() }) }),
    });
  }

  /** What must hold once all routes are there; returns the errors. */
  public errors(): string[] {
    const { api, options } = this;
    const where = api.owner.part('dashboard');
    const known = api.routes();
    const unknown = Object.entries(options.routeGroups ?? {}).flatMap(([title, routes]) =>
      routes
        .filter((route) => !known.includes(route))
        .map(
          (route) =>
            where.error(
              `routeGroups["${title}"] has "${route}", which is no route of the gateway.${suggest(route, known)}`,
            ).message,
        ),
    );
    const groups = Object.entries(this.groups());
    const large = groups.find(([, routes]) => routes.length > METRICS_PER_WIDGET);
    const total = groups.reduce((sum, [, routes]) => sum + routes.length * ROUTE_GRAPHS.length, 0);
    const stages = api.stages.filter((stage) => routeProblem(api, stage) === undefined).length;
    if (large) {
      unknown.push(
        where.error(
          `the group "${large[0]}" has ${large[1].length} routes, and a widget shows ${METRICS_PER_WIDGET} metrics; name the routes worth watching in routeGroups`,
        ).message,
      );
    } else if (total * stages > METRICS_PER_DASHBOARD) {
      unknown.push(
        where.error(
          `the groups of routes have ${total * stages} metrics, and a dashboard shows ${METRICS_PER_DASHBOARD}; name the routes worth watching in routeGroups`,
        ).message,
      );
    }
    return unknown;
  }

  /** Title → routes that have metrics of their own. */
  private groups(): Record<string, readonly string[]> {
    const { routeGroups } = this.options;
    if (routeGroups) return routeGroups;
    if (this.api.kind === 'websocket') return {};
    const groups: Record<string, string[]> = {};
    // The order of routes in the code is no difference in what the dashboard shows.
    for (const route of [...this.api.routes()].sort().filter((key) => key.includes(' '))) {
      const title = `/${route.split(' ')[1].split('/')[1] ?? ''}`;
      (groups[title] ??= []).push(route);
    }
    return groups;
  }

  private widgets(): Widget[] {
    const { api, alarms } = this;
    const widgets: Widget[] = [];
    let y = 0;
    const title = (markdown: string) => {
      widgets.push({ type: 'text', x: 0, y, width: WIDTH, height: TITLE_HEIGHT, properties: { markdown } });
      y += TITLE_HEIGHT;
    };
    const row = (graphs: readonly object[]) => {
      const width = WIDTH / graphs.length;
      graphs.forEach((properties, index) =>
        widgets.push({ type: 'metric', x: index * width, y, width, height: HEIGHT, properties }),
      );
      y += HEIGHT;
    };
    if (alarms && alarms.arns.length > 0) {
      const properties = { title: `Alarms of ${api.label}`, alarms: alarms.arns };
      widgets.push({ type: 'alarm', x: 0, y, width: WIDTH, height: ALARMS_HEIGHT, properties });
      y += ALARMS_HEIGHT;
    }
    const groups = Object.entries(this.groups());
    for (const stage of api.stages) {
      title(`# ${api.label} · ${stage.key}`);
      row(STAGE_GRAPHS[api.kind].map((graph) => this.graph(graph, stage, [undefined])));
      for (const [name, routes] of routeProblem(api, stage) === undefined ? groups : []) {
        title(`## ${name}`);
        row(ROUTE_GRAPHS.map((graph) => this.graph(graph, stage, routes)));
      }
    }
    return widgets;
  }

  private graph(graph: Graph, stage: MonitoredStage, routes: readonly (string | undefined)[]): object {
    const { api, alarms } = this;
    const lines = routes.flatMap((route) =>
      graph.lines.map(({ label, stat, metric }) => {
        const name = typeof metric === 'string' ? metric : metric[api.kind];
        return line(metricOf(api, stage, name, route), stat, route ?? label);
      }),
    );
    const throttled = graph.throttles ? alarms?.throttles.get(stage.key) : undefined;
    return {
      title: graph.title,
      region: Stack.of(this).region,
      view: 'timeSeries',
      period: 60,
      metrics: [...lines, ...(throttled ? [line(throttled, 'Sum', 'Throttled')] : [])],
      yAxis: { left: { min: 0 } },
    };
  }
}

/** A metric as a widget has it: namespace, name, dimensions, how it is drawn. */
function line({ namespace, metricName, dimensions }: MetricRef, stat: string, label: string): unknown[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat, label }];
}
