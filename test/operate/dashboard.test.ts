import { Lazy } from 'aws-cdk-lib';
import { type ApiAlarmsOptions, type ApiBudgetOptions, type ApiDashboardOptions } from '../../lib';
import { type GatewayKind } from '../../lib/facts/kinds';
import { METRIC_NAMESPACE, METRIC_TABLES } from '../../lib/facts/metrics';
import { type MonitoredQuota } from '../../lib/operate/monitored-api';
import { type Json } from '../support/stacks';
import { operations, type Watched } from './support';

const KINDS: readonly GatewayKind[] = ['rest', 'http', 'websocket'];

function dashboard(kind: GatewayKind, options: ApiDashboardOptions = {}, watched: Watched = {}, withAlarms = true) {
  const made = operations(
    kind,
    ({ topic }) => ({ dashboard: options, alarms: withAlarms ? { topic } : undefined }),
    watched,
  );
  return { errors: made.errors, ...widgetsOf(made.template) };
}

function widgetsOf(template: Json): { name: Json; widgets: Json[] } {
  const [resource] = Object.values<Json>(template.Resources).filter(
    ({ Type }) => Type === 'AWS::CloudWatch::Dashboard',
  );
  const { DashboardBody: body, DashboardName } = resource.Properties;
  // References stand in quotes of the JSON text.
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1].map((part: Json) => part.Ref ?? part['Fn::GetAtt'] ?? part).join('');
  return { name: DashboardName, widgets: JSON.parse(text).widgets as Json[] };
}

describe.each(KINDS)('the dashboard of %s', (kind) => {
  const { widgets, errors } = dashboard(kind, {}, { stages: ['dev', 'prod'] });
  const graphs = widgets.filter(({ type }) => type === 'metric');

  test('draws metrics that are documented, with dimensions that exist', () => {
    for (const [namespace, name, ...rest] of graphs.flatMap(({ properties }) => properties.metrics)) {
      if (namespace !== METRIC_NAMESPACE) continue;
      const dimensions = rest.slice(0, -1).filter((_: unknown, index: number) => index % 2 === 0);
      expect(Object.keys(METRIC_TABLES[kind].metrics)).toContain(name);
      expect(METRIC_TABLES[kind].dimensions).toContainEqual([...dimensions].sort());
    }
    expect(graphs.length).toBeGreaterThan(7);
    expect(errors()).toEqual([]);
  });

  test('has a row for each stage and group of routes, and no hole or overlap', () => {
    const titles = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
    const groups = { rest: ['## /health', '## /orders'], http: ['## /orders'], websocket: [] }[kind];
    expect(titles).toEqual([...['# Orders · dev', ...groups], ...['# Orders · prod', ...groups]]);
    const rows = new Map<number, Json[]>();
    for (const widget of widgets) rows.set(widget.y, [...(rows.get(widget.y) ?? []), widget]);
    let y = 0;
    for (const [at, row] of rows) {
      expect(at).toBe(y);
      y += row[0].height;
      expect(row.reduce((x: number, widget: Json) => (widget.x === x ? x + widget.width : NaN), 0)).toBe(24);
    }
  });

  test('shows the alarms and what they count', () => {
    expect(widgets[0]).toMatchObject({ type: 'alarm', y: 0 });
    expect(widgets[0].properties.alarms.length).toBeGreaterThan(9);
    const drawn = graphs.flatMap(({ properties }) => properties.metrics.map((metric: Json[]) => metric.at(-1).label));
    expect(drawn.filter((label) => label === 'Throttled')).toHaveLength(2);
    expect(JSON.stringify(dashboard(kind, {}, {}, false).widgets)).not.toMatch(/Throttled|"alarm"/);
  });
});

test.each([
  [100, [100]],
  [101, [100, 1]],
  [230, [100, 100, 30]],
])('%d alarms are in widgets of 100 at most', (count, sizes) => {
  const apiKeys = Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, `id${i}`]));
  const quotas: MonitoredQuota[] = [
    { plan: 'p', limit: 9, period: 'DAY', stages: ['prod'], apiKeys, callers: { prod: count } },
  ];
  const off = { enabled: false };
  const made = operations(
    'rest',
    ({ topic }) => ({
      dashboard: {},
      alarms: {
        topic,
        serverErrors: off,
        clientErrors: off,
        latency: off,
        integrationLatency: off,
        throttles: off,
        quotaExceeded: off,
        quotaUsage: { p: 80 },
      } as ApiAlarmsOptions,
    }),
    { quotas },
  );
  const widgets = widgetsOf(made.template).widgets;
  const alarms = widgets.filter(({ type }) => type === 'alarm');
  expect(alarms.map(({ properties }) => properties.alarms.length)).toEqual(sizes);
  expect(new Set(alarms.flatMap(({ properties }) => properties.alarms)).size).toBe(count);
  expect(alarms.map(({ y }) => y)).toEqual(sizes.map((_, index) => 2 * index));
  expect(widgets[alarms.length]).toMatchObject({ type: 'text', y: 2 * sizes.length });
});

test('groups can be named, and so can the dashboard', () => {
  const { widgets, name } = dashboard('rest', { dashboardName: 'orders', routeGroups: { Write: ['POST /orders'] } });
  expect(name).toBe('orders');
  const index = widgets.findIndex(({ properties }) => properties.markdown === '## Write');
  const metric = widgets[index + 1].properties.metrics[0];
  expect(metric).toEqual(
    [METRIC_NAMESPACE, 'Count', 'ApiName', 'orders', 'Stage', 'prod', 'Method', 'POST', 'Resource', '/orders'].concat([
      { stat: 'SampleCount', label: 'POST /orders' } as never,
    ]),
  );
});

