import { Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARMS_PER_WIDGET, METRICS_PER_DASHBOARD, METRICS_PER_WIDGET, WIDGETS_PER_DASHBOARD } from '../facts/metrics';
import { show } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { type Alarms } from './alarms';
import { STAGE_GRAPHS, ROUTE_GRAPHS, type Graph } from './dashboard-graphs';
import { type MetricRef, metricOf, type MonitoredApi, type MonitoredStage, routeProblem } from './monitored-api';

/**
 * A dashboard of an API: a row for each stage, and a row for each group of routes.
 *
 * @example
 * const dashboard: ApiDashboardOptions = { dashboardName: 'orders' };
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
  readonly properties: object & { readonly metrics?: readonly unknown[] };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
const DASHBOARD_NAME = /^[A-Za-z0-9_-]{1,255}$/;
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
    if (dashboardName !== undefined && !Token.isUnresolved(dashboardName) && !DASHBOARD_NAME.test(dashboardName)) {
      throw api.owner.error(
        `dashboard: dashboardName ${show(dashboardName)} must be 1 to 255 of A-Z a-z 0-9 - _; leave it out for one that CloudFormation makes`,
      );
    }
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
    if (unknown.length > 0) return unknown;
    const problem = this.limitProblem();
    return problem === undefined ? [] : [where.error(problem).message];
  }

  /** What CloudWatch would not take. */
  private limitProblem(): string | undefined {
    const way = 'name the routes worth watching in routeGroups';
    const large = Object.entries(this.groups()).find(([, routes]) => routes.length > METRICS_PER_WIDGET);
    if (large) {
      return `the group "${large[0]}" has ${large[1].length} routes, and a widget shows ${METRICS_PER_WIDGET} metrics; ${way}`;
    }
    const widgets = this.widgets();
    const metrics = widgets.reduce((sum, { properties }) => sum + (properties.metrics?.length ?? 0), 0);
    if (metrics > METRICS_PER_DASHBOARD) {
      return `has ${metrics} metrics, and CloudWatch shows ${METRICS_PER_DASHBOARD}; ${way}`;
    }
    return widgets.length > WIDGETS_PER_DASHBOARD
      ? `has ${widgets.length} widgets, and CloudWatch shows ${WIDGETS_PER_DASHBOARD}; ${way}, in fewer groups`
      : undefined;
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
      widgets.push({ type: 'text', x: 0, y, width: WIDTH, height: TITLE_HEIGHT, properties: { markdown } as object });
      y += TITLE_HEIGHT;
    };
    const row = (graphs: readonly Widget['properties'][]) => {
      const width = WIDTH / graphs.length;
      graphs.forEach((properties, index) =>
        widgets.push({ type: 'metric', x: index * width, y, width, height: HEIGHT, properties }),
      );
      y += HEIGHT;
    };
    const arns = alarms?.arns ?? [];
    for (let from = 0; from < arns.length; from += ALARMS_PER_WIDGET) {
      const properties: object = {
        title: `Alarms of ${api.label}${from === 0 ? '' : ', continued'}`,
        alarms: arns.slice(from, from + ALARMS_PER_WIDGET),
      };
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

  private graph(graph: Graph, stage: MonitoredStage, routes: readonly (string | undefined)[]) {
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
