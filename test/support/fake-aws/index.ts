import { AsyncLocalStorage } from 'node:async_hooks';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { type FakeAnswer, type FakeServer, fakeServer, type SeenRequest } from '../fake-http';
import { FakeRestApis } from './api-gateway';
import { apiGatewayError, ServiceFault } from './errors';
import { FakeAlarms, FakeLogs, FakeParameters, FakeStacks, FakeStateMachines, type Operation } from './services';

/** The process that made the call dies. */
export class Crash extends Error {
  constructor() {
    super('crash');
    this.name = 'Crash';
  }
}

/** Where a call is cut: before the service saw it, or after it was done and before the caller knows. */
export interface CrashPoint {
  readonly call: number;
  readonly side: 'before' | 'after';
}

/** The services that a release talks to, over their own protocols. */
export class FakeAws {
  clock = Date.UTC(2026, 0, 1);
  readonly now = () => this.clock;
  readonly gateway = new FakeRestApis(this.now);
  readonly parameters = new FakeParameters();
  readonly alarms = new FakeAlarms();
  readonly logs = new FakeLogs();
  readonly machines = new FakeStateMachines();
  readonly stacks = new FakeStacks();
  /** `GET /restapis/…`, `AmazonSSM.PutParameter`: every call, in order. */
  readonly calls: string[] = [];
  crashAt?: CrashPoint;
  /** Answers given instead of the real ones, to calls that match. */
  readonly scripted: { match: RegExp; answer: FakeAnswer }[] = [];
  /** Looks at the world after each call. */
  afterCall: (call: string) => void = () => undefined;

  private readonly operations: Record<string, Operation> = {
    ...this.parameters.operations,
    ...this.alarms.operations,
    ...this.logs.operations,
    ...this.machines.operations,
  };

  /** The answer of the service to one request. */
  readonly answer = (request: SeenRequest): FakeAnswer => {
    const target = request.headers['x-amz-target'] as string | undefined;
    const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const call = target ?? (isQuery ? 'DescribeStacks' : `${request.method} ${request.path}`);
    this.calls.push(call);
    const scripted = this.scripted.findIndex(({ match }) => match.test(call));
    if (scripted >= 0) return this.scripted.splice(scripted, 1)[0].answer;
    try {
      if (isQuery) {
        const { status, xml } = this.stacks.answer(request.body);
        return { status, headers: { 'content-type': 'text/xml' }, body: xml };
      }
      if (target === undefined) {
        const { status, body } = this.gateway.answer(request);
        return { status, headers: { 'content-type': 'application/json' }, body: body ? JSON.stringify(body) : '' };
      }
      const output = this.operations[target](JSON.parse(request.body || '{}'));
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(output) };
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      if (target === undefined) return apiGatewayError(error.status, error.type, error.message);
      const body = JSON.stringify({ __type: error.type, message: error.message });
      return { status: error.status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
    } finally {
      this.afterCall(call);
    }
  };

  /** StartExecution as Step Functions asks itself: no HTTP, and yet a call that can be cut. */
  startExecution(input: Record<string, unknown>): void {
    const at = this.crashAt?.call === this.calls.length ? this.crashAt : undefined;
    if (at) this.crashAt = undefined;
    if (at?.side === 'before') throw new Crash();
    this.calls.push('StartExecution by itself');
    this.operations['AWSStepFunctions.StartExecution'](input);
    if (at) throw new Crash();
  }

  /** Real clients whose requests end in this process. */
  clients() {
    return {
      gateway: this.bound(CLIENTS.gateway),
      parameters: this.bound(CLIENTS.parameters),
      alarms: this.bound(CLIENTS.alarms),
      logs: this.bound(CLIENTS.logs),
      stacks: this.bound(CLIENTS.stacks),
      machines: this.bound(CLIENTS.machines),
    };
  }

  /** Clients cost more than their calls: all fakes share them, and each call knows whose it is. */
  private bound<C extends { send: unknown }>(client: C): Pick<C, 'send'> {
    const send = client.send as (command: unknown) => Promise<unknown>;
    return { send: (command: unknown) => current.run(this, () => send.call(client, command)) } as Pick<C, 'send'>;
  }

  /** The same services on a port. */
  serve(): Promise<FakeServer> {
    return fakeServer(this.answer);
  }

  async handle(request: HttpRequest) {
    const at = this.crashAt;
    const cut = at && at.call === this.calls.length ? at.side : undefined;
    if (cut) this.crashAt = undefined;
    if (cut === 'before') throw new Crash();
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(request.query ?? {})) {
      for (const one of [value].flat()) query.append(key, one ?? '');
    }
    const answer = this.answer({
      method: request.method,
      path: request.path + (query.size > 0 ? `?${query}` : ''),
      headers: request.headers,
      body: textOf(request.body),
    });
    if (cut === 'after' || answer === 'reset') throw new Crash();
    const body = Buffer.from(answer.body ?? '');
    return { response: { statusCode: answer.status, headers: answer.headers ?? {}, body: new Uint8Array(body) } };
  }
}

function textOf(body: string | Uint8Array | undefined): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '');
}

const current = new AsyncLocalStorage<FakeAws>();
const CONFIG = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  maxAttempts: 1,
  endpoint: 'http://fake.invalid',
  // Half of the cost of a call, and seen by nobody here.
  signer: { sign: async (request: unknown) => request } as never,
  requestHandler: {
    handle: (request: unknown) => current.getStore()!.handle(request as HttpRequest),
    destroy: () => undefined,
  } as never,
};
const CLIENTS = {
  gateway: new APIGatewayClient(CONFIG),
  parameters: new SSMClient(CONFIG),
  alarms: new CloudWatchClient(CONFIG),
  logs: new CloudWatchLogsClient(CONFIG),
  stacks: new CloudFormationClient(CONFIG),
  machines: new SFNClient(CONFIG),
};

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}
