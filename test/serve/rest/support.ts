import { apiIdOf, localApis } from '../../../lib/serve/apis';
import { type Backends, BackendError, type FunctionCall, type HttpCall } from '../../../lib/serve/backends';
import { type Environment } from '../../../lib/serve/environment';
import { type HeaderFields, whole } from '../../../lib/serve/exchange';
import { type FunctionOutcome } from '../../../lib/serve/functions';
import { type LocalApi } from '../../../lib/serve/local-api';
import { localNames } from '../../../lib/serve/local-names';
import { Resolver } from '../../../lib/serve/resolve';
import { type KnownCredential } from '../../../lib/serve/credential';
import { type Step } from '../../../lib/serve/trace';
import { readModel } from '../../../lib/template/reader/read';
import { compileSchema } from '../../../runtime/serve/schemas';

export type Loose = Record<string, unknown>;

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
export const API_ID = apiIdOf('Api');

const invocation = (id: string): Loose => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
});

/** The integration with the function `Fn`, as a proxy. */
export const proxied = (more: Loose = {}): Loose => ({
  ...{ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation('Fn') },
  ...more,
});

/** The integration with `Fn` whose answer is mapped. */
export const mappedFunction = (responses: readonly Loose[] = [{ StatusCode: '200' }], more: Loose = {}): Loose => ({
  ...{ Type: 'AWS', IntegrationHttpMethod: 'POST', Uri: invocation('Fn'), IntegrationResponses: responses },
  ...more,
});

/** A mock that answers what the template of its response says. */
export const mock = (template = '{}', more: Loose = {}, response: Loose = {}): Loose => ({
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{"statusCode": 200}' },
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': template }, ...response }],
  ...more,
});

export const server = (type: 'HTTP' | 'HTTP_PROXY', uri: string, more: Loose = {}): Loose => ({
  ...{ Type: type, IntegrationHttpMethod: 'ANY', Uri: uri },
  ...(type === 'HTTP' ? { IntegrationResponses: [{ StatusCode: '200' }] } : {}),
  ...more,
});

/** The properties of an authorizer with the function `Auth`. */
export const functionGuard = (more: Loose = {}): Loose => ({
  ...{ Name: 'guard', Type: 'TOKEN', AuthorizerUri: invocation('Auth') },
  IdentitySource: 'method.request.header.Authorization',
  ...more,
});

/** The policy that a function answers. */
export const policyOf = (effect: string, more: Loose = {}, resource: unknown = '*'): Loose => ({
  principalId: 'ann',
  policyDocument: { Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }] },
  ...more,
});

/** A method: its integration beside its own properties. */
export const method = (integration: Loose, more: Loose = {}): Loose => ({ ...more, Integration: integration });

export interface Setup {
  /** `GET /orders/{id}` → the integration, or a method with one. */
  readonly methods?: Readonly<Record<string, Loose>>;
  readonly api?: Loose;
  readonly stage?: Loose;
  /** The properties of the authorizer `Guard`. */
  readonly guard?: Loose;
  readonly resources?: Readonly<Record<string, Loose>>;
  readonly functions?: Readonly<Record<string, (event: Loose, call: FunctionCall) => unknown>>;
  readonly invoke?: (call: FunctionCall) => FunctionOutcome;
  readonly server?: (call: HttpCall) => { status?: number; headers?: HeaderFields; body?: string | Uint8Array };
  readonly now?: () => number;
  readonly random?: () => number;
  readonly credentials?: readonly KnownCredential[];
}

export const resource = (type: string, properties: Loose): Loose => ({
  Type: `AWS::ApiGateway::${type}`,
  Properties: properties,
});

const API = { Ref: 'Api' };

