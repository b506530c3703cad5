import {
  BackendError,
  type Backends,
  type FunctionCall,
  type HttpCall,
  type HttpReply,
} from '../../../lib/serve/backends';
import { type FunctionOutcome, type FunctionRunner, type LocalFunction } from '../../../lib/serve/functions';
import { type FunctionStub, type ServerStub } from '../types';
import { HttpClient } from './http';
import { type LocalIssuer } from './issuer';
import { type ServiceOptions, signed } from './services';

export interface LocalBackendsOptions {
  /** Read again for each call, since a change of the templates brings others. */
  readonly functions: () => readonly LocalFunction[];
  readonly runner: FunctionRunner;
  /** By logical id. */
  readonly functionStubs?: () => Readonly<Record<string, FunctionStub>>;
  /** By origin, or `aws:<service>`. */
  readonly serverStubs?: Readonly<Record<string, ServerStub>>;
  /** Origin in the templates → origin that is called instead. */
  readonly origins?: Readonly<Record<string, string>>;
  readonly services: ServiceOptions;
  readonly issuer?: LocalIssuer;
}

/** The back ends of a local gateway: functions on this machine, servers, and services where the options say. */
export class LocalBackends implements Backends {
  private readonly client = new HttpClient();

  constructor(private readonly options: LocalBackendsOptions) {}

  public async invoke(call: FunctionCall): Promise<FunctionOutcome> {
    const found = this.functionOf(call);
    const stub = this.stubOf(call, found);
    if (stub) return playing(stub, call);
    if (!found) return { kind: 'refused', reason: `The templates have no function ${call.functionId ?? call.target}` };
    const qualifier = call.qualifier === undefined ? '' : `:${call.qualifier}`;
    const running = this.options.runner.invoke(found, {
      ...{ requestId: call.requestId, event: call.event, invokedFunctionArn: `${found.arn}${qualifier}` },
      streaming: call.streaming === true,
    });
    if (call.invocationType === 'Event') {
      // The gateway does not wait for it; its result is in its log.
      running.catch(() => undefined);
      return { kind: 'answer', payload: '' };
    }
    return within(running, call.timeoutInMs);
  }

  public async send(call: HttpCall): Promise<HttpReply> {
    const { serverStubs = {}, origins = {}, issuer, services } = this.options;
    const { origin } = new URL(call.url);
    const stub = serverStubs[call.service ? `aws:${call.service.name}` : origin];
    if (stub) return stub(call);
    if (call.service) return this.client.send(await signed(call, services));
    const published = issuer?.answer(call.url);
    if (published) return published;
    const instead = origins[origin];
    if (instead === undefined) return this.client.send(call);
    // A server in its place has a name of its own.
    const { tls, ...rest } = call;
    const isInsecure = tls?.isInsecure === true;
    const url = instead + call.url.slice(origin.length);
    return this.client.send({ ...rest, url, ...(isInsecure ? { tls: { isInsecure } } : {}) });
  }

  public close(): void {
    this.client.close();
  }

  private functionOf({ functionId, target }: FunctionCall): LocalFunction | undefined {
    const functions = this.options.functions();
    const name = nameIn(target);
    return (
      functions.find(({ id }) => id === functionId) ?? functions.find((each) => each.name === name || each.id === name)
    );
  }

  private stubOf({ functionId, target }: FunctionCall, found: LocalFunction | undefined): FunctionStub | undefined {
    const functionStubs = this.options.functionStubs?.() ?? {};
    const id = [functionId, found?.id, found?.name ?? nameIn(target)].find(
      (each) => each !== undefined && Object.hasOwn(functionStubs, each),
    );
    return id === undefined ? undefined : functionStubs[id];
  }
}

/** The name of a function, from its ARN or its name with a qualifier. */
const nameIn = (target: string): string => target.split(':')[target.startsWith('arn:') ? 6 : 0];

async function playing(stub: FunctionStub, call: FunctionCall): Promise<FunctionOutcome> {
  try {
    const given = await stub(call.event as never, call);
    return { kind: 'answer', payload: JSON.stringify(given) ?? 'null' };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    return { kind: 'error', payload: JSON.stringify({ errorType: name, errorMessage: message }) };
  }
}

function within<T>(running: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new BackendError('timeout', `The function gave no answer within ${ms} ms`));
    const timer = setTimeout(late, ms);
    running.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
