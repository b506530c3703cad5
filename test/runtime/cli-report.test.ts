import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { URGENT, urgencyOf } from '../../lib/checks/urgency';
import { RULES } from '../../lib/checks/registry';
import { main } from '../../runtime/cli/main';

let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-report-'))));
afterAll(() => rmSync(folder, { recursive: true }));

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

function run(...args: string[]): { code: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const io = { stdout: (text: string) => void (out += text), stderr: (text: string) => void (err += text) };
  const code = main(args, { ...io, color: false });
  return { code, out, err };
}

function write(name: string, content: unknown): string {
  mkdirSync(dirname(file(name)), { recursive: true });
  const text =
    typeof content === 'string'
      ? content
      : /\.ya?ml$/.test(name)
        ? stringify(content)
        : JSON.stringify(content, null, 2);
  writeFileSync(file(name), text);
  return file(name);
}

const found = (path: string, ...more: string[]): Json[] =>
  JSON.parse(run('check', '--format', 'json', ...more, path).out) as Json[];

const idsOf = (findings: readonly Json[]): string[] => [...new Set(findings.map(({ id }) => String(id)))].sort();

const rowsOf = (out: string): string[] => out.match(/^│ (error|warning|info) +│ \S+/gm) ?? [];

/** A REST API with a route behind IAM, and a stage that has nothing. */
const rest = (endpoint?: string): Json => ({
  Resources: {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'shop', ...(endpoint && { EndpointConfiguration: { Types: [endpoint] } }) },
    },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'AWS_IAM',
        Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://example.com' },
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: 'Get', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' },
    },
  },
});

const logs = (): Json => {
  const template = rest('REGIONAL');
  template.Resources.Logs = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  template.Resources.Role = { Type: 'AWS::IAM::Role', DeletionPolicy: 'Retain', Properties: {} };
  template.Resources.Account = {
    Type: 'AWS::ApiGateway::Account',
    Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  };
  template.Resources.Stage.DependsOn = 'Get';
  template.Resources.Stage.Properties.AccessLogSetting = {
    DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] },
    Format: '{"id":"$context.requestId"}',
  };
  return template;
};

const withMethodSettings = (): Json => {
  const template = rest('REGIONAL');
  template.Resources.Stage.Properties.MethodSettings = [
    { HttpMethod: 'GET', ResourcePath: '/', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    { HttpMethod: '*', ResourcePath: '/*', MetricsEnabled: true },
  ];
  return template;
};

const v2 = (protocol: string, more: object): Json => ({
  Resources: {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: protocol, ...more } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: 'prod', AutoDeploy: true },
    },
  },
});

const sam = (type: string, properties: object): Json => ({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Api: { Type: `AWS::Serverless::${type}`, Properties: { StageName: 'prod', ...properties } },
  },
});

const implicit = (type: string): Json => ({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        ...{ Runtime: 'nodejs24.x', Handler: 'i.h', InlineCode: 'x' },
        Events: { Get: { Type: type, Properties: { Path: '/', Method: 'get' } } },
      },
    },
  },
  Globals: { Api: { OpenApiVersion: '3.0.1' } },
});

const SETTINGS = [
  'ALL-LOG1',
  'ALL-LOG9',
  'ALL-THR1',
  'REST-OBS1',
  'REST-TLS1',
  'REST-WAF1',
  'ALL-OBS2',
  'ALL-LOG7',
  'ALL-LOG12',
];

/** What the report says to paste. */
function pasted(out: string): string {
  const [, block = ''] = /fix: merge this to add [^\n]*\n((?: {2}[^\n]*\n)+)/.exec(out) ?? [];
  return block.replaceAll(/^ {2}/gm, '');
}

function merged(target: Json, source: Json): Json {
  const result: Json = { ...target };
  for (const [key, value] of Object.entries(source)) {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    result[key] = isMap ? merged((result[key] as Json | undefined) ?? {}, value as Json) : value;
  }
  return result;
}

