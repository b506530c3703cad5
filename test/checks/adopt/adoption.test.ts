import { App, Stack } from 'aws-cdk-lib';
import {
  ApiDefinition,
  DomainName,
  EndpointType,
  MethodLoggingLevel,
  MockIntegration,
  RestApi,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketMockIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { propLines } from '../../../lib/checks/adopt/prop-text';
import { ids, templateOf } from '../../support/stacks';
import { adoptions, changed, ref, resource, REST, without } from './support';

const stackOf = () =>
  new Stack(new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } }), 'Stack', {
    env: { region: 'eu-west-1', account: '111111111111' },
  });

describe('a REST API', () => {
  const [adoption] = adoptions(REST);

  test('gives each part its logical id, under the names that people gave', () => {
    expect(adoption.adopt).toEqual({
      api: 'Api',
      stages: { prod: 'Stage' },
      accessLogs: { prod: 'Log' },
      webAclAssociations: { prod: 'Association' },
      apiKeys: { partner: 'Key' },
      usagePlans: { basic: 'Plan' },
      usagePlanKeys: { 'basic/partner': 'PlanKey' },
    });
    expect(adoption.domains).toEqual([
      {
        logicalId: 'Domain',
        domainName: 'api.example.com',
        adopt: { domainName: 'Domain', basePathMappings: { '': 'Mapping' } },
      },
    ]);
    expect([adoption.inPlace, adoption.retain, adoption.notKept]).toEqual([true, [], []]);
  });

  test('names the props without which values change', () => {
    expect(adoption.props).toEqual({
      apiName: "'shop'",
      securityPolicy: 'SecurityPolicy.TLS_1_2',
      stages: { prod: { accessLog: { logGroupName: "'/shop/access'" } } },
      usagePlans: { basic: { apiKeys: "['partner']", usagePlanName: "'basic'" } },
      apiKeys: { partner: "GatewayApiKey.generated({ apiKeyName: 'partner' })" },
    });
  });

  test('keeps the limits of a plan', () => {
    const { ApiStages } = REST.Plan.Properties as { ApiStages: object[] };
    const [{ props }] = adoptions(
      changed(REST, 'Plan', {
        Throttle: { RateLimit: 10, BurstLimit: { Ref: 'Burst' } },
        Quota: { Limit: 1000, Offset: 1, Period: 'WEEK' },
        ApiStages: [{ ...ApiStages[0], Throttle: { '/orders/{id}/GET': { RateLimit: 2, BurstLimit: 5 } } }],
      }),
    );
    expect(props.usagePlans).toEqual({
      basic: {
        apiKeys: "['partner']",
        usagePlanName: "'basic'",
        throttle: { rateLimit: '10', burstLimit: '/* as before */' },
        quota: { limit: '1000', offset: '1', period: 'Period.WEEK' },
        routes: { 'GET /orders/{id}': { throttle: { rateLimit: '2', burstLimit: '5' } } },
      },
    });
  });

  test('says what changes the value of a key', () => {
    const [{ statements }] = adoptions(changed(REST, 'Key', { GenerateDistinctId: true, Value: 'a'.repeat(20) }));
    expect(statements).toEqual([
      "gateway.cfnApiKey('partner').generateDistinctId = true;",
      "gateway.cfnApiKey('partner').value = /* exactly as before */ '';",
    ]);
    // A value is a secret.
    expect(JSON.stringify(adoptions(changed(REST, 'Key', { Value: 'a'.repeat(20) })))).not.toContain('a'.repeat(20));
  });

  test('two plans of one name have two', () => {
    const two = { ...REST, Plan2: resource('AWS::ApiGateway::UsagePlan', REST.Plan.Properties) };
    expect(adoptions(two)[0].adopt.usagePlans).toEqual({ basic: 'Plan', Plan2: 'Plan2' });
  });

  test('a plan of several APIs is not kept', () => {
    const apiStages = [...REST.Plan.Properties.ApiStages, { ApiId: ref('Other'), Stage: 'prod' }];
    const two = { ...changed(REST, 'Plan', { ApiStages: apiStages }), Other: resource('AWS::ApiGateway::RestApi') };
    const [{ adopt, notKept }] = adoptions(two);
    expect(Object.keys(adopt)).not.toContain('usagePlans');
    expect(notKept).toMatchObject([{ logicalId: 'Plan', instead: expect.stringContaining('usagePlansElsewhere') }]);
  });

  test('a log group without a name is not kept', () => {
    const [{ adopt, notKept }] = adoptions(changed(REST, 'Log', { LogGroupName: undefined }));
    expect(Object.keys(adopt)).not.toContain('accessLogs');
    expect(notKept).toMatchObject([{ logicalId: 'Log', instead: expect.stringContaining('accessLog.logGroup') }]);
  });

  test('a log group or a certificate of several stages is not kept, since each stage has its own', () => {
    const { Properties } = changed(REST, 'Stage', { ClientCertificateId: ref('Certificate') }).Stage;
    const two = {
      ...REST,
      ...{
        Stage: resource('AWS::ApiGateway::Stage', Properties),
        Certificate: resource('AWS::ApiGateway::ClientCertificate'),
      },
      Dev: resource('AWS::ApiGateway::Stage', { ...Properties, StageName: 'dev' }),
    };
    const [{ adopt, notKept }] = adoptions(two);
    expect([adopt.accessLogs, adopt.clientCertificates]).toEqual([undefined, undefined]);
    expect(notKept.map(({ logicalId, why }) => `${logicalId}: ${why}`)).toEqual(
      expect.arrayContaining([
        'Log: several stages write to it, and each stage of a gateway has its own',
        'Certificate: several stages use it, and each stage of a gateway has its own',
      ]),
    );
  });

  test('a key in plans of several APIs stays as it is, and is in each plan by its id', () => {
    const two = {
      ...REST,
      Other: resource('AWS::ApiGateway::RestApi'),
      OtherPlan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Other'), Stage: 'prod' }] }),
      OtherPlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
        ...REST.PlanKey.Properties,
        UsagePlanId: ref('OtherPlan'),
      }),
    };
    const all = adoptions(two);
    expect(all.map(({ adopt }) => [adopt.apiKeys, adopt.usagePlanKeys])).toEqual([
      [undefined, { 'basic/partner': 'PlanKey' }],
      [undefined, { 'OtherPlan/partner': 'OtherPlanKey' }],
    ]);
    for (const { props } of all)
      expect(props.apiKeys).toEqual({ partner: expect.stringContaining('GatewayApiKey.fromApiKeyId(/* of Key,') });
  });

  test('a key that CloudFormation creates disabled stays disabled', () => {
    for (const Enabled of [undefined, false]) {
      expect(adoptions(changed(REST, 'Key', { Enabled }))[0].props.apiKeys).toEqual({
        partner: "GatewayApiKey.generated({ apiKeyName: 'partner', enabled: false })",
      });
    }
  });

  test('a stage that a deployment creates is not kept, unless it is the spare one of SAM', () => {
    const implicit = (StageName: string) => changed(REST, 'Deployment', { StageName });
    expect(adoptions(implicit('dev'))[0].notKept).toMatchObject([{ logicalId: 'Deployment' }]);
    expect(adoptions(implicit('Stage'))[0].notKept).toEqual([]);
  });

  test('a stage whose name only the deployment knows is named after its resource', () => {
    const Parameters = { Stage: { Type: 'String' } };
    const [{ adopt, props }] = adoptions({
      Parameters,
      Resources: changed(REST, 'Stage', { StageName: ref('Stage') }),
    });
    expect(adopt.stages).toEqual({ Stage: 'Stage' });
    expect(props.stages).toMatchObject({ Stage: { stageName: expect.stringContaining('as before') } });
  });

  test('a stage that has logged keeps the group that API Gateway created', () => {
    const settings = [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO' }];
    const [{ props }] = adoptions(changed(REST, 'Stage', { MethodSettings: settings }));
    expect(props.stages).toMatchObject({ prod: { executionLog: { declared: 'false' } } });
  });

  test('a domain name of the other type is not kept, and neither is one that is elsewhere', () => {
    const v2 = { ...REST, Domain: resource('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com' }) };
    expect(adoptions(v2)[0].notKept).toMatchObject([
      { logicalId: 'Domain', instead: expect.stringContaining("map(gateway, { adopt: 'Mapping' })") },
    ]);
    const elsewhere = changed(without(REST, 'Domain'), 'Mapping', { DomainName: 'api.example.com' });
    expect(adoptions(elsewhere)[0].notKept).toMatchObject([
      { logicalId: 'Mapping', instead: expect.stringContaining('fromApiDomainAttributes') },
    ]);
  });
});

