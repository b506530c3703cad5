import { type HttpCall, type HttpReply, BackendError } from '../../../lib/serve/backends';
import { type Answer, type HeaderFields } from '../../../lib/serve/exchange';
import { type Json, type JsonObject } from '../../../lib/serve/json';
import { type KnownCredential } from '../../../lib/serve/credential';
import { type Trace } from '../../../lib/serve/trace';
import { type WebSocketConnection } from '../../../lib/serve/websocket/connection';
import { type Handshake, WebSocketGateway } from '../../../lib/serve/websocket/gateway';
import { type Text } from '../../../lib/template/model/text';
import { compileSchema } from '../../../runtime/serve/schemas';
import { modelOf, ref, resource } from '../../template/source-of';

type Properties = Readonly<Record<string, unknown>>;

/** A route of an API under test: its own properties, and those of its integration. */
export interface RouteUnderTest extends Properties {
  /** A function by its logical id, or the properties of the integration. */
  readonly to?: string | Properties;
  /** Key → properties. */
  readonly responses?: Readonly<Record<string, Properties>>;
  readonly twoWay?: boolean;
}

export interface ApiUnderTest {
  readonly api?: Properties;
  readonly stage?: Properties;
  readonly routes: Readonly<Record<string, RouteUnderTest>>;
  /** The whole template instead. */
  readonly resources?: Readonly<Record<string, object>>;
  readonly more?: Readonly<Record<string, object>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly credentials?: readonly KnownCredential[];
  /** What functions answer; an error that is thrown is theirs. */
  readonly functions?: Readonly<Record<string, (event: JsonObject) => unknown>>;
  readonly server?: (call: HttpCall) => Partial<HttpReply> | Promise<Partial<HttpReply>>;
}

const v2 = (type: string, properties: Properties): object =>
  resource(`AWS::ApiGatewayV2::${type}`, { ApiId: ref('Api'), ...properties });

