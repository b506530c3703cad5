import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { att, ref, resource, source } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

/** Exports of the stack by which another one refers to its resources, as CDK writes them. */
const outputs = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([Name, Value]) => [Name, { Value, Export: { Name } }]));
const imported = (name: string) => ({ 'Fn::ImportValue': name });
const trust = { Statement: { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } } };
const place = { region: 'eu-west-1', account: '123456789012' };

const home = source(
  {
    Resources: {
      Group: resource('AWS::Logs::LogGroup', { RetentionInDays: 30 }),
      Fn: resource('AWS::Lambda::Function'),
      Role: resource('AWS::IAM::Role', { AssumeRolePolicyDocument: trust, ManagedPolicyArns: [imported('Policy')] }),
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }),
      Stage: resource('AWS::ApiGateway::Stage', { RestApiId: ref('Api'), StageName: 'prod' }),
      Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }),
    },
    Outputs: outputs({
      ...{
        GroupArn: att('Group', 'Arn'),
        FnArn: att('Fn', 'Arn'),
        Api: ref('Api'),
        Stage: ref('Stage'),
        Role: ref('Role'),
      },
      Balancer: ref('Balancer'),
    }),
  },
  { file: 'home.json', ...place },
);
const user = source(
  {
    Resources: {
      Acl: resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', Rules: [] }),
      Guard: resource('AWS::WAFv2::WebACLAssociation', {
        WebACLArn: att('Acl', 'Arn'),
        ResourceArn: {
          'Fn::Join': [
            '',
            ['arn:aws:apigateway:eu-west-1::/restapis/', imported('Api'), '/stages/', imported('Stage')],
          ],
        },
      }),
      AclLog: resource('AWS::WAFv2::LoggingConfiguration', {
        ResourceArn: att('Acl', 'Arn'),
        LogDestinationConfigs: [imported('GroupArn')],
      }),
      Permission: resource('AWS::Lambda::Permission', { FunctionName: imported('FnArn') }),
      Inline: resource('AWS::IAM::Policy', {
        Roles: [imported('Role')],
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' } },
      }),
      Managed: resource('AWS::IAM::ManagedPolicy', {
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' } },
      }),
      Alarm: resource('AWS::CloudWatch::Alarm', {
        ...{ Namespace: 'AWS/ApiGateway', MetricName: '5xx' },
        Dimensions: [{ Name: 'ApiId', Value: imported('Api') }],
      }),
      Plan: resource('AWS::ApiGateway::UsagePlan', {
        ApiStages: [{ ApiId: imported('Api'), Stage: imported('Stage') }],
      }),
      Link: resource('AWS::ApiGateway::VpcLink', { TargetArns: [imported('Balancer')] }),
    },
    Outputs: outputs({ Policy: ref('Managed') }),
  },
  { file: 'user.json', ...place },
);

const inHome = (logicalId: string) => ({ template: 'home.json', logicalId });

test('what stands around an API is found in other stacks of the app', () => {
  const model = readModel([home, user]);
  expect(model.webAclAssociations).toMatchObject([{ api: inHome('Api'), stage: inHome('Stage') }]);
  expect(model.webAclLogs).toMatchObject([{ logGroup: { location: inHome('Group'), retentionInDays: 30 } }]);
  expect(model.permissions).toMatchObject([{ target: { function: inHome('Fn') } }]);
  expect(model.serviceRoles).toMatchObject([
    { location: inHome('Role'), statements: [{ actions: ['sns:Publish'] }, { actions: ['sqs:SendMessage'] }] },
  ]);
  expect(model.alarms).toMatchObject([{ metrics: [{ dimensions: { ApiId: '<home.json#Api>' } }] }]);
  expect(model.usagePlans).toMatchObject([{ apiStages: [{ api: inHome('Api'), stage: inHome('Stage') }] }]);
  expect(model.vpcLinks).toMatchObject([{ targets: [{ loadBalancerType: 'network' }] }]);
});

test('and is unknown where the other stack is not at hand', () => {
  const model = readModel([user]);
  expect(model.webAclAssociations).toMatchObject([{ api: undefined, stage: undefined }]);
  expect(model.webAclLogs).toMatchObject([{ destination: '<unknown>', logGroup: undefined }]);
  expect(model.permissions[0].target?.function).toBeUndefined();
  expect(model.serviceRoles).toEqual([]);
  expect(model.alarms).toMatchObject([{ metrics: [{ dimensions: { ApiId: '<unknown>' } }] }]);
  expect(model.vpcLinks).toMatchObject([{ targets: [{ arn: '<unknown>' }] }]);
});

test('a certificate is of the Region of its stack', () => {
  const certificate = source(
    {
      Resources: { Certificate: resource('AWS::CertificateManager::Certificate', { DomainName: 'a.example.com' }) },
      Outputs: { Arn: { Value: ref('Certificate') } },
    },
    { ...{ file: 'certificate.json', stackName: 'Certificates' }, ...place, region: 'us-east-1' },
  );
  const arn = { 'Fn::GetStackOutput': { StackName: 'Certificates', OutputName: 'Arn', Region: 'us-east-1' } };
  const found = (properties: object) => {
    const Domain = resource('AWS::ApiGateway::DomainName', { DomainName: 'a.example.com', ...properties });
    const template = source({ Resources: { Domain } }, { file: 'domain.json', ...place });
    return runRules(readModel([certificate, template]))
      .map(({ id }) => id)
      .filter((id) => ['DOM10', 'DOM11'].includes(id));
  };
  expect(found({ RegionalCertificateArn: arn, EndpointConfiguration: { Types: ['REGIONAL'] } })).toEqual(['DOM11']);
  expect(found({ CertificateArn: arn, EndpointConfiguration: { Types: ['EDGE'] } })).toEqual([]);
});
