import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { readAssembly, sourceOf, sourcesOf } from '../../lib/template/reader/assembly';
import { describeRoutes, describeStages } from '../../lib/template/describe/rest';
import { stackOf } from '../../lib/template/model/stack-of';
import { type ApiModel, type Integration, type Method, type RestApi } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { knownOr } from '../../lib/template/model/value';

const env = { account: '123456789012', region: 'eu-west-1' };

function handler(scope: Stack, id: string): lambda.Function {
  const code = lambda.Code.fromInline('exports.handler = async () => ({})');
  return new lambda.Function(scope, id, { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
}

/** The L2 with everything that the reader should find again. */
function orders(stack: Stack, list: lambda.IFunction): void {
  const api = new apigw.RestApi(stack, 'Orders', {
    cloudWatchRole: true,
    defaultCorsPreflightOptions: { allowOrigins: ['https://app.example.com'] },
    deployOptions: {
      stageName: 'live',
      tracingEnabled: true,
      throttlingRateLimit: 100,
      throttlingBurstLimit: 50,
      loggingLevel: apigw.MethodLoggingLevel.ERROR,
      accessLogDestination: new apigw.LogGroupLogDestination(new LogGroup(stack, 'Log')),
      accessLogFormat: apigw.AccessLogFormat.jsonWithStandardFields(),
      methodOptions: { '/orders/{id}/GET': { throttlingRateLimit: 5, throttlingBurstLimit: 2 } },
    },
  });
  const pool = new apigw.CognitoUserPoolsAuthorizer(stack, 'Pool', {
    cognitoUserPools: [new UserPool(stack, 'Users')],
  });
  const token = new apigw.TokenAuthorizer(stack, 'Token', { handler: handler(stack, 'Check') });
  const model = api.addModel('Order', { schema: { type: apigw.JsonSchemaType.OBJECT } });
  const validator = api.addRequestValidator('Body', { validateRequestBody: true });
  const alias = new lambda.Alias(stack, 'Alias', {
    aliasName: 'live',
    version: handler(stack, 'Create').currentVersion,
  });
  const resource = api.root.addResource('orders');
  resource.addMethod('GET', new apigw.LambdaIntegration(list), {
    authorizer: pool,
    authorizationScopes: ['orders/read'],
    requestParameters: { 'method.request.querystring.page': true },
  });
  resource.addMethod('POST', new apigw.LambdaIntegration(alias), {
    authorizer: token,
    apiKeyRequired: true,
    requestValidator: validator,
    requestModels: { 'application/json': model },
  });
  const one = resource.addResource('{id}');
  one.addMethod('GET', new apigw.AwsIntegration({ service: 'sqs', path: 'x' }), {
    authorizationType: apigw.AuthorizationType.IAM,
  });
  api.addUsagePlan('Plan', { apiStages: [{ api, stage: api.deploymentStage }] }).addApiKey(api.addApiKey('Key'));
  new apigw.Stage(stack, 'Test', { deployment: api.latestDeployment as apigw.Deployment, stageName: 'test' });
  new CfnWebACLAssociation(stack, 'Acl', { resourceArn: api.deploymentStage.stageArn, webAclArn: 'arn:acl' });
}

function synthesize(context: Record<string, unknown> = {}): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  const app = new App({ outdir, context, analyticsReporting: false });
  const list = handler(new Stack(app, 'Functions', { env }), 'List');
  orders(new Stack(app, 'Api', { env }), list);
  const parent = new Stack(app, 'Parent', { env });
  const nested = new NestedStack(parent, 'Nested');
  const inner = new NestedStack(nested, 'Inner');
  new apigw.RestApi(inner, 'Deep', { cloudWatchRole: false }).root.addMethod(
    'GET',
    new apigw.LambdaIntegration(handler(parent, 'Own')),
  );
  const later = new Stack(new Stage(app, 'Prod'), 'Later');
  new apigw.RestApi(later, 'Plain', { cloudWatchRole: false }).root.addMethod('ANY');
  app.synth();
  return outdir;
}

let dir: string;
let sources: TemplateSource[];
let model: ApiModel;
let api: RestApi;

const inFile = (file: string): RestApi => model.restApis.find(({ location }) => location.template === file) as RestApi;
const methodOf = (key: string): Method =>
  api.methods.find(({ httpMethod, path: route }) => `${String(httpMethod)} ${route}` === key) as Method;

beforeAll(() => {
  dir = synthesize();
  sources = readAssembly(dir);
  model = readModel(sources);
  api = inFile('Api.template.json');
});

describe('an assembly', () => {
  test('gives the templates of stacks, nested stacks and stages', () => {
    const told = sources.map(({ file, stackName, stackPath, region, account, parent }) => ({
      ...{ file, stackName, stackPath, region, account },
      parent: parent?.file,
    }));
    const deep = { ...env, stackName: undefined, stackPath: undefined };
    expect(told).toEqual([
      { file: 'assembly-Prod/ProdLater74810B3A.template.json', stackName: 'Prod-Later', stackPath: 'Prod/Later' },
      { file: 'Functions.template.json', stackName: 'Functions', stackPath: 'Functions', ...env },
      { file: 'Api.template.json', stackName: 'Api', stackPath: 'Api', ...env },
      { file: 'Parent.template.json', stackName: 'Parent', stackPath: 'Parent', ...env },
      {
        file: expect.stringMatching(/^ParentNested\w+\.nested\.template\.json$/),
        ...deep,
        parent: 'Parent.template.json',
      },
      {
        file: expect.stringMatching(/^ParentNestedInner\w+\.nested\.template\.json$/),
        ...deep,
        parent: sources[4].file,
      },
    ]);
    expect(sources[2].bytes).toBe(fs.statSync(path.join(dir, 'Api.template.json')).size);
  });

  test('gives the construct paths of nested stacks where the CLI asked for metadata', () => {
    const asked = synthesize({ 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true });
    const stackPaths = readAssembly(asked).map(({ stackPath }) => stackPath);
    expect(stackPaths.slice(-3)).toEqual(['Parent', 'Parent/Nested', 'Parent/Nested/Inner']);
  });

  test('is read template by template too', () => {
    const file = path.join(dir, 'Parent.template.json');
    const read = sourcesOf([{ path: file, stackPath: 'Parent', region: 'unknown-region', account: '${Token[1]}' }]);
    expect(read.map(({ file: name }) => path.relative(dir, name))).toEqual(
      sources.slice(-3).map(({ file: name }) => name),
    );
    expect(read[0]).toMatchObject({
      file,
      bytes: sources[3].bytes,
      stackPath: 'Parent',
      region: undefined,
      account: undefined,
    });
  });

  test('that is none says so, and what to do', () => {
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'empty-'));
    const bad = path.join(empty, 'bad.json');
    fs.writeFileSync(bad, '{"Resources":');
    expect(() => readAssembly('/nowhere/cdk.out')).toThrow(
      'There is no folder "/nowhere/cdk.out". Run "cdk synth" first',
    );
    expect(() => readAssembly(empty)).toThrow(`"${empty}" contains no manifest.json`);
    expect(() => sourcesOf([{ path: bad }])).toThrow(`"${bad}", line 1, column 14: it is not valid JSON`);
    expect(() => sourcesOf([{ path: path.join(empty, 'none.json') }])).toThrow('cannot be read (ENOENT');
    expect(() => sourceOf('a.yaml', 'text', 4)).toThrow('"a.yaml": it is not a CloudFormation template');
    fs.writeFileSync(path.join(empty, 'manifest.json'), 'x');
    expect(() => readAssembly(empty)).toThrow(
      'manifest.json", line 1, column 1: it is not valid JSON: expected a value',
    );
  });
});

