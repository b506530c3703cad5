import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as nag from 'cdk-nag';
import { Construct } from 'constructs';
import { ApiGatewayAccountLogging } from '../../lib/operate';

const TYPE = 'Custom::ApiGatewayAccountLogging';
const IMPORTED = 'arn:aws:iam::123456789012:role/logging';

const newStack = (id = 'Orders') => new Stack(new App(), id);
const typesOf = (template: Template) =>
  Object.values(template.toJSON().Resources as Record<string, { Type: string }>)
    .map(({ Type }) => Type)
    .sort();

describe('with a role of its own', () => {
  let template: Template;
  let logging: ApiGatewayAccountLogging;
  beforeAll(() => {
    const stack = newStack();
    logging = ApiGatewayAccountLogging.of(new Construct(stack, 'Deep'));
    template = Template.fromStack(stack);
  });

  /** The policy document of the one managed policy on the role with such a trust. */
  function policyFor(service: string) {
    const [roleId] = Object.keys(
      template.findResources('AWS::IAM::Role', {
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
          },
        },
      }),
    );
    const policies = template.findResources('AWS::IAM::ManagedPolicy', { Properties: { Roles: [{ Ref: roleId }] } });
    expect(Object.keys(policies)).toHaveLength(1);
    const [[id, policy]] = Object.entries(policies);
    return { roleId, id, statements: policy.Properties.PolicyDocument.Statement };
  }

  test('is seven resources, no policy inline, none of AWS', () => {
    expect(typesOf(template)).toEqual([
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Role',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      TYPE,
    ]);
    template.allResourcesProperties('AWS::IAM::Role', {
      Policies: Match.absent(),
      ManagedPolicyArns: Match.absent(),
    });
  });

  test('role and policy stay when the stack goes, the rest goes', () => {
    const { roleId, id } = policyFor('apigateway.amazonaws.com');
    const resources = template.toJSON().Resources as Record<string, Record<string, string>>;
    for (const [logicalId, resource] of Object.entries(resources)) {
      const expected = [roleId, id].includes(logicalId) ? 'Retain' : expect.not.stringMatching('Retain');
      expect(resource.DeletionPolicy ?? 'Delete').toEqual(expected);
      expect(resource.UpdateReplacePolicy ?? 'Delete').toEqual(expected);
    }
  });

  test('the role may do what AmazonAPIGatewayPushToCloudWatchLogs allows', () => {
    expect(policyFor('apigateway.amazonaws.com').statements).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:DescribeLogGroups',
          'logs:DescribeLogStreams',
          'logs:FilterLogEvents',
          'logs:GetLogEvents',
          'logs:PutLogEvents',
        ],
        Resource: '*',
      },
    ]);
  });

  test('the function may read and set the account, pass this role to API Gateway, write its own log, nothing else', () => {
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const { roleId } = policyFor('apigateway.amazonaws.com');
    expect(policyFor('lambda.amazonaws.com').statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['apigateway:GET', 'apigateway:PATCH'],
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, '::/account']],
        },
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: { 'Fn::GetAtt': [roleId, 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
      },
    ]);
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('the resource waits for both policies, one after the other, and CloudFormation longer than the function runs', () => {
    const [[, resource]] = Object.entries(template.findResources(TYPE));
    const [loggingPolicy, handlerPolicy] = ['apigateway.amazonaws.com', 'lambda.amazonaws.com'].map(
      (service) => policyFor(service).id,
    );
    const { roleId } = policyFor('apigateway.amazonaws.com');
    const [[fnId, fn]] = Object.entries(template.findResources('AWS::Lambda::Function'));
    expect(resource.DependsOn).toEqual([handlerPolicy]);
    expect(template.toJSON().Resources[handlerPolicy].DependsOn).toEqual([loggingPolicy]);
    expect(resource.Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [fnId, 'Arn'] },
      ServiceTimeout: 600,
      CloudWatchRoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
    });
    expect(fn.Properties).toMatchObject({ Timeout: 300, Handler: 'index.handler' });
    expect(Stack.of(logging).resolve(logging.roleArn)).toEqual(resource.Properties.CloudWatchRoleArn);
  });
});

test('logical ids do not depend on the app, the stack or where it was asked for first', () => {
  const one = newStack('One');
  ApiGatewayAccountLogging.of(new Construct(one, 'Somewhere'));
  const two = newStack('Two');
  ApiGatewayAccountLogging.of(two);
  const ids = [one, two].map((stack) => Object.keys(Template.fromStack(stack).toJSON().Resources));
  expect(ids[0]).toEqual(ids[1]);
  expect(ids[0]).toContain('ApiGatewayAccountLoggingD697840D');
});