describe('what a stage lacks', () => {
  test.each<[string, string, Json]>([
    ['a REST API', 'rest.yaml', rest('REGIONAL')],
    ['a REST API whose log has no retention and no role', 'logs.yaml', logs()],
    ['a REST API with some settings for methods', 'methods.yaml', withMethodSettings()],
    ['a REST API at the edge, in JSON', 'edge.json', rest()],
    ['an HTTP API', 'http.yaml', v2('HTTP', {})],
    ['a WebSocket API', 'ws.json', v2('WEBSOCKET', { RouteSelectionExpression: '$request.body.action' })],
    [
      'a REST API of SAM',
      'sam.yaml',
      sam('Api', { OpenApiVersion: '3.0.1', DefinitionBody: { openapi: '3.0.1', paths: {} } }),
    ],
    ['an HTTP API of SAM', 'samhttp.yaml', sam('HttpApi', { DefinitionBody: { openapi: '3.0.1', paths: {} } })],
    ['a REST API of the events of a function', 'implicit.yaml', implicit('Api')],
    ['an HTTP API of the events of a function', 'implicithttp.yaml', implicit('HttpApi')],
  ])('of %s is one finding, with a fix that gives it all', (_, name, template) => {
    const path = write(name, template);
    const lacks = found(path, '--severity', 'info').filter(({ id }) => SETTINGS.includes(String(id)));
    expect(lacks.length).toBeGreaterThan(1);
    const { out } = run('check', '--severity', 'info', path);
    expect(rowsOf(out).filter((row) => SETTINGS.some((id) => row.endsWith(id)))).toHaveLength(1);
    for (const { id } of lacks) expect(out).toContain(String(id));
    const part = (name.endsWith('.json') ? JSON.parse(`{${pasted(out)}}`) : parse(pasted(out))) as Json;
    const fixed = write(`fixed-${name}`, merged(template, part));
    const left = found(fixed, '--severity', 'info');
    const named = [...out.matchAll(/^fix of (\S+):/gm)].map(([, id]) => id);
    // What lacked before: a stage that writes logs now may need the role for them.
    const lacked = new Set([...idsOf(lacks), 'ALL-OBS2']);
    expect(idsOf(left).filter((id) => lacked.has(id))).toEqual(named);
    expect(named).toEqual(name === 'implicit.yaml' ? ['REST-TLS1'] : []);
    // What is pasted breaks nothing.
    const before = idsOf(found(path, '--severity', 'error'));
    expect(idsOf(found(fixed, '--severity', 'error')).filter((id) => !before.includes(id))).toEqual([]);
  });

  test('counts as one to people; machines and --rule get each', () => {
    const path = write('count.yaml', rest());
    expect(run('check', path).out).toMatch(/^1 warning in 1 REST API of 1 template\./m);
    expect(idsOf(found(path))).toEqual(['ALL-LOG1', 'ALL-LOG9', 'ALL-THR1', 'REST-OBS1', 'REST-TLS1', 'REST-WAF1']);
    const both = run('check', '--rule', 'ALL-LOG1', '--rule', 'ALL-THR1', path).out;
    expect(rowsOf(both).map((row) => row.split(' ').at(-1))).toEqual(['ALL-LOG1', 'ALL-THR1']);
    expect(both).toContain('2 warnings in 1 REST API');
  });

  test('in a template of CDK is fixed in code', () => {
    const template = rest();
    template.Resources.CDKMetadata = { Type: 'AWS::CDK::Metadata' };
    const { out } = run('check', write('cdk.json', template));
    expect(pasted(out)).toMatch(/deployOptions: \{\n {2}throttlingRateLimit: 100,[^]*tracingEnabled: true,\n\},/);
  });

  test('of a single setting is an ordinary finding', () => {
    const template = v2('HTTP', {});
    template.Resources.Stage.Properties.DefaultRouteSettings = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
    const { out } = run('check', write('single.yaml', template));
    expect(rowsOf(out)).toHaveLength(1);
    expect(out).toContain('stage "prod" writes no access log');
    expect(pasted(out)).toBe('');
  });
});