describe('the L2 RestApi', () => {
  test('has all of its routes, as rows for a table', () => {
    const rest = 'live: 100/s, burst 50, test: –';
    expect(describeRoutes(api).map((row) => Object.values(row))).toEqual([
      ['OPTIONS', '/', 'NONE', 'mock', '–', rest],
      ['OPTIONS', '/orders', 'NONE', 'mock', '–', rest],
      [
        'GET',
        '/orders',
        expect.stringMatching(/^cognito \w+ \[orders\/read\]$/),
        expect.stringMatching(/^lambda List\w+$/),
        '–',
        rest,
      ],
      [
        'POST',
        '/orders',
        expect.stringMatching(/^lambda authorizer \w+ \+ api key$/),
        expect.stringMatching(/^lambda Create\w+:live$/),
        'body',
        rest,
      ],
      ['OPTIONS', '/orders/{id}', 'NONE', 'mock', '–', rest],
      ['GET', '/orders/{id}', 'AWS_IAM', 'aws sqs', '–', 'live: 5/s, burst 2, test: –'],
    ]);
  });

  test('has its stages, as rows for a table', () => {
    expect(describeStages(api, stackOf(model, api.location)?.region)).toEqual([
      {
        name: 'live',
        url: 'https://<api-id>.execute-api.eu-west-1.amazonaws.com/live',
        throttle: '100/s, burst 50',
        cache: 'off',
        logs: 'access + execution ERROR',
        tracing: 'on',
      },
      {
        name: 'test',
        url: 'https://<api-id>.execute-api.eu-west-1.amazonaws.com/test',
        throttle: '–',
        cache: 'off',
        logs: '–',
        tracing: 'off',
      },
    ]);
  });

  test('calls the function of another stack', () => {
    const { lambda: target } = methodOf('GET /orders').integration as Integration;
    expect(target?.function).toEqual({
      template: 'Functions.template.json',
      logicalId: expect.stringMatching(/^List/),
    });
    const targets = model.permissions.map((permission) => permission.target?.function);
    expect(targets).toContainEqual(target?.function);
  });

  test('has its parts wired', () => {
    const post = methodOf('POST /orders');
    expect(post.authorizer).toMatchObject({
      type: 'TOKEN',
      lambda: { function: { logicalId: expect.stringMatching(/^Check/) } },
    });
    expect(post.validator).toBe(api.validators[0]);
    expect(String(knownOr(post.requestModels, {})['application/json'])).toMatch(/^<OrdersOrder\w+>$/);
    expect(methodOf('GET /orders').requestParameters).toEqual({ 'method.request.querystring.page': true });
    const [options] = (methodOf('OPTIONS /orders').integration as Integration).responses;
    expect(options.parameters).toMatchObject({
      'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'",
    });
  });

  test('has its surroundings wired', () => {
    const [live] = api.stages;
    expect(live.accessLog?.logGroup?.location.logicalId).toMatch(/^Log/);
    const [account] = model.accounts;
    expect(live.reaches(account.location)).toBe(true);
    expect(live.deployment).toEqual({
      template: 'Api.template.json',
      logicalId: api.deployments[0].location.logicalId,
    });
    const { template, logicalId } = live.location;
    expect(model.webAclAssociations.map(({ stage }) => stage)).toEqual([{ template, logicalId }]);
    expect(model.usagePlans).toMatchObject([
      { apiStages: [{ stage: { template, logicalId } }], keys: [{ keyType: 'API_KEY' }] },
    ]);
  });

  test('calls a function of the parent from a stack nested twice', () => {
    const [method] = inFile(sources[5].file).methods;
    expect((method.integration as Integration).lambda?.function).toEqual({
      template: 'Parent.template.json',
      logicalId: expect.stringMatching(/^Own/),
    });
  });
});
