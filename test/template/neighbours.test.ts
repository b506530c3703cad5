import { UNKNOWN } from '../../lib/template/model/value';
import { apiOf, att, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const imported = { 'Fn::ImportValue': 'elsewhere' };

describe('what stands around an API', () => {
  test('VPC links, with the kind of their load balancers', () => {
    const { vpcLinks } = modelOf({
      Application: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'),
      Network: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
      V1: resource('AWS::ApiGateway::VpcLink', { TargetArns: [ref('Application'), ref('Network'), imported] }),
      Odd: resource('AWS::ApiGateway::VpcLink', { TargetArns: imported }),
      V2: resource('AWS::ApiGatewayV2::VpcLink'),
    });
    expect(vpcLinks).toMatchObject([
      {
        version: 1,
        targets: [
          { arn: '<Application>', loadBalancerType: 'application' },
          { arn: '<Network>', loadBalancerType: 'network' },
          { arn: '<unknown>', loadBalancerType: undefined },
        ],
      },
      { version: 1, targets: UNKNOWN },
      { version: 2, location: { logicalId: 'V2' } },
    ]);
  });

  test('alarms on a metric, on several, and on what cannot be told', () => {
    const { alarms } = modelOf({
      One: resource('AWS::CloudWatch::Alarm', {
        Namespace: 'AWS/ApiGateway',
        MetricName: 'Latency',
        Dimensions: [{ Name: 'ApiName', Value: ref('AWS::StackName') }],
      }),
      Two: resource('AWS::CloudWatch::Alarm', {
        Metrics: [{ MetricStat: { Metric: { Namespace: 'N', MetricName: 'M', Dimensions: imported } } }],
      }),
      Three: resource('AWS::CloudWatch::Alarm', { Metrics: imported }),
    });
    expect(alarms.map(({ metrics }) => metrics)).toEqual([
      [{ namespace: 'AWS/ApiGateway', name: 'Latency', dimensions: { ApiName: '<AWS::StackName>' } }],
      [{ namespace: 'N', name: 'M', dimensions: UNKNOWN }],
      UNKNOWN,
    ]);
  });

  test('web ACLs, with the managed groups of their rules', () => {
    const group = (Name: unknown) => ({ Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } } });
    const groupsOf = (rules: unknown) =>
      modelOf({ Acl: resource('AWS::WAFv2::WebACL', { Rules: rules }) }).webAcls[0].managedGroups;
    expect(groupsOf([group('A'), { Statement: { RateBasedStatement: {} } }, group('B')])).toEqual(['A', 'B']);
    expect(groupsOf(undefined)).toEqual([]);
    expect(groupsOf([group(imported)])).toBe(UNKNOWN);
    expect(groupsOf([{ Statement: imported }])).toBe(UNKNOWN);
    expect(groupsOf(imported)).toBe(UNKNOWN);
  });

  test('the roles of API Gateway alone', () => {
    const trust = (Service: unknown) => ({ Statement: { Effect: 'Allow', Principal: { Service } } });
    const { serviceRoles } = modelOf({
      Own: resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(['apigateway.amazonaws.com']) }),
      Other: resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
      Policy: resource('AWS::IAM::RolePolicy', {
        RoleName: ref('Own'),
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: [att('Queue', 'Arn')] }],
        },
      }),
    });
    expect(serviceRoles).toMatchObject([
      {
        location: { logicalId: 'Own' },
        statements: [{ effect: 'Allow', actions: ['sqs:SendMessage'], hasCondition: false }],
      },
    ]);
    expect(serviceRoles[0].statements[0].resources).toHaveLength(1);
  });

  test('the log groups of CDK’s custom resource', () => {
    const { logGroups } = modelOf({
      Group: resource('Custom::LogRetention', { LogGroupName: '/a', RetentionInDays: 7 }),
    });
    expect(logGroups).toMatchObject([{ name: '/a', retentionInDays: 7 }]);
  });
});

describe('what cannot be told', () => {
  const integrationOf = (extension: object) => {
    const [method] = apiOf({
      openapi: '3.0.1',
      paths: { '/a': { get: { 'x-amazon-apigateway-integration': extension } } },
    }).methods;
    return method.integration;
  };
  test('is not taken for nothing', () => {
    expect(integrationOf({ type: 'aws', responses: imported, requestTemplates: imported })).toMatchObject({
      responses: [{ statusCode: UNKNOWN }],
      requestTemplates: UNKNOWN,
    });
    expect(integrationOf({ type: 'aws' })).toMatchObject({ responses: [], requestTemplates: {} });
  });
});

describe('the stage of a deployment', () => {
  const stagesOf = (deployment: object, more: object = {}) =>
    modelOf({
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'a' }),
      Deployment: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api'), ...deployment }),
      ...more,
    }).restApis[0].stages;

  test('has the settings of its description, for all methods', () => {
    const setting = { HttpMethod: 'GET', ResourcePath: '/~1a', CachingEnabled: false };
    const [stage, ...others] = stagesOf({
      StageName: 'dev',
      StageDescription: {
        LoggingLevel: 'INFO',
        ThrottlingRateLimit: 5,
        Variables: { a: 'b' },
        MethodSettings: [setting],
      },
    });
    expect(others).toEqual([]);
    expect(stage).toMatchObject({
      stageName: 'dev',
      implicit: true,
      deployment: { logicalId: 'Deployment' },
      variables: { a: 'b' },
      location: { logicalId: 'Deployment', path: ['Properties', 'StageDescription'] },
      methodSettings: [
        { httpMethod: '*', resourcePath: '/*', loggingLevel: 'INFO', throttlingRateLimit: 5 },
        { httpMethod: 'GET', resourcePath: '/a', cachingEnabled: false },
      ],
    });
  });

  test('is there without a description, and unknown with one that cannot be told', () => {
    expect(stagesOf({ StageName: 'dev' })).toMatchObject([
      { methodSettings: [], location: { path: ['Properties', 'StageName'] } },
    ]);
    expect(stagesOf({ StageName: 'dev', StageDescription: imported })).toMatchObject([{ methodSettings: UNKNOWN }]);
  });

  /** The stages of a deployment with a name, beside a stage that is a resource. */
  const besideStage = (StageName: unknown, name: unknown): unknown[] =>
    stagesOf(
      { StageName },
      { Stage: resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: name }) },
    ).map(({ stageName, implicit }) => [stageName, implicit]);

  test('is not made up: none without a name, none where a stage of that name is a resource', () => {
    expect(stagesOf({})).toEqual([]);
    expect(besideStage('dev', 'dev')).toEqual([['dev', undefined]]);
  });

  test('is there beside a stage of another name, unless the two may be one', () => {
    expect(besideStage('dev', 'prod')).toEqual([
      ['prod', undefined],
      ['dev', true],
    ]);
    expect(besideStage('dev', imported)).toEqual([[UNKNOWN, undefined]]);
    expect(besideStage(imported, 'prod')).toEqual([['prod', undefined]]);
  });
});
