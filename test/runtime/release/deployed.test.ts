import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsClients } from '../../../runtime/cli/aws';
import { liveMain } from '../../../runtime/cli/live-main';
import { FakeAws } from '../../support/fake-aws';
import { accessDenied } from '../../support/fake-aws/errors';

const open = { authorizationType: 'NONE', apiKeyRequired: false };
const signed = { authorizationType: 'AWS_IAM', apiKeyRequired: false };

let folder: string;
let aws: FakeAws;
let api: string;
let template: string;

const method = (security?: object) => ({ ...security, 'x-amazon-apigateway-integration': { type: 'mock' } });
const TEMPLATE = {
  Resources: {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'orders',
        Body: {
          openapi: '3.0.1',
          info: { title: 'orders', version: '1' },
          paths: {
            '/orders': { get: method(), post: method({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }) },
          },
        },
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: { Ref: 'Api' },
        StageName: 'prod',
        DeploymentId: { Ref: 'Deployment' },
        TracingEnabled: true,
        Variables: { table: 'orders', secret: { Ref: 'Secret' } },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100 }],
      },
    },
  },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  template = join(folder, 'template.json');
  writeFileSync(template, JSON.stringify(TEMPLATE));
  aws = new FakeAws();
  api = aws.gateway.createRestApi('orders');
  deploy({ '/orders': { GET: open, POST: signed } });
  const stage = aws.gateway.stage(api, 'prod');
  stage.tracingEnabled = true;
  stage.variables = { table: 'orders', secret: 'x' };
  stage.methodSettings = { '*/*': { throttlingRateLimit: 100 } };
});

afterEach(() => rmSync(folder, { recursive: true }));

function deploy(routes: typeof aws.gateway.routes): string {
  aws.gateway.routes = routes;
  const id = aws.gateway.createDeployment(api);
  if (!aws.gateway.api(api).stages.has('prod')) aws.gateway.createStage(api, 'prod', id);
  return id;
}

async function run(...argv: string[]) {
  let [out, err] = ['', ''];
  const io = {
    stdout: (text: string) => (out += text),
    stderr: (text: string) => (err += text),
    color: false,
    now: aws.now,
    sleep: async () => undefined,
  };
  const code = await liveMain(['deployed', ...argv], io, () => aws.clients() as AwsClients);
  return { code, out, err };
}

const gapsOf = async () => {
  const { code, out } = await run(template, '--json');
  expect(code).toBe(1);
  return JSON.parse(out).gaps;
};
const point = (value: string) =>
  aws.gateway.updateStage(api, 'prod', [{ op: 'replace', path: '/deploymentId', value }]);

test('no difference: values that only CloudFormation knows are compared with nothing', async () => {
  expect(await run(template)).toEqual({
    code: 0,
    err: '',
    out: 'orders, stage prod: the live stage matches the template, as far as the template is known.\n',
  });
});

test('routes that are missing, left over, or open where they should not be', async () => {
  const old = deploy({ '/orders': { POST: open }, '/old': { GET: open } });
  point(old);
  expect(await gapsOf()).toEqual([
    { kind: 'deployment', what: 'not deployed yet', template: 'other routes', live: old },
    { kind: 'route', what: 'GET /orders', template: 'present', live: 'absent' },
    { kind: 'route', what: 'authorization of POST /orders', template: 'AWS_IAM', live: 'NONE' },
    { kind: 'route', what: 'GET /old', template: 'absent', live: 'present' },
  ]);
});

test('a canary that has the routes of the template is a gap of its own: not promoted yet', async () => {
  const candidate = aws.gateway.stage(api, 'prod').deploymentId;
  const old = deploy({ '/orders': { POST: signed } });
  point(old);
  const replace = (path: string, value: string) => ({ op: 'replace', path, value });
  aws.gateway.updateStage(api, 'prod', [
    replace('/canarySettings/deploymentId', candidate),
    replace('/canarySettings/percentTraffic', '10'),
  ]);
  expect((await gapsOf())[0]).toEqual({
    kind: 'deployment',
    what: 'not promoted yet',
    template: `the routes of ${candidate}`,
    live: `${old}, and 10 % ${candidate}`,
  });
});

test('settings of the stage, and authorizers', async () => {
  const stage = aws.gateway.stage(api, 'prod');
  stage.tracingEnabled = false;
  stage.variables = { table: 'other', secret: 'x', more: 'y' };
  stage.methodSettings = {};
  aws.gateway.api(api).authorizers.push({ id: 'a', name: 'by-hand', type: 'TOKEN' });
  expect(await gapsOf()).toEqual([
    { kind: 'authorizer', what: 'by-hand', template: 'absent', live: 'present' },
    { kind: 'stage', what: 'tracing', template: 'true', live: 'false' },
    { kind: 'stage', what: 'variable table', template: 'orders', live: 'other' },
    { kind: 'stage', what: 'variable more', template: 'absent', live: 'present' },
    { kind: 'stage', what: 'throttlingRateLimit of * /*', template: '100', live: 'absent' },
  ]);
  expect((await run(template)).out).toContain('orders, stage prod: 5 differences');
});