describe('of the CDK', () => {
  test('a RestApi: edge-optimized, with resources to retain', () => {
    const stack = stackOf();
    const api = new RestApi(stack, 'Shop', { deployOptions: { loggingLevel: MethodLoggingLevel.ERROR } });
    api.root.addResource('orders').addMethod('GET', new MockIntegration());
    const template = templateOf(stack);
    const [{ adopt, props, retain }] = adoptions(template);
    expect(adopt).toEqual({
      api: ids(template, 'AWS::ApiGateway::RestApi')[0],
      stages: { prod: ids(template, 'AWS::ApiGateway::Stage')[0] },
    });
    expect(props).toEqual({
      apiName: "'Shop'",
      endpointType: 'RestEndpointType.EDGE',
      securityPolicy: 'SecurityPolicy.TLS_1_0',
      stages: { prod: { executionLog: { declared: 'false' } } },
    });
    const parts = [...ids(template, 'AWS::ApiGateway::Resource'), ...ids(template, 'AWS::ApiGateway::Method')];
    expect([...retain].sort()).toEqual(parts.sort());
  });

  test('a SpecRestApi: nothing to retain', () => {
    const stack = stackOf();
    new SpecRestApi(stack, 'Shop', { apiDefinition: ApiDefinition.fromInline({ openapi: '3.0.1' }) });
    expect(adoptions(templateOf(stack))[0]).toMatchObject({ inPlace: true, retain: [] });
  });

  test('a domain name of a RestApi', () => {
    const stack = stackOf();
    const arn = 'arn:aws:acm:eu-west-1:111111111111:certificate/a';
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arn);
    const api = new RestApi(stack, 'Shop', { endpointTypes: [EndpointType.REGIONAL] });
    api.root.addMethod('GET', new MockIntegration());
    new DomainName(stack, 'Domain', { domainName: 'api.example.com', certificate, mapping: api });
    const template = templateOf(stack);
    expect(adoptions(template)[0].domains[0].adopt).toEqual({
      domainName: ids(template, 'AWS::ApiGateway::DomainName')[0],
      basePathMappings: { '': ids(template, 'AWS::ApiGateway::BasePathMapping')[0] },
    });
  });

  test('an HttpApi: replaced; a WebSocketApi: with its routes', () => {
    const stack = stackOf();
    new HttpApi(stack, 'Http');
    const chat = new WebSocketApi(stack, 'Chat');
    chat.addRoute('send', { integration: new WebSocketMockIntegration('Mock') });
    const template = templateOf(stack);
    const [http, socket] = adoptions(template);
    expect(http).toMatchObject({ kind: 'http', inPlace: false, adopt: {}, retain: [] });
    expect(socket).toMatchObject({ kind: 'websocket', inPlace: true, retain: [] });
    expect(socket.adopt.routes).toEqual({ send: ids(template, 'AWS::ApiGatewayV2::Route')[0] });
  });
});

