import * as fc from 'fast-check';
import { type LocalApi } from '../../../lib/serve/local-api';
import { whole } from '../../../lib/serve/exchange';
import { readModel } from '../../../lib/template/reader/read';
import { type FunctionStub } from '../../../runtime/serve/types';
import { LocalGateway } from '../../../runtime/serve/local-gateway';

type Loose = Record<string, unknown>;

const PATTERNS = ['(a+)+$', '([a-z]+)*\\d', '.*Error.*', '', '4\\d{2}', '(x|x)*y', '[', '(?i)fault.*'];

const TEMPLATES = [
  '{"statusCode": 200}',
  '$input.json("$")',
  '$input.params().header.get("constructor") $input.params("__proto__") $context.identity.sourceIp',
  '#set($context.responseOverride.header.X = $input.params("q"))#set($context.responseOverride.status = $input.path("$.s"))$input.body',
  '#foreach($k in $input.path("$").keySet())$k=$input.path("$").get($k),#end',
  '$util.escapeJavaScript($input.body) $util.parseJson($input.body) $util.urlDecode($input.params("q"))',
  '#if($input.params("q").matches($input.params("p")))$input.params("q").replaceAll($input.params("p"), "$0")#end',
  '#foreach($i in [1..200])$input.json("$..*")#end',
];

/** A REST API of mocks, functions and proxies, and an HTTP API before the same functions. */
function template(): Loose {
  const uri =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:Fn/invocations';
  const integrations: Loose[] = [
    ...TEMPLATES.map((text) => ({
      Type: 'MOCK',
      RequestTemplates: { 'application/json': `${text}{"statusCode": 200}`, 'text/plain': '{"statusCode": 404}' },
      IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': text } }],
    })),
    ...PATTERNS.map((SelectionPattern) => ({
      ...{
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Uri: uri,
        RequestTemplates: { 'application/json': '$input.json("$")' },
      },
      IntegrationResponses: [{ StatusCode: '200' }, { StatusCode: '500', SelectionPattern }],
    })),
    { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
    {
      ...{ Type: 'HTTP_PROXY', IntegrationHttpMethod: 'ANY', Uri: 'http://back.end/{proxy}' },
      RequestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    },
  ];
  const rest = integrations.flatMap((Integration, at): [string, Loose][] => [
    [
      `P${at}`,
      {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          PathPart: `p${at}`,
        },
      },
    ],
    [
      `G${at}`,
      {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: { Ref: 'Api' }, ParentId: { Ref: `P${at}` }, PathPart: '{proxy+}' },
      },
    ],
    ...[`P${at}`, `G${at}`].map((resource): [string, Loose] => [
      `M${resource}`,
      {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          ...{ RestApiId: { Ref: 'Api' }, ResourceId: { Ref: resource }, HttpMethod: 'ANY', AuthorizationType: 'NONE' },
          ...{ RequestParameters: { 'method.request.path.proxy': false }, Integration },
          ...{ MethodResponses: [{ StatusCode: '200' }, { StatusCode: '500' }] },
        },
      },
    ]),
  ]);
  return {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'rest', BinaryMediaTypes: ['image/*'] } },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'dev' },
      },
      ...Object.fromEntries(rest),
      Http: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: 'http', ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: ['*'] } },
      },
      HttpStage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'Http' }, StageName: '$default', AutoDeploy: true },
      },
      HttpIntegration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Http' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: uri,
          PayloadFormatVersion: '2.0',
        },
      },
      HttpRoute: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Http' },
          RouteKey: 'ANY /{proxy+}',
          Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'HttpIntegration' }]] },
        },
      },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'Fn',
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::111122223333:role/a',
          Code: { ZipFile: '' },
        },
      },
    },
  };
}