describe('what the service does not tell is unknown, not absent', () => {
  const drop = (match: RegExp, body: unknown) =>
    aws.scripted.push({
      match,
      answer: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    });

  test.each([
    [/authorizers/, /^authorizers$/],
    [/deployments/, /^routes of the deployment d\d+$/],
  ])('a part that is refused: %s', async (match, what) => {
    aws.gateway.stage(api, 'prod').tracingEnabled = false;
    aws.scripted.push({ match, answer: accessDenied });
    const { code, out } = await run(template, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      gaps: [{ what: 'tracing', template: 'true', live: 'false' }],
      unknown: [{ what: expect.stringMatching(what), reason: expect.stringContaining('AccessDeniedException: User') }],
    });
  });

  test('with nothing else to tell it is no success', async () => {
    aws.scripted.push({ match: /authorizers/, answer: accessDenied });
    const { code, out } = await run(template);
    expect([code, out]).toEqual([
      3,
      expect.stringMatching(
        /^orders, stage prod: 0 differences\nNot available: authorizers: AccessDeniedException: .*\n$/,
      ),
    ]);
  });

  test('an answer without the part', async () => {
    drop(/deployments/, { id: 'd2' });
    const { deploymentId, stageName } = aws.gateway.stage(api, 'prod');
    const variables = { table: 'orders', secret: 'x' };
    const match = /^GET \/restapis\/[^/]+\/stages\/prod/;
    drop(match, { deploymentId, stageName, variables });
    const { code, out } = await run(template, '--json', '--stage', 'prod');
    const reason = 'not returned by the service';
    expect([code, JSON.parse(out)]).toMatchObject([
      3,
      {
        gaps: [],
        unknown: [
          { what: expect.stringContaining('routes of'), reason },
          { what: 'tracing', reason },
          { what: 'method settings', reason },
        ],
      },
    ]);
  });

  test('routes of a canary', async () => {
    const candidate = aws.gateway.stage(api, 'prod').deploymentId;
    point(deploy({ '/orders': { POST: signed } }));
    const replace = (path: string, value: string) => ({ op: 'replace', path, value });
    aws.gateway.updateStage(api, 'prod', [replace('/canarySettings/deploymentId', candidate)]);
    aws.scripted.push({ match: new RegExp(`deployments/${candidate}`), answer: accessDenied });
    expect((await gapsOf())[0]).toMatchObject({ kind: 'deployment', what: 'a canary is live' });
  });
});

test('the live API is found by the outputs of a stack, or by its id', async () => {
  const other = aws.gateway.createRestApi('other');
  aws.gateway.createStage(other, 'prod', aws.gateway.createDeployment(other));
  aws.stacks.stacks.set('shop', [{ key: 'Canary', value: `${api}/prod`, description: 'apigw canary status' }]);
  const idOf = async (...words: string[]) => JSON.parse((await run(template, ...words, '--json')).out).api.id;
  expect(await idOf()).toBe(api);
  expect(await idOf('--stack', 'shop')).toBe(api);
  expect(await idOf('--id', other)).toBe(other);
  expect(await idOf('--api', 'Api', '--stage', 'prod')).toBe(api);
});

test('a gap reads as one: what, in the template, and live', async () => {
  point(deploy({ '/orders': { POST: open } }));
  const { out } = await run(template);
  expect(out).toMatch(/│ deployment │ not deployed yet\s+│ other routes │ d\d+\s+│/);
  expect(out).toMatch(/│ route\s+│ authorization of POST \/orders │ AWS_IAM\s+│ NONE\s+│/);
});

test.each([
  [[], 2, '"apigw deployed" needs a cdk.out folder or a template'],
  [['nowhere.json'], 2, 'there is no file or folder "nowhere.json"'],
  [['TEMPLATE', '--api', 'other'], 2, 'there is no API "other". The APIs are: orders.'],
  [['TEMPLATE', '--id', 'nothing'], 2, 'there is no REST API "nothing"'],
  [['TEMPLATE', '--stage', 'dev'], 1, 'has no stage "dev"'],
])('%j', async (argv, code, message) => {
  const given = argv.map((word) => (word === 'TEMPLATE' ? template : word));
  expect(await run(...given)).toMatchObject({ code, err: expect.stringContaining(message) });
});

test.each([[[]], [['--json']]])('300 routes that all differ are told, with %j', async (options: string[]) => {
  const paths = Array.from({ length: 300 }, (_, index) => `/r${index}`);
  const body = TEMPLATE.Resources.Api.Properties.Body;
  const properties = { ...TEMPLATE.Resources.Api.Properties, Body: { ...body, paths: operations(paths) } };
  const resources = { ...TEMPLATE.Resources, Api: { ...TEMPLATE.Resources.Api, Properties: properties } };
  writeFileSync(template, JSON.stringify({ Resources: resources }));
  point(deploy(Object.fromEntries(paths.map((path) => [path, { GET: signed }]))));
  const { code, out } = await run(template, ...options);
  expect(code).toBe(1);
  for (const path of paths) expect(out).toMatch(new RegExp(`GET ${path}\\b`));
});

const operations = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, { get: method() }]));