describe('one for each stack', () => {
  test('of() gives the same each time, and each stack its own', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    const first = ApiGatewayAccountLogging.of(stack);
    expect(ApiGatewayAccountLogging.of(new Construct(stack, 'Child'))).toBe(first);
    expect(ApiGatewayAccountLogging.of(nested)).not.toBe(first);
    expect(Stack.of(ApiGatewayAccountLogging.of(nested))).toBe(nested);
  });

  test('of() gives the one that was made by hand', () => {
    const stack = newStack();
    const mine = new ApiGatewayAccountLogging(new Construct(stack, 'Operations'), 'Logging');
    expect(ApiGatewayAccountLogging.of(stack)).toBe(mine);
  });

  test('a second one is an error that names the first', () => {
    const stack = newStack();
    ApiGatewayAccountLogging.of(stack);
    expect(() => new ApiGatewayAccountLogging(stack, 'Mine')).toThrow(
      `ApiGatewayAccountLogging 'Orders/Mine': stack "Orders" has one already at "Orders/ApiGatewayAccountLogging"`,
    );
  });
});

describe('with a role that is given', () => {
  test('an imported role is passed on, and none is made', () => {
    const stack = newStack();
    const logging = new ApiGatewayAccountLogging(stack, 'Logging', { role: Role.fromRoleArn(stack, 'Role', IMPORTED) });
    const template = Template.fromStack(stack);
    expect(logging.roleArn).toBe(IMPORTED);
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template.hasResourceProperties(TYPE, { CloudWatchRoleArn: IMPORTED });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'iam:PassRole', Resource: IMPORTED })]),
      },
    });
  });

  test('a role of the app comes first, with its policies', () => {
    const stack = newStack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['*'] }));
    new ApiGatewayAccountLogging(stack, 'Logging', { role });
    Template.fromStack(stack).hasResource(TYPE, {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^RoleDefaultPolicy')]),
    });
  });
});

test('others can depend on it', () => {
  const stack = newStack();
  const thing = new CfnResource(stack, 'Thing', { type: 'AWS::SNS::Topic' });
  const other = new Construct(stack, 'Other');
  new CfnResource(other, 'Thing', { type: 'AWS::SNS::Topic' });
  thing.addResourceDependency(ApiGatewayAccountLogging.of(stack).resource);
  other.node.addDependency(ApiGatewayAccountLogging.of(stack));
  const topics = Object.values(Template.fromStack(stack).findResources('AWS::SNS::Topic'));
  expect(topics).toHaveLength(2);
  for (const topic of topics) expect(topic.DependsOn).toContain('ApiGatewayAccountLoggingD697840D');
});

describe('cdk-nag', () => {
  const packs = (app: App) => [
    new nag.AwsSolutionsChecks(app),
    new nag.HIPAASecurityChecks(app),
    new nag.NIST80053R4Checks(app),
    new nag.NIST80053R5Checks(app),
    new nag.PCIDSS321Checks(app),
    new nag.ServerlessChecks(app),
  ];

  function reportOf(app: App) {
    Validations.of(app).addPlugins(...packs(app));
    const { directory } = app.synth();
    return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports as {
      pluginName: string;
      conclusion: string;
      violations: { ruleName: string }[];
      suppressedViolations: { ruleName: string; acknowledgedAt: string }[];
    }[];
  }

  test('has no finding in any of the six packs, and each acknowledgement is needed', () => {
    const app = new App();
    const { resource } = ApiGatewayAccountLogging.of(new Stack(app, 'S'));
    const reports = reportOf(app);
    expect(reports).toHaveLength(6);
    for (const { pluginName, conclusion, violations } of reports) {
      expect([pluginName, conclusion, violations]).toEqual([pluginName, 'success', []]);
    }
    const suppressed = reports.flatMap((report) =>
      report.suppressedViolations.map((found) => `${report.pluginName}::${found.ruleName} ${found.acknowledgedAt}`),
    );
    const acknowledged = resource.node
      .scope!.node.findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.keys(data).map((rule) => `${rule} ${node.path}`)),
      );
    expect(acknowledged).not.toHaveLength(0);
    expect(suppressed.sort()).toEqual(acknowledged.sort());
  });
});
