import { Aws } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type GatewayKind } from '../facts/kinds';
import { type MonitoredApi } from './monitored-api';

/** A saved query: its id and title, and its text, built from the names of the fields in the format. */
interface SavedQuery {
  readonly id: string;
  readonly title: string;
  readonly text: (field: (variable: string) => string, kind: GatewayKind) => readonly string[];
}

/** The fields that identify a route. */
const ROUTE: Readonly<Record<GatewayKind, readonly string[]>> = {
  rest: ['httpMethod', 'resourcePath'],
  http: ['routeKey'],
  websocket: ['routeKey', 'eventType'],
};

/** The latency for the caller; WebSocket APIs log only that of the integration. */
const LATENCY: Readonly<Record<GatewayKind, string>> = {
  rest: 'responseLatency',
  http: 'responseLatency',
  websocket: 'integration.latency',
};

/** The fields that identify a caller: an API key if the kind has them. */
const CALLER: Readonly<Record<GatewayKind, readonly string[]>> = {
  rest: ['identity.apiKeyId', 'authorizer.principalId', 'identity.sourceIp'],
  http: ['authorizer.principalId', 'identity.sourceIp'],
  websocket: ['authorizer.principalId', 'identity.sourceIp'],
};

const QUERIES: readonly SavedQuery[] = [
  {
    id: 'SlowestRoutes',
    title: 'Slowest routes',
    text: (field, kind) => {
      const latency = field(LATENCY[kind]);
      const by = ROUTE[kind].map(field).join(', ');
      return [
        `filter ${latency} != "-"`,
        `stats count(*) as requests, pct(${latency}, 50) as p50, pct(${latency}, 99) as p99, max(${latency}) as slowest, pct(${field('integration.latency')}, 99) as integrationP99 by ${by}`,
        'sort p99 desc',
        'limit 20',
      ];
    },
  },
  {
    id: 'TopErrors',
    title: 'Top errors',
    text: (field, kind) => {
      const by = ['status', 'error.responseType', 'error.message', 'integration.error', ...ROUTE[kind]].map(field);
      return [
        `filter ${field('status')} like /^[45]/`,
        `stats count(*) as requests by ${by.join(', ')}`,
        'sort requests desc',
        'limit 50',
      ];
    },
  },
  {
    id: 'ThrottledCallers',
    title: 'Throttled callers',
    text: (field, kind) => [
      `filter ${field('status')} like /^429$/`,
      `stats count(*) as requests by ${[...CALLER[kind], 'error.responseType'].map(field).join(', ')}`,
      'sort requests desc',
      'limit 50',
    ],
  },
  {
    id: 'AuthorizerFailures',
    title: 'Authorizer failures',
    text: (field, kind) => {
      const error = field('authorizer.error');
      const status = field('status');
      const by = ['status', 'error.responseType', 'authorizer.error', ...ROUTE[kind], 'identity.sourceIp'].map(field);
      return [
        `filter ${status} like /^40[13]$/ or (${error} != "-" and ${error} != "")`,
        `stats count(*) as requests by ${by.join(', ')}`,
        'sort requests desc',
        'limit 50',
      ];
    },
  },
];

/**
 * Saves queries on the access logs of all stages in Logs Insights: slowest routes, top errors, throttled callers,
 * authorizer failures. They cost nothing until they are run.
 *
 * @throws if a stage logs to a stream, in CLF, or without a field that a query reads
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_Insights-Saving-Queries.html
 */
export class LogQueries extends Construct {
  private readonly queries: readonly CfnQueryDefinition[];

  constructor(
    scope: Construct,
    id: string,
    private readonly api: MonitoredApi,
  ) {
    super(scope, id);
    const read = queriesOf(api);
    this.queries = QUERIES.map(({ id: own, title }, index) => {
      const name = `${Aws.STACK_NAME}/${api.path}/${title}`;
      return new CfnQueryDefinition(this, own, { name, ...read[index] });
    });
  }

  /** A stage came later. @throws where its access log cannot be read as those of the others */
  public addStage(): void {
    queriesOf(this.api).forEach((read, index) => Object.assign(this.queries[index], read));
  }
}

/** What the queries read, and where. */
function queriesOf(api: MonitoredApi): { readonly logGroupNames: string[]; readonly queryString: string }[] {
  const [first] = api.stages;
  const names = api.stages.map(({ key, accessLog: { group } }) => {
    if (!group)
      throw api.owner.error(`savedQueries reads log groups, and stage "${key}" logs to a stream; leave it out`);
    return group.name;
  });
  const fields = Object.entries(first.accessLog.format.fields);
  return QUERIES.map((query) => {
    const field = (variable: string): string => {
      const everywhere = fields.find(
        ([name, held]) =>
          held === variable && api.stages.every(({ accessLog }) => accessLog.format.fields[name] === variable),
      );
      if (!everywhere) {
        throw api.owner.error(
          `savedQueries: "${query.title}" reads $context.${variable}, which is not a JSON field of the same name in the access log of every stage; ` +
            'add it to accessLog.format, or leave savedQueries out',
        );
      }
      return everywhere[0];
    };
    return { logGroupNames: [...new Set(names)], queryString: query.text(field, api.kind).join('\n| ') };
  });
}
