import { App, CfnCondition, CfnOutput, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { CfnRestApi, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApiDomain,
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  type RestAdoptOptions,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { gateway, ids, type Json, templateOf, testApp } from '../support/stacks';

const errorsOf = (stack: Stack): string[] => stack.node.findAll().flatMap((one) => one.node.validate());
const adopting = (adopt: RestAdoptOptions, more: Partial<RestGatewayProps> = {}) => gateway({ adopt, ...more });

const OLD = new Stack(testApp(), 'Stack');
const oldApi = new RestApi(OLD, 'Api');
oldApi.root.addMethod('GET', new MockIntegration(), { apiKeyRequired: true });
oldApi.root.addResource('orders').addMethod('GET', new MockIntegration(), { apiKeyRequired: true });
const oldPlan = oldApi.addUsagePlan('Basic', { apiStages: [{ stage: oldApi.deploymentStage }] });
oldPlan.addApiKey(oldApi.addApiKey('Partner'));
const before = templateOf(OLD);
const [apiId, stageId, keyId, planId, planKeyId] = ['RestApi', 'Stage', 'ApiKey', 'UsagePlan', 'UsagePlanKey'].map(
  (type) => ids(before, `AWS::ApiGateway::${type}`)[0],
);

const ADOPTED: RestAdoptOptions = {
  api: apiId,
  stages: { prod: stageId },
  apiKeys: { partner: keyId },
  usagePlans: { basic: planId },
  usagePlanKeys: { 'basic/partner': planKeyId },
};
const PLANS = { usagePlans: { basic: { apiKeys: ['partner'] } }, apiKeyRequired: true };

describe('a gateway in the place of an L2', () => {
  const after = templateOf(adopting(ADOPTED, PLANS).stack);

  test.each(['RestApi', 'Stage', 'ApiKey', 'UsagePlan', 'UsagePlanKey'])(
    'the %s has the logical id of before',
    (type) => {
      expect(ids(after, `AWS::ApiGateway::${type}`)).toEqual(ids(before, `AWS::ApiGateway::${type}`));
    },
  );

  test('all else refers to the ids of before', () => {
    const { Properties } = after.Resources[planKeyId];
    expect([Properties.KeyId, Properties.UsagePlanId]).toEqual([{ Ref: keyId }, { Ref: planId }]);
    expect(after.Resources[stageId].Properties.RestApiId).toEqual({ Ref: apiId });
  });

  test('nothing else has another logical id than without the prop', () => {
    const others = ({ Resources }: Json) =>
      Object.keys(Resources).flatMap((id) => (id in before.Resources ? [] : [id.replace(/[0-9A-F]{32}$/, '')]));
    const plain = templateOf(gateway(PLANS).stack);
    expect(others(plain)).toEqual(expect.arrayContaining(others(after)));
    expect(Object.keys(plain.Resources)).toHaveLength(Object.keys(after.Resources).length);
  });
});

describe('ids that cannot be', () => {
  test.each([
    ['Api-1', 'must be a logical id of 1 to 255 letters and digits, as in the deployed template, got: "Api-1"'],
    ['', 'must be a logical id of 1 to 255 letters and digits'],
    ['A'.repeat(256), 'must be a logical id of 1 to 255 letters and digits'],
    [Lazy.string({ produce: () => 'Api' }), 'adopt.api is a token, but logical ids must be known at synthesis'],
  ])('%j is an error', (api, message) => {
    expect(() => adopting({ api })).toThrow(message);
  });

  test('255 letters and digits are one', () => {
    const longest = 'A'.repeat(255);
    expect(ids(templateOf(adopting({ api: longest }).stack), 'AWS::ApiGateway::RestApi')).toEqual([longest]);
  });

  test('the same id twice is an error that names both places', () => {
    expect(() => adopting({ api: 'Same', stages: { prod: 'Same' } })).toThrow(
      `RestGateway 'Api': adopt.api and adopt.stages["prod"] are both "Same"; a logical id stands for one resource`,
    );
  });

  test('a name that the props do not have is an error with the nearest one', () => {
    expect(errorsOf(adopting({ stages: { prd: 'Old' } }).stack)).toContain(
      `RestGateway 'Api': adopt.stages["prd"]: there is no such resource. Did you mean "prod"?`,
    );
    expect(errorsOf(adopting({ usagePlanKeys: { 'basic-partner': 'Old' } }).stack)).toContain(
      `RestGateway 'Api': adopt.usagePlanKeys["basic-partner"]: there is no such resource. Write "<plan>/<key>" with a plan of usagePlans and one of its apiKeys, or remove the entry`,
    );
    expect(errorsOf(adopting({ webAcl: 'Old' }).stack)).toContain(
      `RestGateway 'Api': adopt.webAcl: there is no such resource. The props create none; remove the entry, or set the prop that creates it`,
    );
  });

  test('an id that another construct of the stack has is an error that names it', () => {
    const { stack } = adopting({ api: 'Old' });
    new CfnRestApi(stack, 'Old');
    expect(errorsOf(stack)).toContain(
      `RestGateway 'Api': adopt.api is "Old", which is the logical id of Stack/Old too; remove that construct, or the entry`,
    );
  });

  test('an output or a condition may have the name of a resource, a parameter may not', () => {
    const { stack } = adopting({ api: 'Old', stages: { prod: 'OldStage' } });
    new CfnOutput(stack, 'Old', { value: 'a' });
    new CfnCondition(stack, 'OldStage', { expression: Fn.conditionEquals('a', 'b') });
    expect(errorsOf(stack)).toEqual([]);
    expect(Object.keys(templateOf(stack).Resources)).toEqual(expect.arrayContaining(['Old', 'OldStage']));
    const other = adopting({ api: 'Old' }).stack;
    new CfnParameter(other, 'Old');
    expect(errorsOf(other)).toContain(
      `RestGateway 'Api': adopt.api is "Old", which is the logical id of Stack/Old too; remove that construct, or the entry`,
    );
  });

  test('the same id in another stack is none', () => {
    const { app, stack } = adopting({ api: 'Old' });
    new CfnRestApi(new Stack(app, 'Other'), 'Old');
    expect(errorsOf(stack)).toEqual([]);
  });
});

test('what is added later takes its id too', () => {
  const adopt = {
    stages: { beta: 'OldBeta' },
    accessLogs: { beta: 'OldLog' },
    executionLogs: { beta: 'OldExecutionLog' },
    apiKeys: { late: 'OldKey' },
    usagePlans: { late: 'OldPlan' },
  };
  const { stack, api } = adopting(adopt, { apiKeyRequired: true, usagePlansElsewhere: 'added later' });
  api.addStage('beta');
  api.addApiKey('late');
  api.addUsagePlan('late', { apiKeys: ['late'] });
  const { Resources } = templateOf(stack);
  expect(errorsOf(stack)).toEqual([]);
  expect(['OldBeta', 'OldLog', 'OldExecutionLog', 'OldKey', 'OldPlan'].map((id) => Resources[id]?.Type)).toEqual([
    'AWS::ApiGateway::Stage',
    'AWS::Logs::LogGroup',
    'AWS::Logs::LogGroup',
    'AWS::ApiGateway::ApiKey',
    'AWS::ApiGateway::UsagePlan',
  ]);
});

test('web ACL and associations take their ids', () => {
  const adopt = { webAcl: 'OldAcl', webAclAssociations: { prod: 'OldAssociation' } };
  const { Resources } = templateOf(adopting(adopt, { webAcl: WebAcl.managed({ rateLimit: 100 }) }).stack);
  expect(Resources.OldAssociation.Properties.WebACLArn).toEqual({ 'Fn::GetAtt': ['OldAcl', 'Arn'] });
});

test('HTTP and WebSocket gateways take theirs', () => {
  const stack = new Stack(testApp(), 'Stack');
  new HttpGateway(stack, 'Http', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.http('https://example.com') } },
    adopt: { api: 'OldHttp', stages: { $default: 'OldDefault' } },
  });
  const chat = new WebSocketGateway(stack, 'Chat', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: WebSocketIntegration.mock() } },
    adopt: { api: 'OldChat', routes: { $connect: 'OldConnect', late: 'OldLate' } },
  });
  chat.addRoute('late', { integration: WebSocketIntegration.mock() });
  const { Resources } = templateOf(stack);
  expect(errorsOf(stack)).toEqual([]);
  expect(Resources.OldDefault.Properties.ApiId).toEqual({ Ref: 'OldHttp' });
  expect(['OldConnect', 'OldLate'].map((id) => Resources[id].Properties.ApiId)).toEqual([
    { Ref: 'OldChat' },
    { Ref: 'OldChat' },
  ]);
});

