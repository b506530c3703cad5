import { type GatewayKind } from '../facts/kinds';

/** One line of a graph. The name of the metric, by kind if they differ. */
export interface Line {
  readonly label: string;
  readonly stat: string;
  readonly metric: string | Readonly<Record<GatewayKind, string>>;
}

/** One graph of a row. */
export interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Whether throttles are included, if an alarm counts them. */
  readonly throttles?: boolean;
}

const line = (label: string, stat: string, metric: Line['metric']): Line => ({ label, stat, metric });

const SERVER_ERRORS = { rest: '5XXError', http: '5xx', websocket: 'IntegrationError' };
const CLIENT_ERRORS = { rest: '4XXError', http: '4xx', websocket: 'ClientError' };

const INTEGRATION: Graph = {
  title: 'Latency of the back-end (ms)',
  lines: ['p50', 'p90', 'p99'].map((stat) => line(stat, stat, 'IntegrationLatency')),
};

const REQUESTS: readonly Graph[] = [
  { title: 'Requests', lines: [line('Requests', 'SampleCount', 'Count')] },
  { title: 'Errors', lines: [line('5XX', 'Sum', SERVER_ERRORS), line('4XX', 'Sum', CLIENT_ERRORS)], throttles: true },
  { title: 'Latency (ms)', lines: ['p50', 'p90', 'p99'].map((stat) => line(stat, stat, 'Latency')) },
  INTEGRATION,
];

/** The row of a stage. */
export const STAGE_GRAPHS: Readonly<Record<GatewayKind, readonly Graph[]>> = {
  rest: REQUESTS,
  http: REQUESTS,
  websocket: [
    { title: 'Connections', lines: [line('Connections', 'Sum', 'ConnectCount')] },
    { title: 'Messages', lines: [line('Messages', 'Sum', 'MessageCount')] },
    {
      title: 'Errors',
      lines: [
        line('Back-end answers with errors', 'Sum', 'IntegrationError'),
        line('Back-end not reached', 'Sum', 'ExecutionError'),
        line('Refused', 'Sum', 'ClientError'),
      ],
      throttles: true,
    },
    INTEGRATION,
  ],
};

/** The row of a group of routes: one line for each route. */
export const ROUTE_GRAPHS: readonly Graph[] = [
  { title: 'Requests', lines: [line('', 'SampleCount', 'Count')] },
  { title: '5XX', lines: [line('', 'Sum', SERVER_ERRORS)] },
  { title: 'p99 (ms)', lines: [line('', 'p99', 'Latency')] },
];