test('of SAM: the ids that it generates, in place', () => {
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Rest: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', DefinitionBody: { swagger: '2.0' } } },
      Http: { Type: 'AWS::Serverless::HttpApi', Properties: { DefinitionBody: { openapi: '3.0.1' } } },
    },
  };
  const [rest, http] = adoptions(template);
  expect(rest).toMatchObject({ inPlace: true, retain: [], adopt: { api: 'Rest', stages: { prod: 'RestprodStage' } } });
  expect(http).toMatchObject({
    inPlace: true,
    adopt: { api: 'Http', stages: { $default: 'HttpApiGatewayDefaultStage' } },
  });
});

describe('code', () => {
  test('is in one line if it fits, with quotes where a name needs them', () => {
    expect(propLines('adopt', { api: "'A'", stages: { $default: "'B'", 'a-b': "'C'" } })).toEqual([
      "adopt: { api: 'A', stages: { $default: 'B', 'a-b': 'C' } },",
    ]);
    expect(propLines('stages', { prod: {} })).toEqual(['stages: { prod: {} },']);
  });

  test('is in several lines otherwise', () => {
    const long = `'${'x'.repeat(90)}'`;
    expect(propLines('adopt', { api: long, stages: { prod: "'B'" } })).toEqual([
      'adopt: {',
      `  api: ${long},`,
      "  stages: { prod: 'B' },",
      '},',
    ]);
  });

  test('keeps what a template says inside of its quotes', () => {
    const [{ props }] = adoptions(changed(REST, 'Api', { Name: "it's \\ mine" }));
    expect(props.apiName).toBe(String.raw`'it\'s \\ mine'`);
  });
});