function templateOf({ methods = {}, api = {}, stage = {}, guard, resources = {} }: Setup): Loose {
  const all: Loose = {
    Api: resource('RestApi', { Name: 'api', ...api }),
    Deployment: resource('Deployment', { RestApiId: API }),
    Stage: resource('Stage', { RestApiId: API, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod', ...stage }),
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    Auth: { Type: 'AWS::Lambda::Function', Properties: {} },
    ...(guard ? { Guard: resource('Authorizer', { RestApiId: API, ...guard }) } : {}),
    ...resources,
  };
  const ids = new Map([['', { 'Fn::GetAtt': ['Api', 'RootResourceId'] } as Loose]]);
  const idOfPath = (path: string): Loose => {
    const known = ids.get(path);
    if (known) return known;
    const at = path.lastIndexOf('/');
    const ParentId = idOfPath(path.slice(0, at));
    const id = `Path${ids.size}`;
    all[id] = resource('Resource', { RestApiId: API, ParentId, PathPart: path.slice(at + 1) });
    ids.set(path, { Ref: id });
    return { Ref: id };
  };
  for (const [index, [key, written]] of Object.entries(methods).entries()) {
    const [HttpMethod, path] = key.split(' ');
    const { Integration = written, ...more } = written;
    all[`Method${index}`] = resource('Method', {
      ...{ RestApiId: API, ResourceId: idOfPath(path.replace(/\/$/, '')), HttpMethod, AuthorizationType: 'NONE' },
      ...('Integration' in written ? more : {}),
      Integration,
    });
  }
  return { Resources: all };
}

export interface Answered {
  readonly status: number;
  /** By names in lower case; several values in their order. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly json: unknown;
  readonly steps: readonly Step[];
}

/** The local APIs of a template, with back ends that the test plays. */
export class TestGateway {
  public readonly events: Loose[] = [];
  public readonly authorizerEvents: Loose[] = [];
  public readonly invocations: FunctionCall[] = [];
  public readonly calls: HttpCall[] = [];
  public readonly apis: readonly LocalApi[];
  private ids = 0;

  constructor(private readonly setup: Setup) {
    const model = readModel([{ file: 'app.json', template: templateOf(setup), bytes: 0 }], [], { asDeployed: true });
    const resolver = new Resolver(model, {
      ...{ account: ACCOUNT, region: REGION },
      apiId: (ref) => apiIdOf(localNames(model)(ref)),
    });
    const environment: Environment = {
      ...{ account: ACCOUNT, region: REGION, partition: 'aws', backends: this.backends(), compileSchema },
      ...{ now: setup.now ?? (() => 1_700_000_000_000), random: setup.random ?? (() => 0.5) },
      nameOf: localNames(model),
      ...{ text: (text) => resolver.text(text), newId: () => String((this.ids += 1)).padStart(32, '0') },
      ...(setup.credentials ? { credentials: setup.credentials } : {}),
    };
    this.apis = localApis(model, { environment, domainName: 'localhost', port: 443 });
  }

  public get lastEvent(): Loose {
    return this.events[this.events.length - 1];
  }

  /** @param target below the stage */
  public async send(
    verb: string,
    target: string,
    headers: HeaderFields = [],
    body: string | Uint8Array = '',
    sourceIp = '10.0.0.1',
  ): Promise<Answered> {
    return this.sendTo(verb, `/prod${target}`, headers, body, sourceIp);
  }

  public async sendTo(
    verb: string,
    target: string,
    headers: HeaderFields = [],
    body: string | Uint8Array = '',
    sourceIp = '10.0.0.1',
  ): Promise<Answered> {
    const request = { method: verb, target, headers, body: Buffer.from(body), sourceIp };
    const { answer, trace } = await this.apis[0].handle(request);
    const fields: Record<string, string> = {};
    for (const [name, value] of answer.headers) {
      const key = name.toLowerCase();
      fields[key] = key in fields ? `${fields[key]}, ${value}` : value;
    }
    const bytes = await whole(answer.body);
    const text = Buffer.from(bytes).toString('utf8');
    return { status: answer.status, headers: fields, bytes, text, json: parsed(text), steps: trace.steps };
  }

  private backends(): Backends {
    return {
      invoke: async (call: FunctionCall) => {
        const { functionId = '', event } = call;
        this.invocations.push(call);
        (functionId === 'Auth' ? this.authorizerEvents : this.events).push(event as Loose);
        if (this.setup.invoke) return this.setup.invoke(call);
        const play = this.setup.functions?.[functionId] ?? (() => ({ statusCode: 200, body: 'played' }));
        try {
          return { kind: 'answer', payload: JSON.stringify((await play(event as Loose, call)) ?? null) };
        } catch (error) {
          if (error instanceof BackendError) throw error;
          return { kind: 'error', payload: JSON.stringify({ errorMessage: (error as Error).message }) };
        }
      },
      send: (call: HttpCall) => {
        this.calls.push(call);
        const { status = 200, headers = [], body = 'served' } = this.setup.server?.(call) ?? {};
        return Promise.resolve({ status, headers, body: Buffer.from(body) });
      },
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
