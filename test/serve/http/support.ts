import {
  type Backends,
  BackendError,
  type FunctionCall,
  type HttpCall,
  type HttpReply,
} from '../../../lib/serve/backends';
import { type Environment } from '../../../lib/serve/environment';
import { HttpGateway } from '../../../lib/serve/http/gateway';
import { type KnownCredential } from '../../../lib/serve/credential';
import { type Step } from '../../../lib/serve/trace';
import { type Text } from '../../../lib/template/model/text';
import { readModel } from '../../../lib/template/reader/read';

type Loose = Record<string, unknown>;
type Played = (event: Loose) => unknown;

export const ACCOUNT = '123456789012';

const PSEUDO: Readonly<Record<string, string>> = { 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws' };

function text(value: Text): string {
  if (typeof value === 'string') return value;
  return value.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.attribute === 'Arn') return `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${part.logicalId}`;
      return PSEUDO[part.logicalId] ?? part.logicalId;
    })
    .join('');
}

const invocation = (id: string): Loose => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
});

/** The properties of an integration with a function. */
export const withFunction = (format = '2.0', more: Loose = {}): Loose => ({
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: invocation('Fn'),
  PayloadFormatVersion: format,
  ...more,
});

/** The properties of an integration with a server. */
export const withServer = (uri: unknown, more: Loose = {}): Loose => ({
  IntegrationType: 'HTTP_PROXY',
  IntegrationMethod: 'ANY',
  IntegrationUri: uri,
  PayloadFormatVersion: '1.0',
  ...more,
});

/** A route that requires authorization by `Guard`. */
export const guarded = (type: 'JWT' | 'CUSTOM', integration: Loose, more: Loose = {}): Loose => ({
  integration,
  AuthorizationType: type,
  AuthorizerId: { Ref: 'Guard' },
  ...more,
});

/** An authorizer whose function is `Auth`. */
export const functionGuard = (more: Loose = {}): Loose => ({
  AuthorizerType: 'REQUEST',
  AuthorizerUri: invocation('Auth'),
  AuthorizerPayloadFormatVersion: '2.0',
  IdentitySource: ['$request.header.Authorization'],
  ...more,
});

interface Setup {
  /** Route key → its integration, or the properties of the route with one. */
  readonly routes?: Readonly<Record<string, Loose>>;
  readonly api?: Loose;
  readonly stage?: Loose;
  /** The properties of the authorizer `Guard`. */
  readonly guard?: Loose;
  readonly functions?: Readonly<Record<string, Played>>;
  readonly server?: (call: HttpCall) => HttpReply | Promise<HttpReply>;
  readonly now?: () => number;
  readonly credentials?: readonly KnownCredential[];
}

function templateOf({ routes = {}, api = {}, stage, guard }: Setup): Loose {
  const of = (type: string, properties: Loose): Loose => ({
    Type: `AWS::ApiGatewayV2::${type}`,
    Properties: { ApiId: { Ref: 'Api' }, ...properties },
  });
  const resources: Loose = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ...('Body' in api ? {} : { Name: 'api', ProtocolType: 'HTTP' }), ...api },
    },
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    Auth: { Type: 'AWS::Lambda::Function', Properties: {} },
    ...('Target' in api ? {} : { Stage: of('Stage', { StageName: '$default', AutoDeploy: true, ...stage }) }),
    ...(guard ? { Guard: of('Authorizer', { Name: 'guard', ...guard }) } : {}),
  };
  for (const [index, [key, written]] of Object.entries(routes).entries()) {
    const { integration = written, ...more } = written as { integration?: Loose };
    resources[`Integration${index}`] = of('Integration', integration);
    resources[`Route${index}`] = of('Route', {
      RouteKey: key,
      Target: { 'Fn::Sub': `integrations/\${Integration${index}}` },
      ...('integration' in written ? more : {}),
    });
  }
  return { Resources: resources };
}

export interface Answered {
  readonly status: number;
  /** By names in lower case; several values in their order. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly steps: readonly Step[];
}

type Headers = ReadonlyArray<readonly [string, string]>;

/** A gateway with back ends that the test plays. */
export class TestGateway {
  public readonly events: Loose[] = [];
  public readonly authorizerEvents: Loose[] = [];
  public readonly calls: HttpCall[] = [];
  private readonly gateway: HttpGateway;
  private ids = 0;

  constructor(private readonly setup: Setup) {
    const model = readModel([{ file: 'app.json', template: templateOf(setup), bytes: 0 }]);
    const [api] = model.httpApis;
    const [stage] = api.stages;
    const environment: Environment = {
      ...{ account: ACCOUNT, region: 'eu-west-1', partition: 'aws', backends: this.backends(), text },
      ...{ now: setup.now ?? Date.now, random: () => 0.5, compileSchema: () => () => [] },
      newId: () => String((this.ids += 1)).padStart(32, '0'),
      nameOf: ({ logicalId }) => logicalId,
      ...(setup.credentials ? { credentials: setup.credentials } : {}),
    };
    const stageVariables = (setup.stage?.StageVariables ?? {}) as Record<string, string>;
    const options = { model, api, stage, environment, stageVariables };
    this.gateway = new HttpGateway({ ...options, apiId: 'abc', domainName: 'abc.example.com', port: 443 });
  }

  public async send(method: string, target: string, headers: Headers = [], body = '', prefix = ''): Promise<Answered> {
    const request = { method, target, headers, body: Buffer.from(body, 'utf8'), sourceIp: '10.0.0.1' };
    const { answer, trace } = await this.gateway.handle(request, prefix);
    const fields: Record<string, string> = {};
    for (const [name, value] of answer.headers) {
      const key = name.toLowerCase();
      fields[key] = key in fields ? `${fields[key]}, ${value}` : value;
    }
    const text = Buffer.from(answer.body as Uint8Array).toString('utf8');
    return { status: answer.status, headers: fields, text, steps: trace.steps };
  }

  private backends(): Backends {
    return {
      invoke: async ({ functionId = '', event }: FunctionCall) => {
        (functionId === 'Auth' ? this.authorizerEvents : this.events).push(event as Loose);
        const play = this.setup.functions?.[functionId] ?? (() => ({ statusCode: 200, body: 'played' }));
        try {
          return { kind: 'answer', payload: JSON.stringify((await play(event as Loose)) ?? null) };
        } catch (error) {
          if (error instanceof BackendError) throw error;
          return { kind: 'error', payload: JSON.stringify({ errorMessage: (error as Error).message }) };
        }
      },
      send: async (call: HttpCall) => {
        this.calls.push(call);
        if (!this.setup.server) return { status: 200, headers: [], body: Buffer.from('served') };
        return this.setup.server(call);
      },
    };
  }
}