test('routes without metrics of their own are not drawn', () => {
  expect(JSON.stringify(dashboard('http', {}, { detailedMetrics: false }).widgets)).not.toContain('##');
});

describe('says what is wrong', () => {
  const routes = (count: number, segment = (i: number) => `r${i}`) =>
    Array.from({ length: count }, (_, i) => `GET /${segment(i)}/${i}`);
  test.each<[string, GatewayKind, ApiDashboardOptions, Watched, string]>([
    [
      'a route',
      'rest',
      { routeGroups: { Read: ['GET /order'] } },
      {},
      'dashboard: routeGroups["Read"] has "GET /order", which is not a route of the gateway. Did you mean "GET /orders"?',
    ],
    [
      'a large group',
      'rest',
      {},
      { routes: routes(501, () => 'all') },
      'the group "/all" has 501 routes, but a widget shows 500 metrics; list the most important routes in routeGroups',
    ],
    [
      'many routes',
      'http',
      {},
      { routes: routes(834, () => 'all').map((route, i) => route.replace('all', `g${i % 100}`)) },
      'has 2512 metrics, but CloudWatch shows 2500; list the most important routes in routeGroups',
    ],
    [
      'many groups',
      'rest',
      {},
      { routes: routes(125) },
      'has 506 widgets, but CloudWatch shows 500; list the most important routes in routeGroups, in fewer groups',
    ],
  ])('%s', (_, kind, options, watched, message) => {
    expect(dashboard(kind, options, watched).errors()).toEqual([
      `Gateway 'Orders': ${message.replace(/^(?!dash)/, 'dashboard: ')}`,
    ]);
  });

  test('a name', () => {
    expect(() => dashboard('rest', { dashboardName: 'my orders' })).toThrow(
      'dashboard: dashboardName "my orders" must be 1 to 255 of A-Z a-z 0-9 - _; leave it out for a name that CloudFormation generates',
    );
  });

  test('groups of WebSocket routes', () => {
    expect(() => dashboard('websocket', { routeGroups: { All: ['$connect'] } })).toThrow(
      'dashboard: routeGroups: the names of WebSocket routes in CloudWatch are not documented; leave it out',
    );
  });
});

describe('a budget', () => {
  const budget = (options: ApiBudgetOptions) => operations('rest', () => ({ budget: options })).template;
  const only = (template: Json, type: string): Json =>
    Object.values<Json>(template.Resources).find(({ Type }) => Type === type)?.Properties;

  test('is found by the tag that the API has', () => {
    const template = budget({ monthly: 50, notify: ['team@example.com'] });
    const value = { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '/Orders']] };
    const { Budget, NotificationsWithSubscribers: told } = only(template, 'AWS::Budgets::Budget');
    expect(Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 50, Unit: 'USD' },
      CostFilters: { TagKeyValue: [{ 'Fn::Join': ['', ['user:api$', { Ref: 'AWS::StackName' }, '/Orders']] }] },
    });
    expect(only(template, 'AWS::Logs::LogGroup').Tags).toEqual([{ Key: 'api', Value: value }]);
    expect(told.map(({ Notification: n }: Json) => [n.NotificationType, n.Threshold])).toEqual([
      ['ACTUAL', 80],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ]);
    expect(told[0].Subscribers).toEqual([{ SubscriptionType: 'EMAIL', Address: 'team@example.com' }]);
  });

  test('tells a topic, with a tag and thresholds of your own', () => {
    const { template } = operations('http', ({ topic }) => ({
      budget: { monthly: 5, topic, thresholds: [50], tagKey: 'product', tagValue: 'orders' },
    }));
    const { Budget, NotificationsWithSubscribers: told } = only(template, 'AWS::Budgets::Budget');
    expect(Budget.CostFilters).toEqual({ TagKeyValue: ['user:product$orders'] });
    expect(told).toHaveLength(2);
    expect(told[1].Subscribers).toEqual([
      { SubscriptionType: 'SNS', Address: { Ref: expect.stringMatching(/^Topic/) } },
    ]);
  });

  test('takes what only CloudFormation knows', () => {
    const monthly = Lazy.number({ produce: () => 7 });
    const notify = [Lazy.string({ produce: () => 'a@b' })];
    expect(only(budget({ monthly, notify }), 'AWS::Budgets::Budget').Budget.BudgetLimit.Amount).toBe(7);
  });

  const notify = ['team@example.com'];
  test.each<[ApiBudgetOptions, string]>([
    [{ monthly: 0, notify }, 'budget: monthly must be more than 0 US dollars, got: 0'],
    [{ monthly: 1 }, 'budget: has no recipient; set notify: ["team@example.com"] or topic'],
    [
      { monthly: 1, notify: Array(11).fill('a@b') },
      'notify has 11 addresses; the maximum of a budget is 10; set topic',
    ],
    [{ monthly: 1, notify: ['arn:aws:sns:x'] }, 'notify has "arn:aws:sns:x", which is not an e-mail address'],
    [{ monthly: 1, notify, thresholds: [-1] }, 'thresholds has -1, but must be percentages above 0'],
    [{ monthly: 1, notify, thresholds: [] }, 'thresholds must be 1 to 4 different percentages, got: []'],
    [{ monthly: 1, notify, thresholds: [80, 80] }, 'thresholds must be 1 to 4 different percentages, got: [80,80]'],
  ])('says what is wrong: %j', (options, message) => {
    expect(() => budget(options)).toThrow(message);
  });
});
