import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { UNKNOWN } from '../../lib/template/model/value';
import { att, modelOf, ref, resource, source } from './source-of';

type Loose = Record<string, unknown>;

const PARAMETERS = { Parameters: { ApiId: { Type: 'String' }, RootId: { Type: 'String' } } };

/** A method of an API, and a path of it, as their resources. */
const rest = (RestApiId: unknown, ParentId: unknown = ref('RootId')): Loose => ({
  Orders: resource('AWS::ApiGateway::Resource', { RestApiId, ParentId, PathPart: 'orders' }),
  Get: resource('AWS::ApiGateway::Method', { RestApiId, ResourceId: ref('Orders'), HttpMethod: 'GET' }),
});

describe('an API that is not in the templates', () => {
  test.each<[string, unknown, string]>([
    ['a parameter', ref('ApiId'), 'parameter ApiId'],
    ['an import', { 'Fn::ImportValue': 'shared-api' }, 'import "shared-api"'],
    [
      'an import with a reference in its name',
      { 'Fn::ImportValue': { 'Fn::Sub': '${Env}-api' } },
      'import "<Env>-api"',
    ],
    ['an id, as CDK writes it', 'abc123', 'id "abc123"'],
    ['a number', 12345, 'id "12345"'],
    ['the parameter store', '{{resolve:ssm:/api/id}}', '{{resolve:ssm:/api/id}}'],
    ['an output of a nested stack', att('Nested', 'Outputs.ApiId'), 'output ApiId of Nested'],
    ['a custom resource', att('Lookup', 'Id'), 'Lookup.Id'],
    ['a function', { 'Fn::FindInMap': ['Ids', ref('AWS::Region'), 'api'] }, 'Fn::FindInMap'],
  ])('is known by %s', (_, id, label) => {
    const resources = { ...rest(id), Nested: resource('AWS::CloudFormation::Stack'), Lookup: resource('Custom::Id') };
    const model = modelOf(resources, PARAMETERS);
    const [api] = model.restApis;
    expect(model.restApis).toHaveLength(1);
    expect(api).toMatchObject({
      form: 'partial',
      complete: false,
      shared: true,
      name: UNKNOWN,
      endpointTypes: UNKNOWN,
    });
    expect(api.reference?.label).toBe(label);
    expect(api.methods.map(({ path }) => String(path))).toEqual(['/<RootId>/orders']);
    expect(model.apisInPart).toMatchObject([{ kind: 'rest', label, resources: 2 }]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a list', ['a']],
    ['an object', { a: 1 }],
    ['an API of the other version', ref('Http')],
    ['an import without a name', { 'Fn::ImportValue': { 'Fn::If': ['A', 'b', 'c'] } }],
  ])('is not made of %s', (_, id) => {
    const model = modelOf({ ...rest(id), Http: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }) });
    expect([model.restApis, model.apisInPart]).toEqual([[], []]);
  });

  test('is one for all resources that name it alike, and several for several names', () => {
    const user = (file: string, id: unknown): TemplateSource =>
      source({ Resources: rest(id), ...PARAMETERS }, { file });
    const imported = { 'Fn::ImportValue': 'shared-api' };
    const model = readModel([
      user('a', imported),
      user('b', imported),
      user('c', ref('ApiId')),
      user('d', ref('ApiId')),
    ]);
    // Parameters of two templates may have two values.
    expect(model.restApis.map(({ methods }) => methods.map(({ location }) => location.template))).toEqual([
      ['a', 'b'],
      ['c'],
      ['d'],
    ]);
  });

  test('has its own stages, deployments, authorizers and the like', () => {
    const child = (type: string, more: Loose = {}) =>
      resource(`AWS::ApiGateway::${type}`, { RestApiId: ref('ApiId'), ...more });
    const [api] = modelOf(
      {
        Users: child('Authorizer', { Type: 'TOKEN' }),
        Strict: child('RequestValidator'),
        Error: child('GatewayResponse', { ResponseType: 'DEFAULT_4XX' }),
        Order: child('Model'),
        Deployed: child('Deployment', { StageName: 'test' }),
        Prod: child('Stage', { StageName: 'prod', DeploymentId: ref('Deployed') }),
      },
      PARAMETERS,
    ).restApis;
    expect(api.stages.map(({ stageName }) => stageName)).toEqual(['prod', 'test']);
    expect([api.authorizers, api.validators, api.gatewayResponses, api.models, api.deployments]).toMatchObject(
      Array(5).fill([{}]),
    );
  });
});

