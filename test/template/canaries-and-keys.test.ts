import { UNKNOWN } from '../../lib/template/model/value';
import { modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const imported = { 'Fn::ImportValue': 'elsewhere' };
const API = { Api: resource('AWS::ApiGateway::RestApi') };
const of = (type: string, properties: Record<string, unknown>) =>
  resource(`AWS::ApiGateway::${type}`, { RestApiId: ref('Api'), ...properties });

describe('canaries', () => {
  const canaryWith = (overrides?: unknown) =>
    modelOf({
      ...API,
      Stage: of('Stage', { StageName: 'prod', CanarySetting: { StageVariableOverrides: overrides } }),
    }).restApis[0].stages[0].canary;

  test('have their variables, with references too', () => {
    const canary = canaryWith({ fn: ref('Fn'), level: 'debug' });
    expect(canary?.overrides).toEqual({ fn: UNKNOWN, level: 'debug' });
    expect(canary?.overrideTexts).toEqual({ fn: '<Fn>', level: 'debug' });
    expect([canaryWith(imported)?.overrides, canaryWith(imported)?.overrideTexts]).toEqual([UNKNOWN, UNKNOWN]);
    expect([canaryWith()?.overrides, canaryWith()?.overrideTexts]).toEqual([undefined, {}]);
    expect(canaryWith({})?.overrides).toEqual({});
  });

  test('are made by deployments too', () => {
    const { deployments } = modelOf({
      ...API,
      Stable: of('Deployment', {}),
      Next: of('Deployment', {
        StageName: 'prod',
        DeploymentCanarySettings: {
          PercentTraffic: 5,
          UseStageCache: true,
          StageVariableOverrides: { color: 'green' },
        },
      }),
    }).restApis[0];
    expect(deployments.map(({ canary }) => canary)).toMatchObject([
      undefined,
      { percentTraffic: 5, useStageCache: true, overrides: { color: 'green' } },
    ]);
  });
});

test('stage variables have their references', () => {
  const { restApis, httpApis } = modelOf({
    ...API,
    Rest: of('Stage', { StageName: 'prod', Variables: { fn: ref('Fn'), color: 'blue' } }),
    Http: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
    HttpStage: resource('AWS::ApiGatewayV2::Stage', {
      ApiId: ref('Http'),
      StageName: 'prod',
      StageVariables: { fn: ref('Fn') },
    }),
  });
  expect(restApis[0].stages[0].variableTexts).toEqual({ fn: '<Fn>', color: 'blue' });
  expect(httpApis[0].stages[0].variableTexts).toEqual({ fn: '<Fn>' });
});

describe('API keys', () => {
  const keyOf = (properties: Record<string, unknown>) =>
    modelOf({
      ...API,
      Stage: of('Stage', { StageName: 'prod' }),
      Key: resource('AWS::ApiGateway::ApiKey', properties),
    }).apiKeys[0];

  test('say whether they are enabled, and for which stages', () => {
    const id = (logicalId: string) => ({ template: 'app.json', logicalId });
    expect(
      keyOf({
        Enabled: 'false',
        CustomerId: 'c-1',
        GenerateDistinctId: true,
        StageKeys: [
          { RestApiId: ref('Api'), StageName: ref('Stage') },
          { RestApiId: 'abc', StageName: 'dev' },
        ],
      }),
    ).toMatchObject({
      enabled: false,
      customerId: 'c-1',
      generateDistinctId: true,
      stageKeys: [
        { api: id('Api'), stageName: '<Stage>', stage: id('Stage') },
        { api: UNKNOWN, stageName: 'dev', stage: undefined },
      ],
    });
  });

  test('may not say it, or not tell', () => {
    expect(keyOf({})).toMatchObject({ enabled: undefined, customerId: undefined, stageKeys: [] });
    expect(keyOf({ Enabled: imported, StageKeys: imported })).toMatchObject({ enabled: UNKNOWN, stageKeys: UNKNOWN });
  });
});

test('plans have the throttles of single methods, the start of their period, and their keys', () => {
  const { usagePlans } = modelOf({
    ...API,
    Stage: of('Stage', { StageName: 'prod' }),
    Key: resource('AWS::ApiGateway::ApiKey'),
    Plan: resource('AWS::ApiGateway::UsagePlan', {
      Quota: { Limit: 100, Period: 'WEEK', Offset: 2 },
      ApiStages: [
        {
          ApiId: ref('Api'),
          Stage: ref('Stage'),
          Throttle: { '/orders/GET': { RateLimit: 1.5, BurstLimit: 3 } },
        },
      ],
    }),
    InPlan: resource('AWS::ApiGateway::UsagePlanKey', {
      KeyId: ref('Key'),
      KeyType: 'API_KEY',
      UsagePlanId: ref('Plan'),
    }),
  });
  expect(usagePlans).toMatchObject([
    {
      quota: { limit: 100, period: 'WEEK', offset: 2 },
      apiStages: [{ throttles: [{ key: '/orders/GET', rateLimit: 1.5, burstLimit: 3 }] }],
      keys: [{ apiKey: { logicalId: 'Key' }, keyType: 'API_KEY' }],
    },
  ]);
});
