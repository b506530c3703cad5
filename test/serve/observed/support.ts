import { type Backends, type FunctionCall, type HttpCall, type HttpReply } from '../../../lib/serve/backends';
import { type Environment } from '../../../lib/serve/environment';
import { RestGateway } from '../../../lib/serve/rest/gateway';
import { type Text } from '../../../lib/template/model/text';
import { readModel } from '../../../lib/template/reader/read';

type Loose = Record<string, unknown>;
type Headers = ReadonlyArray<readonly [string, string]>;

const ACCOUNT = '123456789012';
const INVOCATION = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations`;

const text = (value: Text): string =>
  typeof value === 'string'
    ? value
    : value.parts
        .map((part) => {
          if (typeof part === 'string') return part;
          if (part.attribute === 'Arn') return `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${part.logicalId}`;
          return { 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws' }[part.logicalId] ?? part.logicalId;
        })
        .join('');

/** The properties of an integration with the function `Fn`. */
export const withFunction = (type: 'AWS' | 'AWS_PROXY', more: Loose = {}): Loose => ({
  Type: type,
  IntegrationHttpMethod: 'POST',
  Uri: { 'Fn::Sub': INVOCATION },
  ...(type === 'AWS' ? { IntegrationResponses: [{ StatusCode: '200' }] } : {}),
  ...more,
});

/** The properties of an integration with a server that is not proxied. */
export const withServer = (more: Loose = {}, response: Loose = {}): Loose => ({
  Type: 'HTTP',
  IntegrationHttpMethod: 'POST',
  Uri: 'https://server.example.com/in',
  IntegrationResponses: [{ StatusCode: '200', ...response }],
  ...more,
});

/** The properties of a mock whose answer is a text. */
export const withMock = (body: string, request = '{"statusCode": 200}'): Loose => ({
  Type: 'MOCK',
  RequestTemplates: { 'application/json': request },
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': body } }],
});

/** A TOKEN authorizer whose function is `Fn`. */
export const guard = (): Loose => ({
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: {
    ...{ RestApiId: { Ref: 'Api' }, Name: 'guard', Type: 'TOKEN', AuthorizerUri: { 'Fn::Sub': INVOCATION } },
    IdentitySource: 'method.request.header.Authorization',
  },
});

interface Setup {
  /** `GET /a` → the properties of its method, or of its integration alone. */
  readonly methods: Readonly<Record<string, Loose>>;
  readonly api?: Loose;
  readonly stage?: Loose;
  readonly resources?: Loose;
  readonly play?: (event: Loose) => unknown;
  readonly server?: (call: HttpCall) => HttpReply;
}

function templateOf({ methods, api = {}, stage = {}, resources: more = {} }: Setup): Loose {
  const of = (type: string, properties: Loose): Loose => ({
    Type: `AWS::ApiGateway::${type}`,
    Properties: { RestApiId: { Ref: 'Api' }, ...properties },
  });
  const resources: Loose = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', ...api } },
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    Deployment: of('Deployment', {}),
    Stage: of('Stage', { DeploymentId: { Ref: 'Deployment' }, StageName: 'dev', ...stage }),
    ...more,
  };
  for (const [line, written] of Object.entries(methods)) {
    const [method, path] = line.split(' ');
    let parent: unknown = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
    let id = 'Path';
    for (const part of path.split('/').filter((each) => each !== '')) {
      id += part.replace(/\W/g, 'X');
      resources[id] ??= of('Resource', { ParentId: parent, PathPart: part });
      parent = { Ref: id };
    }
    const properties = 'Integration' in written ? written : { Integration: written };
    resources[`${id}${method}`] = of('Method', {
      ...{ ResourceId: parent, HttpMethod: method, AuthorizationType: 'NONE' },
      ...properties,
    });
  }
  return { Resources: resources };
}

export interface Answered {
  readonly status: number;
  /** By names in lower case, each with its values in their order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** A REST API with back ends that the test plays. */
export class TestRestApi {
  public readonly events: Loose[] = [];
  public readonly calls: HttpCall[] = [];
  private readonly gateway: RestGateway;
  private ids = 0;

  constructor(private readonly setup: Setup) {
    const model = readModel([{ file: 'app.json', template: templateOf(setup), bytes: 0 }]);
    const [api] = model.restApis;
    const environment: Environment = {
      ...{ account: ACCOUNT, region: 'eu-west-1', partition: 'aws', backends: this.backends(), text },
      ...{ now: () => 1_750_000_000_000, random: () => 0.5, compileSchema: () => () => [] },
      newId: () => String((this.ids += 1)).padStart(32, '0'),
      nameOf: ({ logicalId }) => logicalId,
    };
    const stageVariables = (setup.stage?.Variables ?? {}) as Record<string, string>;
    const options = { model, api, stage: api.stages[0], environment, stageVariables, schemaOf: () => undefined };
    this.gateway = new RestGateway({ ...options, apiId: 'abc', domainName: 'abc.example.com', port: 443 });
  }

  public async send(
    line: string,
    headers: Readonly<Record<string, string>> = {},
    body: string | Uint8Array = '',
  ): Promise<Answered> {
    const [method, target] = line.split(' ');
    const { answer } = await this.gateway.handle(
      {
        ...{ method, target, headers: Object.entries(headers), body: Buffer.from(body) },
        sourceIp: '10.0.0.1',
      },
      '',
    );
    const fields: Record<string, string[]> = {};
    for (const [name, value] of answer.headers) (fields[name.toLowerCase()] ??= []).push(value);
    const bytes = Buffer.from(answer.body as Uint8Array);
    return { status: answer.status, headers: fields, bytes, text: bytes.toString('utf8') };
  }

  /** The values of a header of the last call of the server. */
  public sent(name: string): string[] {
    const { headers = [] as Headers } = this.calls.at(-1) ?? {};
    return headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  }

  private backends(): Backends {
    return {
      invoke: ({ event }: FunctionCall) => {
        this.events.push(event as Loose);
        const play = this.setup.play ?? (() => ({ statusCode: 200, body: 'played' }));
        return Promise.resolve({ kind: 'answer', payload: JSON.stringify(play(event as Loose)) });
      },
      send: (call: HttpCall) => {
        this.calls.push(call);
        const reply = this.setup.server?.(call) ?? { status: 200, headers: [], body: Buffer.from('{}') };
        return Promise.resolve(reply);
      },
    };
  }
}