describe('what stands around an API that is not in the templates', () => {
  const around = (id: unknown) => ({
    Path: resource('AWS::ApiGateway::BasePathMapping', { RestApiId: id, Stage: 'prod' }),
    Mapping: resource('AWS::ApiGatewayV2::ApiMapping', { ApiId: id, Stage: 'prod' }),
    Rule: resource('AWS::ApiGatewayV2::RoutingRule', { Actions: [{ InvokeApi: { ApiId: id } }] }),
    Plan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: id, Stage: 'prod' }] }),
  });

  test('counts as part of it', () => {
    const { apisInPart } = modelOf({ ...rest(ref('ApiId')), ...around(ref('ApiId')) }, PARAMETERS);
    expect(apisInPart).toMatchObject([{ kind: 'rest', isUnjudged: false, label: 'parameter ApiId', resources: 6 }]);
  });

  test('may be all that is here of it', () => {
    const model = modelOf(around(ref('ApiId')), PARAMETERS);
    expect(model.apisInPart).toMatchObject([{ isUnjudged: false, label: 'parameter ApiId', resources: 4 }]);
    expect(model.restApis).toEqual([]);
  });

  test('is nothing special for an API of the templates', () => {
    const Api = resource('AWS::ApiGateway::RestApi');
    expect(modelOf({ Api, ...around(ref('Api')) }).apisInPart).toEqual([]);
  });
});

describe('the kind of an API that is not in the templates', () => {
  const v2 = (type: string, more: Loose) => resource(`AWS::ApiGatewayV2::${type}`, { ApiId: ref('ApiId'), ...more });
  const route = (RouteKey: string) => ({ Route: v2('Route', { RouteKey }) });

  test.each<[string, Loose, string | undefined]>([
    ['a method and a path', route('GET /orders'), 'http'],
    ['a method and a path without slash', route('GET orders'), 'http'],
    ['$connect', route('$connect'), 'websocket'],
    ['a word', route('send'), 'websocket'],
    ['$default, which both have', route('$default'), undefined],
    ['an action of a service', { I: v2('Integration', { IntegrationSubtype: 'SQS-SendMessage' }) }, 'http'],
    ['payload format 2.0', { I: v2('Integration', { PayloadFormatVersion: '2.0' }) }, 'http'],
    ['templates', { I: v2('Integration', { RequestTemplates: { '200': '{}' } }) }, 'websocket'],
    ['a JWT', { A: v2('Authorizer', { AuthorizerType: 'JWT' }) }, 'http'],
    [
      'a JWT on $connect, which is an error',
      { A: v2('Authorizer', { AuthorizerType: 'JWT' }), ...route('$connect') },
      'websocket',
    ],
    ['a stage', { S: v2('Stage', { StageName: '$default' }) }, undefined],
    ['contradictions', { A: v2('Integration', { TlsConfig: {} }), ...route('$connect') }, undefined],
  ])('is told by %s', (_, resources, kind) => {
    const model = modelOf(resources, PARAMETERS);
    expect(model.apisInPart).toMatchObject([{ kind, label: 'parameter ApiId' }]);
    expect([model.httpApis.length, model.webSocketApis.length]).toEqual([
      kind === 'http' ? 1 : 0,
      kind === 'websocket' ? 1 : 0,
    ]);
    expect(model.detachedV2Stages).toHaveLength('S' in resources ? 1 : 0);
  });
});