describe('a domain', () => {
  const domainOf = (adopt: NonNullable<ConstructorParameters<typeof ApiDomain>[2]['adopt']>) => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111111111111' } });
    const arn = 'arn:aws:acm:eu-west-1:111111111111:certificate/a';
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arn);
    const domain = new ApiDomain(stack, 'Domain', { domainName: 'api.example.com', certificate, adopt });
    return { stack, domain };
  };
  const rest = (stack: Stack, id = 'Rest') =>
    new RestGateway(stack, id, {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /': { integration: RestIntegration.mock() } },
      webAcl: WebAcl.none('test'),
    });

  test('takes the ids of name and mappings, and keeps the type of a base path mapping', () => {
    const { stack, domain } = domainOf({
      domainName: 'OldName',
      basePathMappings: { '': 'OldRoot' },
      mappings: { v2: 'OldV2' },
    });
    const api = rest(stack);
    domain.map(api);
    domain.map(api, { path: 'v2' });
    const { Resources } = templateOf(stack);
    expect(errorsOf(stack)).toEqual([]);
    expect(['OldName', 'OldRoot', 'OldV2'].map((id) => Resources[id].Type)).toEqual([
      'AWS::ApiGateway::DomainName',
      'AWS::ApiGateway::BasePathMapping',
      'AWS::ApiGatewayV2::ApiMapping',
    ]);
    expect(Resources.OldRoot.Properties).toMatchObject({ DomainName: { Ref: 'OldName' }, Stage: expect.anything() });
  });

  test('has no base path mapping for an HTTP API', () => {
    const { stack, domain } = domainOf({ basePathMappings: { '': 'OldRoot' } });
    const http = new HttpGateway(stack, 'Http', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { 'GET /': { integration: HttpIntegration.http('https://example.com') } },
    });
    expect(() => domain.map(http)).toThrow('base path mappings are for REST APIs only, so write it in adopt.mappings');
  });

  test('rejects paths that cannot be one, and names that are not mapped', () => {
    expect(() => domainOf({ basePathMappings: { 'a/b': 'Old' } })).toThrow('a base path mapping has one level');
    expect(() => domainOf({ basePathMappings: { a: 'Old' }, mappings: { a: 'Other' } })).toThrow(
      'both have the path "a"',
    );
    const { stack } = domainOf({ mappings: { a: 'Old' } });
    expect(errorsOf(stack)).toContain(
      `ApiDomain 'Domain': adopt.mappings["a"]: there is no such resource. Write a path that is mapped, "" for the whole name, or remove the entry`,
    );
  });

  test('gives a single mapping the id of before, of an imported name too', () => {
    const stack = new Stack(testApp(), 'Stack');
    const domain = ApiDomain.fromApiDomainAttributes(stack, 'Domain', { domainName: 'api.example.com' });
    domain.map(rest(stack), { adopt: 'OldMapping' });
    expect(errorsOf(stack)).toEqual([]);
    expect(templateOf(stack).Resources.OldMapping.Type).toBe('AWS::ApiGatewayV2::ApiMapping');
    new CfnRestApi(stack, 'OldMapping');
    expect(errorsOf(stack)).toContain(
      `ApiDomain 'Domain': map: adopt is "OldMapping", which is the logical id of Stack/OldMapping too; remove that construct, or the entry`,
    );
  });

  test('gives a mapping one id only', () => {
    const { stack, domain } = domainOf({ mappings: { v2: 'Old' } });
    expect(() => domain.map(rest(stack), { path: 'v2', adopt: 'Other' })).toThrow('remove one of them');
    expect(() => domain.map(rest(stack, 'Rest2'), { path: 'v3', adopt: 'a b' })).toThrow(
      'map: adopt must be a logical id',
    );
  });

  test('is not the id of another type of domain name', () => {
    const { stack } = domainOf({ domainName: 'Theirs' });
    new CfnDomainName(stack, 'Theirs', { domainName: 'other.example.com' });
    expect(errorsOf(stack)).toContain(
      `ApiDomain 'Domain': adopt.domainName is "Theirs", which is the logical id of Stack/Theirs too; remove that construct, or the entry`,
    );
  });
});
