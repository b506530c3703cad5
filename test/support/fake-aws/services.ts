import { ServiceFault } from './errors';

type Json = Record<string, unknown>;
/** One operation of a service with a JSON protocol: `AmazonSSM.GetParameter`. */
export type Operation = (input: Json) => unknown;

const fault = (type: string, message: string) => new ServiceFault(400, type, message);

/** Parameter Store: every version is kept and can be read as `name:version`. */
export class FakeParameters {
  readonly values = new Map<string, string[]>();
  /** What has become an advanced parameter, and stays one. */
  readonly advanced = new Set<string>();
  /** Runs before each write, as another writer would. */
  beforePut: (name: string) => void = () => undefined;

  put(name: string, value: string): number {
    const versions = [...(this.values.get(name) ?? []), value];
    this.values.set(name, versions);
    return versions.length;
  }

  latest(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  readonly operations: Record<string, Operation> = {
    'AmazonSSM.GetParameter': ({ Name }) => {
      const [name, selector] = (Name as string).split(':');
      const versions = this.values.get(name);
      if (!versions) throw fault('ParameterNotFound', '');
      const version = selector === undefined ? versions.length : Number(selector);
      const value = versions[version - 1];
      if (value === undefined) throw fault('ParameterVersionNotFound', `version ${selector} of ${name}`);
      return { Parameter: { Name: name, Type: 'String', Value: value, Version: version } };
    },
    'AmazonSSM.PutParameter': ({ Name, Value, Overwrite, Tier = 'Standard' }) => {
      const name = Name as string;
      this.beforePut(name);
      if (this.values.has(name) && !Overwrite) throw fault('ParameterAlreadyExists', 'The parameter already exists.');
      if (/\{\{[^]*\}\}/.test(Value as string)) {
        throw fault('ValidationException', 'Parameter value must not nest another parameter: {{…}}.');
      }
      const bytes = Buffer.byteLength(Value as string);
      if (Tier === 'Standard' && this.advanced.has(name)) {
        throw fault('ValidationException', 'This parameter uses the advanced-parameter tier, and cannot be reverted.');
      }
      const isAdvanced =
        Tier === 'Advanced' || (Tier === 'Intelligent-Tiering' && (bytes > 4096 || this.advanced.has(name)));
      const most = isAdvanced ? 8192 : 4096;
      if (bytes > most) {
        const kind = isAdvanced ? 'Advanced' : 'Standard';
        throw fault(
          'ValidationException',
          `${kind} tier parameters support a maximum parameter value of ${most} characters.`,
        );
      }
      if (isAdvanced) this.advanced.add(name);
      return { Version: this.put(name, Value as string), Tier: isAdvanced ? 'Advanced' : 'Standard' };
    },
  };
}

export interface AlarmState {
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** When the alarm got into its state, in milliseconds. */
  since: number;
}

export class FakeAlarms {
  readonly alarms = new Map<string, AlarmState>();

  readonly operations: Record<string, Operation> = {
    'GraniteServiceVersion20100801.DescribeAlarms': ({ AlarmNames }) => ({
      CompositeAlarms: [],
      MetricAlarms: [...this.alarms]
        .filter(([name]) => (AlarmNames as string[]).includes(name))
        .map(([AlarmName, { state, since }]) => ({
          AlarmName,
          StateValue: state,
          StateReason: `${AlarmName} is ${state}`,
          StateTransitionedTimestamp: since / 1000,
        })),
    }),
  };
}

/** Log groups and the two kinds of query that releases ask of them: requests by status, and percentiles. */
export class FakeLogs {
  readonly groups = new Map<string, { status: number; latency: number }[]>();
  private readonly queries = new Map<string, { text: string; groups: string[]; polls: number }>();

  readonly operations: Record<string, Operation> = {
    'Logs_20140328.StartQuery': ({ logGroupNames, queryString }) => {
      const groups = logGroupNames as string[];
      const missing = groups.find((name) => !this.groups.has(name));
      if (missing) throw fault('ResourceNotFoundException', `Log group '${missing}' does not exist`);
      const queryId = `q${this.queries.size + 1}`;
      this.queries.set(queryId, { text: queryString as string, groups, polls: 0 });
      return { queryId };
    },
    'Logs_20140328.GetQueryResults': ({ queryId }) => {
      const query = this.queries.get(queryId as string)!;
      if (query.polls++ === 0) return { status: 'Running', results: [] };
      return { status: 'Complete', results: query.groups.flatMap((group) => this.rows(group, query.text)) };
    },
  };

  private rows(group: string, text: string): { field: string; value: string }[][] {
    const lines = this.groups.get(group)!;
    const log = { field: '@log', value: `123456789012:${group}` };
    if (lines.length === 0) return [];
    const byStatus = /count\(\*\) as requests by @log, (\S+)/.exec(text);
    if (byStatus) {
      return [...new Set(lines.map(({ status }) => status))].map((status) => [
        log,
        { field: byStatus[1], value: String(status) },
        { field: 'requests', value: String(lines.filter((line) => line.status === status).length) },
      ]);
    }
    const sorted = lines.map(({ latency }) => latency).sort((a, b) => a - b);
    const at = (share: number) => String(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    return [[log, { field: 'p50', value: at(0.5) }, { field: 'p99', value: at(0.99) }]];
  }
}

export class FakeStateMachines {
  readonly executions = new Map<string, { machine: string; input: string; running: boolean }>();
  pageSize = 100;

  readonly operations: Record<string, Operation> = {
    'AWSStepFunctions.ListExecutions': ({ stateMachineArn, statusFilter, nextToken }) => {
      const all = [...this.executions].filter(
        ([, { machine, running }]) => machine === stateMachineArn && (statusFilter !== 'RUNNING' || running),
      );
      const start = Number(nextToken ?? 0);
      const executions = all.slice(start, start + this.pageSize).map(([name]) => ({ name, startDate: 0 }));
      return { executions, ...(start + this.pageSize < all.length && { nextToken: String(start + this.pageSize) }) };
    },
    'AWSStepFunctions.StartExecution': ({ stateMachineArn, name, input }) => {
      const known = this.executions.get(name as string);
      if (known && !(known.running && known.input === input)) {
        throw fault('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
      }
      if (!known) {
        this.executions.set(name as string, {
          machine: stateMachineArn as string,
          input: input as string,
          running: true,
        });
      }
      return { executionArn: `${stateMachineArn}:${name}`.replace(':stateMachine:', ':execution:'), startDate: 0 };
    },
  };
}

export interface FakeOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
}

/** DescribeStacks, in the query protocol. */
export class FakeStacks {
  readonly stacks = new Map<string, FakeOutput[]>();
  status = 'UPDATE_COMPLETE';

  answer(body: string): { status: number; xml: string } {
    const form = new URLSearchParams(body);
    const name = form.get('StackName') ?? '';
    const outputs = this.stacks.get(name);
    if (!outputs) {
      return {
        status: 400,
        xml: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
      };
    }
    const members = outputs.map(
      ({ key, value, description }) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue>${description ? `<Description>${description}</Description>` : ''}</member>`,
    );
    return {
      status: 200,
      xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${this.status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    };
  }
}
