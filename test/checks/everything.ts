import { type Draft } from './draft';
import { goodHttpResources } from './good';

const sub = (text: string): object => ({ 'Fn::Sub': text });
const ref = (logicalId: string): object => ({ Ref: logicalId });
const att = (...path: string[]): object => ({ 'Fn::GetAtt': path });
const statement = (more: object): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const MTLS = { MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: 'v1' } };

/** An HTTP API with a REST and a WebSocket API beside it, and every other resource that the reader knows. */
export function everything(): Draft {
  const draft = goodHttpResources();
  apis(draft);
  domains(draft);
  firewall(draft);
  rights(draft);
  network(draft);
  Object.assign(draft.resources, {
    'Fn::ForEach::Plans': ['Name', ['A', 'B'], { 'Plan${Name}': { Type: 'AWS::ApiGateway::UsagePlan' } }],
  });
  Object.assign(draft.template, {
    Parameters: { Env: { Type: 'String', Default: 'dev' }, Zones: { Type: 'CommaDelimitedList' } },
    Mappings: { Sizes: { 'eu-west-1': { rate: 100 }, dev: { rate: 10 } } },
    Conditions: { IsProd: { 'Fn::Equals': [ref('Env'), 'prod'] }, Both: { 'Fn::And': [{ Condition: 'IsProd' }] } },
    Outputs: { Url: { Value: att('RestApi', 'RootResourceId'), Export: { Name: sub('${AWS::StackName}:Url') } } },
    Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'],
  });
  return draft;
}