const long = fc.constantFrom(
  `${'a'.repeat(4000)}!`,
  'x'.repeat(3000),
  '%'.repeat(50),
  '\u0000\r\n',
  '\ud800',
  '../'.repeat(200),
);
const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '%',
  '%00',
  '%zz',
  '..',
  '{proxy+}',
  '$default',
  '*',
  '\\',
  ';',
);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), odd, long);
const path = fc
  .tuple(
    fc.constantFrom('/dev', '/dev/', '', '//dev', '/DEV', '/%64ev', '/prod'),
    fc.integer({ min: 0, max: TEMPLATES.length + PATTERNS.length + 2 }),
    fc.array(text, { maxLength: 4 }),
    fc.option(fc.array(fc.tuple(fc.oneof(fc.constantFrom('q', 'p', 's'), text), text), { maxLength: 5 })),
  )
  .map(([stage, at, segments, query]) => {
    const search = query ? `?${query.map(([name, value]) => `${name}=${value}`).join('&')}` : '';
    return `${[stage, `p${at}`, ...segments].join('/')}${search}`;
  });
const headers = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom(
        'Accept',
        'Content-Type',
        'Host',
        'X-Forwarded-For',
        'Expect',
        'Cookie',
        'Origin',
        'X-Amzn-Trace-Id',
        'constructor',
        '__proto__',
      ),
      fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/),
    ),
    fc.oneof(fc.constantFrom('application/json', 'text/plain', 'image/png', '*/*', ',,;q=', 'Root='), text),
  ),
  { maxLength: 12 },
);
const body = fc.oneof(
  fc.json(),
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(
    '{"s": "999"}',
    '{"s": 200.5}',
    '['.repeat(2000),
    '{"__proto__": {"a": 1}}',
    '{"a":1,"a":2}',
    '\ufeff{}',
    '',
  ),
  text,
);
/** What functions answer: anything, shaped as an answer or not, and errors with long messages. */
const answer = fc.oneof(
  fc.anything({ withBigInt: false }),
  fc.record(
    {
      statusCode: fc.oneof(fc.integer({ min: -1, max: 1000 }), text),
      headers: fc.dictionary(text, fc.anything({ withBigInt: false }), { maxKeys: 4 }),
      multiValueHeaders: fc.dictionary(text, fc.array(text), { maxKeys: 3 }),
      body: fc.oneof(text, fc.anything({ withBigInt: false })),
      isBase64Encoded: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

let play: FunctionStub = () => undefined;
const gateway = new LocalGateway({
  read: () => [{ file: 'hostile.json', template: template() as never, bytes: 0 }],
  functions: { Fn: (event, context) => play(event, context) },
  backends: {
    'http://back.end': async ({ headers: sent, body: bytes }) => ({ status: 200, headers: [...sent], body: bytes }),
  },
});
afterAll(() => gateway.close());

async function handled(
  api: LocalApi,
  request: Parameters<LocalApi['handle']>[0],
): Promise<{ took: number; status: number }> {
  const from = performance.now();
  const { answer: given, trace } = await gateway.handle(api, request);
  const bytes = await whole(given.body);
  expect(Number.isInteger(given.status) && given.status >= 100 && given.status <= 999).toBe(true);
  expect(bytes).toBeInstanceOf(Uint8Array);
  // A fault of the gateway itself has the stack of the error in its note.
  expect(trace.steps.filter(({ note }) => note?.startsWith('The local gateway failed'))).toEqual([]);
  return { took: performance.now() - from, status: given.status };
}

test('5000 requests of any form to each kind of API are answered, and none holds up the others', async () => {
  expect(readModel([{ file: 'hostile.json', template: template() as never, bytes: 0 }], []).restApis).toHaveLength(1);
  const apis = [gateway.api('Api'), gateway.api('Http')];
  const request = fc.record({
    ...{
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PURGE'),
      target: path,
      headers,
      body,
      answer,
    },
    ...{ message: text, fails: fc.boolean() },
  });
  let longest = 0;
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ body: sent, answer: played, message, fails, ...rest }) => {
      play = async () => {
        if (fails) throw new Error(message);
        return played as never;
      };
      for (const api of apis) {
        const { took, status } = await handled(api, {
          ...{ ...rest, body: typeof sent === 'string' ? Buffer.from(sent) : sent, sourceIp: '192.0.2.7' },
        });
        longest = Math.max(longest, took);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }),
    { seed: 20261130, numRuns: 5000, endOnFailure: true },
  );
  expect(longest).toBeLessThan(5000);
  // They get to the back ends, and are refused for more than one reason.
  for (const status of [200, 400, 403, 500, 502])
    expect([status, (statuses.get(status) ?? 0) > 20]).toEqual([status, true]);
}, 60_000);