describe('the order', () => {
  test('is what hurts most first: open access, what fails at run time, the others', () => {
    const template = rest();
    template.Resources.Get.Properties.AuthorizationType = 'NONE';
    template.Resources.Get.Properties.Integration = {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'GET',
      Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' },
    };
    template.Resources.F = { Type: 'AWS::Lambda::Function', Properties: {} };
    template.Resources.Api.Properties.MinimumCompressionSize = -1;
    const { out } = run('check', write('order.json', template));
    expect(rowsOf(out).map((row) => row.split(/ +/).slice(1, 4).join(' '))).toEqual([
      'error │ ALL-AUTH1',
      'error │ ALL-AUTH33',
      'error │ REST-INT4',
      'error │ REST-VAL7',
      'warning │ REST-TLS1',
    ]);
  });

  test('knows only rules that exist', () => {
    expect(URGENT.filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
    expect(new Set(URGENT).size).toBe(URGENT.length);
    expect(['ALL-AUTH1', 'REST-INT4', 'ALL-ENUM1'].map(urgencyOf)).toEqual([0, 1, 2]);
  });
});

describe('what was not checked', () => {
  test('is at the end, with the reason', () => {
    const template = rest();
    template.Resources.Api.Properties.BodyS3Location = { Bucket: 'b', Key: 'k' };
    template.Resources.Other = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3/x' } };
    const path = write('elsewhere.yaml', template);
    const bad = write('bad.yaml', 'Resources:\n  Api: !Reff x\n');
    const { code, out, err } = run('check', '--rule', 'REST-TLS1', bad, path);
    expect(code).toBe(2);
    expect(err).toBe(`apigw: ${bad}:2:14: !Reff is not a CloudFormation function\n`);
    expect(out.split('Not checked:\n')[1].split('\n')).toEqual([
      `  ${bad}:2:14: !Reff is not a CloudFormation function: the file was not read`,
      `  the routes of shop (${path}): their definition is not available: it is in S3, made by a transform, or a reference`,
      `  nested stack Other (${path}): its template is elsewhere`,
      '  all rules but REST-TLS1: --rule',
      '',
    ]);
  });

  test('is not there if all was', () => {
    expect(run('check', write('whole.yaml', rest())).out).not.toContain('Not checked');
  });
});

describe('a file that cannot be read', () => {
  test('does not keep the others from being read, whatever the command and the format', () => {
    const good = write('good.yaml', rest());
    const bad = write('cut.json', '{"Resources": {"Api": ');
    for (const words of [['check'], ['check', '--format', 'sarif'], ['routes'], ['advise'], ['adopt'], ['openapi']]) {
      const { code, out, err } = run(...words, bad, file('nowhere.yaml'), good);
      expect(code).toBe(2);
      expect(err.split('\n')).toEqual([
        expect.stringMatching(
          /^apigw: .*cut\.json:1:\d+: it is not valid JSON: the file ends where a value is expected$/,
        ),
        `apigw: there is no file or folder "${file('nowhere.yaml')}".`,
        '',
      ]);
      expect(out.length).toBeGreaterThan(20);
    }
  });

  test('in a cloud assembly neither', () => {
    const stack = (templateFile: string) => ({ type: 'aws:cloudformation:stack', properties: { templateFile } });
    write('out/manifest.json', { artifacts: { A: stack('a.json'), B: stack('b.json') } });
    write('out/a.json', '[');
    write('out/b.json', rest());
    const { code, out, err } = run('check', '--format', 'json', file('out'));
    expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
    expect((JSON.parse(out) as Json[])[0].file).toBe(file('out/b.json'));
  });
});

describe('the line of the app', () => {
  const metadata = {
    '/Shop/Stage': [
      { type: 'aws:cdk:logicalId', data: 'Stage' },
      { type: 'aws:cdk:creationStack', data: ['new Shop (/app/lib/shop.ts:12:5)'] },
    ],
  };
  const assembly = () => {
    const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' }, metadata };
    write('code.out/manifest.json', { artifacts: { Shop: stack } });
    write('code.out/Shop.template.json', rest());
    return file('code.out');
  };

  test('is in JSON, beside that of the template', () => {
    const [first] = found(assembly(), '--rule', 'REST-WAF1');
    expect(first).toMatchObject({
      file: file('code.out/Shop.template.json'),
      line: 41,
      column: 7,
      code: { file: '/app/lib/shop.ts', line: 12, column: 5 },
    });
    expect(first).not.toHaveProperty('segments');
  });

  test('is where GitHub and code scanning show the finding', () => {
    const path = assembly();
    const { out } = run('check', '--rule', 'REST-WAF1', '--format', 'github', path);
    expect(out).toMatch(/^::warning file=\/app\/lib\/shop\.ts,line=12,col=5,title=REST-WAF1/);
    expect(out).toContain('Shop.template.json:41:7');
    const [result] = JSON.parse(run('check', '--rule', 'REST-WAF1', '--format', 'sarif', path).out).runs[0].results;
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('/app/lib/shop.ts');
    // No end before the start.
    expect(region).toEqual({ startLine: 12, startColumn: 5 });
    expect(result.relatedLocations[0].physicalLocation.region).toEqual({ startLine: 41, startColumn: 7 });
  });
});