function apis(draft: Draft): void {
  draft.add('RestApi', 'AWS::ApiGateway::RestApi', {
    Name: 'rest',
    EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'], IpAddressType: 'dualstack' },
    BinaryMediaTypes: ['image/png'],
    MinimumCompressionSize: 1024,
    Policy: statement({ Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'], Condition: {} }),
  });
  const child = { RestApiId: ref('RestApi') };
  draft.add('RestPath', 'AWS::ApiGateway::Resource', {
    ...child,
    ParentId: att('RestApi', 'RootResourceId'),
    PathPart: '{id}',
  });
  draft.add('RestModel', 'AWS::ApiGateway::Model', {
    ...child,
    ContentType: 'application/json',
    Schema: { type: 'object' },
  });
  draft.add('RestDocs', 'AWS::ApiGateway::DocumentationPart', {
    ...child,
    Location: { Type: 'METHOD', Path: '/{id}', Method: 'POST' },
    Properties: '{"description":"orders"}',
  });
  draft.add('RestDocsVersion', 'AWS::ApiGateway::DocumentationVersion', { ...child, DocumentationVersion: '1' });
  draft.add('RestMethod', 'AWS::ApiGateway::Method', {
    ...child,
    ResourceId: ref('RestPath'),
    HttpMethod: 'POST',
    AuthorizationType: 'AWS_IAM',
    RequestParameters: { 'method.request.path.id': true, 'method.request.header.Origin': false },
    RequestModels: { 'application/json': ref('RestModel') },
    Integration: {
      Type: 'HTTP',
      IntegrationHttpMethod: 'POST',
      Uri: 'https://example.com/{id}',
      ConnectionType: 'VPC_LINK',
      ConnectionId: ref('Link1'),
      Credentials: att('Caller', 'Arn'),
      RequestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      RequestTemplates: { 'application/json': '$input.json("$.a") ${stageVariables.table}' },
      PassthroughBehavior: 'NEVER',
      TimeoutInMillis: 29000,
      CacheKeyParameters: ['method.request.path.id'],
      IntegrationResponses: [
        { StatusCode: '200', SelectionPattern: '2\\d\\d', ResponseTemplates: { 'application/json': '$input.body' } },
      ],
    },
    MethodResponses: [{ StatusCode: '200', ResponseParameters: { 'method.response.header.Vary': true } }],
  });
  draft.add('RestDeployment', 'AWS::ApiGateway::Deployment', {
    ...child,
    StageName: 'dev',
    StageDescription: {
      LoggingLevel: 'INFO',
      CachingEnabled: true,
      Variables: { table: 'a' },
      CanarySetting: { PercentTraffic: 10 },
      MethodSettings: [{ HttpMethod: 'POST', ResourcePath: '/~1{id}', ThrottlingRateLimit: 5 }],
    },
  });
  draft.add('RestStage', 'AWS::ApiGateway::Stage', {
    ...child,
    StageName: 'prod',
    DeploymentId: ref('RestDeployment'),
    CanarySetting: { PercentTraffic: 10, DeploymentId: ref('RestDeployment'), StageVariableOverrides: { table: 'b' } },
    AccessLogSetting: { DestinationArn: att('Stream', 'Arn'), Format: '$context.requestId' },
    ClientCertificateId: ref('Client'),
  });
  draft.add('Chat', 'AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  draft.add('Connect', 'AWS::ApiGatewayV2::Route', {
    ApiId: ref('Chat'),
    RouteKey: '$connect',
    Target: 'integrations/x',
  });
  draft.add('Sam', 'AWS::Serverless::Api', { DefinitionBody: { openapi: '3.0.1', paths: {} }, StageName: 'prod' });
  draft.add('Elsewhere', 'AWS::ApiGateway::RestApi', { BodyS3Location: { Bucket: 'b', Key: 'k.json' } });
  draft.add('Account', 'AWS::ApiGateway::Account', { CloudWatchRoleArn: att('Caller', 'Arn') });
  draft.add('Key', 'AWS::ApiGateway::ApiKey', { Name: 'acme', Value: 'a'.repeat(20), StageKeys: [] });
  draft.add('Plan', 'AWS::ApiGateway::UsagePlan', {
    UsagePlanName: 'partners',
    ApiStages: [
      { ApiId: ref('RestApi'), Stage: ref('RestStage'), Throttle: { '/{id}/POST': { RateLimit: 1, BurstLimit: 2 } } },
    ],
    Quota: { Limit: 1000, Period: 'DAY' },
    Throttle: { RateLimit: 10, BurstLimit: 20 },
  });
  draft.add('PlanKey', 'AWS::ApiGateway::UsagePlanKey', {
    UsagePlanId: ref('Plan'),
    KeyId: ref('Key'),
    KeyType: 'API_KEY',
  });
}

function domains(draft: Draft): void {
  draft.add('Record', 'AWS::Route53::RecordSet', {
    Name: 'api.example.com.',
    Type: 'A',
    HostedZoneName: 'example.com.',
    AliasTarget: {
      DNSName: att('Domain', 'RegionalDomainName'),
      HostedZoneId: att('Domain', 'RegionalHostedZoneId'),
      EvaluateTargetHealth: false,
    },
  });
  draft.add('Certificate', 'AWS::CertificateManager::Certificate', { DomainName: 'api.example.com' });
  draft.add('Domain', 'AWS::ApiGateway::DomainName', {
    DomainName: 'api.example.com',
    EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'ipv4' },
    RegionalCertificateArn: ref('Certificate'),
    SecurityPolicy: 'TLS_1_2',
    RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING',
    ...MTLS,
  });
  draft.add('V2Domain', 'AWS::ApiGatewayV2::DomainName', {
    DomainName: 'v2.example.com',
    DomainNameConfigurations: [
      { CertificateArn: ref('Certificate'), EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
    ],
    ...MTLS,
  });
  draft.add('PrivateDomain', 'AWS::ApiGateway::DomainNameV2', {
    DomainName: 'private.example.com',
    EndpointConfiguration: { Types: ['PRIVATE'] },
    Policy: statement({ Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'] }),
  });
  draft.add('Association', 'AWS::ApiGateway::DomainNameAccessAssociation', {
    DomainNameArn: ref('PrivateDomain'),
    AccessAssociationSource: 'vpce-1',
    AccessAssociationSourceType: 'VPCE',
  });
  draft.add('Mapping', 'AWS::ApiGatewayV2::ApiMapping', {
    DomainName: ref('Domain'),
    ApiId: ref('RestApi'),
    ApiMappingKey: 'orders/v1',
    Stage: ref('RestStage'),
  });
  draft.add('BasePath', 'AWS::ApiGateway::BasePathMapping', {
    DomainName: ref('V2Domain'),
    RestApiId: ref('RestApi'),
    BasePath: 'orders',
    Stage: 'prod',
  });
  draft.add('Rule', 'AWS::ApiGatewayV2::RoutingRule', {
    DomainNameArn: att('Domain', 'DomainNameArn'),
    Priority: 10,
    Conditions: [
      { MatchBasePaths: { AnyOf: ['a'] } },
      { MatchHeaders: { AnyOf: [{ Header: 'x-version', ValueGlob: 'v*' }] } },
    ],
    Actions: [{ InvokeApi: { ApiId: ref('RestApi'), Stage: ref('RestStage') } }],
  });
}

function firewall(draft: Draft): void {
  draft.add('Acl', 'AWS::WAFv2::WebACL', {
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
    Rules: [
      {
        Name: 'a',
        Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
      },
      { Name: 'b', Statement: { RateBasedStatement: { Limit: 2000 } } },
    ],
  });
  draft.add('Filter', 'AWS::Logs::MetricFilter', {
    LogGroupName: ref('Logs'),
    FilterName: 'throttles',
    FilterPattern: '{ $.status = 429 }',
    MetricTransformations: [{ MetricName: 'Throttles', MetricNamespace: 'Orders', MetricValue: '1' }],
  });
  draft.add('Guard', 'AWS::WAFv2::WebACLAssociation', {
    WebACLArn: att('Acl', 'Arn'),
    ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/prod'),
  });
  draft.add('AclLog', 'AWS::WAFv2::LoggingConfiguration', {
    ResourceArn: att('Acl', 'Arn'),
    LogDestinationConfigs: [att('AclGroup', 'Arn')],
    RedactedFields: [{ SingleHeader: { Name: 'Authorization' } }],
  });
  draft.add('AclGroup', 'AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-a', RetentionInDays: 30 });
  draft.add('Alarm', 'AWS::CloudWatch::Alarm', {
    Metrics: [
      {
        Id: 'm',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/ApiGateway',
            MetricName: '5XXError',
            Dimensions: [
              { Name: 'ApiName', Value: 'rest' },
              { Name: 'Stage', Value: ref('RestStage') },
            ],
          },
        },
      },
    ],
  });
}