describe('an API of the templates is complete', () => {
  const api = (sections: Loose, more: Loose = {}, name = 'AWS::ApiGateway::RestApi') =>
    modelOf({ Api: resource(name, { Name: 'x', ProtocolType: 'HTTP' }), ...more }, sections);
  const output = (Value: unknown, more: Loose = {}) => ({ Outputs: { Id: { Value, ...more } } });
  const exported = { Export: { Name: 'api' } };
  const method = resource('AWS::ApiGateway::Method', {
    RestApiId: ref('Api'),
    ResourceId: att('Api', 'RootResourceId'),
  });
  const stage = resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: 'prod' });

  test.each<[string, Loose, Loose, boolean]>([
    ['where nothing leaves the template', {}, {}, true],
    ['not where its id is exported', output(ref('Api'), exported), { method, stage }, false],
    ['not where its root is an output', output(att('Api', 'RootResourceId')), { method, stage }, false],
    ['where its id is an output, and it has routes and stages', output(ref('Api')), { method, stage }, true],
    ['not where its id is an output, and routes are missing', output(ref('Api')), { stage }, false],
    ['not where its id is an output, and stages are missing', output(ref('Api')), { method }, false],
    ['where another attribute is exported', output(att('Api', 'Arn'), exported), {}, true],
    ['where its URL is an output', output({ 'Fn::Sub': 'https://${Api}.example.com' }, exported), {}, true],
    [
      'not where a nested stack gets its id',
      {},
      { N: resource('AWS::CloudFormation::Stack', { Parameters: { Id: ref('Api') } }) },
      false,
    ],
    [
      'not where the parameter store gets its id',
      {},
      { P: resource('AWS::SSM::Parameter', { Value: ref('Api') }) },
      false,
    ],
  ])('%s', (_, sections, more, complete) => {
    expect(api(sections, more).restApis[0]).toMatchObject({ complete, shared: !complete });
  });

  test('of HTTP APIs alike', () => {
    expect(api(output(ref('Api'), exported), {}, 'AWS::ApiGatewayV2::Api').httpApis[0].complete).toBe(false);
    expect(api({}, {}, 'AWS::ApiGatewayV2::Api').httpApis[0].complete).toBe(true);
  });

  test('where the template that adds to it is given', () => {
    const home = source({ Resources: { Api: resource('AWS::ApiGateway::RestApi') }, ...output(ref('Api'), exported) });
    const user = source({ Resources: rest({ 'Fn::ImportValue': 'api' }) }, { file: 'user.json' });
    const model = readModel([home, user]);
    expect(model.apisInPart).toEqual([]);
    expect(model.restApis).toMatchObject([{ complete: true, methods: [{ httpMethod: 'GET' }] }]);
  });
});

describe('a name that only the deployment knows joins templates', () => {
  const exporter = (name: unknown, file = 'home.json') =>
    source(
      {
        Resources: { Api: resource('AWS::ApiGateway::RestApi') },
        Outputs: { Id: { Value: ref('Api'), Export: { Name: name } } },
      },
      { file },
    );
  const importer = (name: unknown) => source({ Resources: rest({ 'Fn::ImportValue': name }) }, { file: 'user.json' });
  const sub = (text: string) => ({ 'Fn::Sub': text });
  const isJoined = (...sources: TemplateSource[]) => readModel(sources).apisInPart.length === 0;

  test.each<[string, unknown, unknown, boolean]>([
    ['of the stack that exports it', sub('${AWS::StackName}-ApiId'), sub('${Shared}-ApiId'), true],
    ['of an environment', sub('${Env}-api'), sub('${Env}-api'), true],
    ['in the same Region', sub('${AWS::Region}-${Env}-api'), sub('${AWS::Region}-${Stage}-api'), true],
    ['of a Region', sub('${AWS::Region}-api'), sub('${AWS::Region}-api'), true],
    [
      'of the own stack, which imports nothing of itself',
      sub('${AWS::StackName}-api'),
      sub('${AWS::StackName}-api'),
      false,
    ],
    ['of another end', sub('${AWS::StackName}-ApiId'), sub('${Shared}-RootId'), false],
    ['of a Region, and not of another thing', sub('${AWS::Region}-api'), sub('${Env}-api'), false],
    ['of nothing but references', sub('${AWS::StackName}${Env}'), sub('${Shared}${Env}'), false],
    ['that is written out in one of them', sub('${AWS::StackName}-ApiId'), 'shared-ApiId', false],
  ])('%s', (_, exportName, importName, joined) => {
    expect(isJoined(exporter(exportName), importer(importName))).toBe(joined);
  });

  test('if one template alone exports such a name', () => {
    const name = sub('${AWS::StackName}-ApiId');
    expect(isJoined(exporter(name), exporter(name, 'other.json'), importer(sub('${Shared}-ApiId')))).toBe(false);
  });
});