const URI = (fn: string): string =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:${fn}/invocations`;

export const functionUri = URI;

function resourcesOf({ api, stage, routes, more }: ApiUnderTest): Record<string, object> {
  const resources: Record<string, object> = {
    Api: resource('AWS::ApiGatewayV2::Api', {
      ...{ Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...api },
    }),
    Stage: v2('Stage', { StageName: 'prod', AutoDeploy: true, ...stage }),
    ...more,
  };
  for (const [index, [key, { to, responses = {}, twoWay, ...route }]] of Object.entries(routes).entries()) {
    const [name, integration] = [`Route${index}`, `Integration${index}`];
    resources[name] = v2('Route', {
      ...{ RouteKey: key, ...route },
      ...(to === undefined ? {} : { Target: { 'Fn::Sub': `integrations/\${${integration}}` } }),
      ...(twoWay ? { RouteResponseSelectionExpression: '$default' } : {}),
    });
    if (twoWay)
      resources[`${name}Response`] = v2('RouteResponse', { RouteId: ref(name), RouteResponseKey: '$default' });
    if (to === undefined) continue;
    const proxy = { IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', IntegrationUri: URI(String(to)) };
    resources[integration] = v2('Integration', typeof to === 'string' ? proxy : to);
    for (const [at, [IntegrationResponseKey, properties]] of Object.entries(responses).entries()) {
      const own = { IntegrationId: ref(integration), IntegrationResponseKey, ...properties };
      resources[`${integration}Response${at}`] = v2('IntegrationResponse', own);
    }
  }
  return resources;
}

/** A client of the API under test. */
export class TestClient {
  public readonly messages: string[] = [];
  /** Code and reason, once the gateway closes it. */
  public closedWith?: { readonly code: number; readonly reason?: string };
  public handshake!: Handshake;

  public send(text: string): void {
    this.messages.push(text);
  }

  public close(code: number, reason?: string): void {
    this.closedWith = { code, ...(reason === undefined ? {} : { reason }) };
  }

  public get connection(): WebSocketConnection {
    if (this.handshake.kind !== 'open') throw new Error(`refused: ${JSON.stringify(this.handshake.trace.steps)}`);
    return this.handshake.connection;
  }

  public get refusal(): { status: number; text: string; headers: HeaderFields } {
    if (this.handshake.kind !== 'refused') throw new Error('The client was let in');
    const { status, body, headers } = this.handshake.answer;
    return { status, headers, text: Buffer.from(body as Uint8Array).toString('utf8') };
  }

  public say(message: unknown): Promise<Trace | undefined> {
    return this.connection.receive(typeof message === 'string' ? message : JSON.stringify(message));
  }
}

/** A gateway with what stands behind it played by the test. */
export class TestApi {
  public readonly gateway: WebSocketGateway;
  public readonly events: { readonly name: string; readonly event: JsonObject }[] = [];
  public readonly calls: HttpCall[] = [];
  /** The time. */
  public now = Date.UTC(2026, 10, 30, 12);
  private ids = 0;

  constructor(test: ApiUnderTest) {
    const model = modelOf({ ...(test.resources ?? resourcesOf(test)) });
    const [api] = model.webSocketApis;
    const { functions = {}, server } = test;
    this.gateway = new WebSocketGateway({
      ...{ model, api, stage: api.stages[0], apiId: 'abc123', domainName: 'localhost:3001', port: 3001 },
      stageVariables: test.stageVariables ?? {},
      schemaOf: ({ schema }) => schema as Json,
      environment: {
        ...{ account: '111122223333', region: 'eu-west-1', partition: 'aws', compileSchema, random: () => 0.5 },
        now: () => this.now,
        nameOf: ({ logicalId }) => logicalId,
        ...(test.credentials ? { credentials: test.credentials } : {}),
        newId: () => `${(this.ids += 1)}`.padStart(8, '0') + '-0000-4000-8000-000000000000',
        text: (text: Text) => (typeof text === 'string' ? text : text.outline),
        backends: {
          invoke: async ({ target, event, functionId }) => {
            const name = functionId ?? target.split(':')[6];
            this.events.push({ name, event: event as JsonObject });
            if (!functions[name]) return { kind: 'refused', reason: `There is no function ${name}` };
            try {
              const answer = await functions[name](event as JsonObject);
              return { kind: 'answer', payload: JSON.stringify(answer ?? null) };
            } catch (error) {
              if (error instanceof BackendError) throw error;
              return { kind: 'error', payload: JSON.stringify({ errorMessage: (error as Error).message }) };
            }
          },
          send: async (call) => {
            this.calls.push(call);
            return { status: 200, headers: [], body: new Uint8Array(), ...(await server?.(call)) };
          },
        },
      },
    });
  }

  public async client(headers: Readonly<Record<string, string>> = {}, target = '/prod'): Promise<TestClient> {
    const client = new TestClient();
    const request = { method: 'GET', target, body: new Uint8Array(), sourceIp: '192.0.2.7' };
    client.handshake = await this.gateway.connect({ ...request, headers: Object.entries(headers) }, '/prod', client);
    return client;
  }

  public async manage(
    method: string,
    id: string,
    body = '',
    headers: HeaderFields = [],
  ): Promise<{ status: number; text: string; answer: Answer }> {
    const request = { method, target: `/prod/@connections/${encodeURIComponent(id)}`, sourceIp: '', headers };
    const { answer } = await this.gateway.manage({ ...request, body: Buffer.from(body) }, '/prod');
    return { status: answer.status, text: Buffer.from(answer.body as Uint8Array).toString('utf8'), answer };
  }

  /** What a server does every now and then. */
  public expire(): void {
    for (const connection of [...this.gateway.open.values()]) connection.expire();
  }

  /** The last event of a function. */
  public eventOf(name: string): JsonObject {
    const found = this.events.filter((each) => each.name === name).at(-1);
    if (!found) throw new Error(`${name} was not called`);
    return found.event;
  }

  public countOf(name: string): number {
    return this.events.filter((each) => each.name === name).length;
  }
}