function rights(draft: Draft): void {
  draft.add('Caller', 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: statement({
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    Policies: [
      { PolicyName: 'p', PolicyDocument: statement({ Action: ['sqs:SendMessage'], Resource: att('Queue', 'Arn') }) },
    ],
    ManagedPolicyArns: [ref('Managed')],
  });
  draft.add('Managed', 'AWS::IAM::ManagedPolicy', {
    PolicyDocument: statement({
      Action: 'execute-api:ManageConnections',
      Resource: sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat}/*'),
    }),
    Roles: [ref('Caller')],
  });
  draft.add('Alias', 'AWS::Lambda::Alias', {
    FunctionName: ref('Fn'),
    FunctionVersion: att('V1', 'Version'),
    Name: 'live',
  });
  draft.add('V1', 'AWS::Lambda::Version', { FunctionName: ref('Fn') });
  draft.add('AliasPermission', 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: ref('Alias'),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:', ref('AWS::Region'), ':1:', ref('RestApi'), '/*/POST/*']] },
    SourceAccount: ref('AWS::AccountId'),
  });
}

function network(draft: Draft): void {
  draft.add('Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' });
  draft.add('Link1', 'AWS::ApiGateway::VpcLink', { TargetArns: [ref('Balancer')] });
  draft.add('Link2', 'AWS::ApiGatewayV2::VpcLink', { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] });
  draft.add('Machine', 'AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' });
  draft.add('Nested', 'AWS::CloudFormation::Stack', {
    TemplateURL: 'https://s3.amazonaws.com/b/nested.json',
    Parameters: { Env: { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'rate'] } },
  });
}
