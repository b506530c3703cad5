import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { type Json } from '../support/stacks';

/** One permission of one role, as it reads: who may take the role on, what it may do, and on what. */
interface Permission {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
}

/** References as `<type of the resource>`, so that a line says what it is about in every example. */
function text(value: Json, template: Json): string {
  if (typeof value === 'string') return value;
  const of = (id: string) => `<${template.Resources[id]?.Type ?? id}>`;
  if (value?.Ref) return of(value.Ref);
  if (value?.['Fn::GetAtt']) return of(value['Fn::GetAtt'][0]);
  if (value?.['Fn::Join']) return value['Fn::Join'][1].map((part: Json) => text(part, template)).join('');
  if (value?.['Fn::Sub']) {
    const [format, names = {}] = [value['Fn::Sub']].flat();
    return format.replaceAll(/\$\{([^}]+)\}/g, (_: string, name: string) =>
      names[name] ? text(names[name], template) : of(name.split('.')[0]),
    );
  }
  return JSON.stringify(value);
}

function statements(document: Json): Json[] {
  return [document?.Statement ?? []].flat();
}

/** Conditions under which a role is handed on. */
const handedOn: Json[] = [];

/** Every Allow in the policies that templates give to roles. */
function permissionsOf(template: Json): Permission[] {
  const resources = Object.entries<Json>(template.Resources);
  const trusts = (role: Json): string =>
    statements(role.Properties.AssumeRolePolicyDocument)
      .flatMap(({ Principal }) => Object.values<Json>(Principal).flat())
      .map((principal) => text(principal, template))
      .join(' and ');
  const roleOf = (reference: Json) => template.Resources[reference.Ref];
  const permissions: Permission[] = [];
  const add = (who: string, document: Json) => {
    for (const { Effect, Action, Resource, Condition, NotAction, NotResource } of statements(document)) {
      if ([Action].flat().includes('iam:PassRole')) handedOn.push(Condition);
      expect([Effect, NotAction, NotResource]).toEqual(['Allow', undefined, undefined]);
      for (const action of [Action].flat())
        for (const resource of [Resource].flat()) permissions.push({ who, action, resource: text(resource, template) });
    }
  };
  for (const [, resource] of resources) {
    const { Type, Properties } = resource;
    if (Type === 'AWS::IAM::Role') {
      for (const { PolicyDocument } of Properties.Policies ?? []) add(trusts(resource), PolicyDocument);
      for (const arn of Properties.ManagedPolicyArns ?? [])
        permissions.push({ who: trusts(resource), action: 'managed policy', resource: text(arn, template) });
    } else if (Type === 'AWS::IAM::ManagedPolicy' || Type === 'AWS::IAM::Policy') {
      for (const role of Properties.Roles) add(trusts(roleOf(role)), Properties.PolicyDocument);
    }
  }
  return permissions;
}

const EXECUTE_API =
  'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<AWS::ApiGateway::RestApi>/<AWS::ApiGateway::Stage>';
const KEY = '<AWS::KMS::Key>';
const TABLE = '<AWS::DynamoDB::Table>';
const TABLE_ARN = 'arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/<AWS::DynamoDB::Table>';
/** Ids of connections, which nobody knows ahead, on one stage. */
const CONNECTIONS = (method: string) =>
  `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<AWS::ApiGatewayV2::Api>/prod/${method}/@connections/*`;
const RELEASED_STAGE =
  'arn:<AWS::Partition>:apigateway:<AWS::Region>::/restapis/<AWS::ApiGateway::RestApi>/stages/prod';
const LEDGER =
  'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/apigateway/canary/<AWS::ApiGateway::RestApi>/prod';
const ALARM = 'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:<AWS::CloudWatch::Alarm>';
const ACCOUNT = 'arn:<AWS::Partition>:apigateway:<AWS::Region>::/account';
const ROOT = 'arn:<AWS::Partition>:iam::<AWS::AccountId>:root';

/**
 * All that roles of the examples may do: who takes the role on → action → resources, each with the reason of a wildcard. What
 * is not here is a finding, and so is what no example needs any more.
 */
const ALLOWED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'apigateway.amazonaws.com': {
    // Service integrations: the action of the route on the resource of the route.
    'dynamodb:DeleteItem': [TABLE, TABLE_ARN],
    'dynamodb:GetItem': [TABLE],
    'dynamodb:PutItem': [TABLE, TABLE_ARN],
    'dynamodb:Query': [`${TABLE}/index/by-customer`],
    'dynamodb:UpdateItem': [TABLE],
    'events:PutEvents': ['<AWS::Events::EventBus>'],
    'kinesis:PutRecord': ['<AWS::Kinesis::Stream>'],
    's3:GetObject': ['<AWS::S3::Bucket>/uploads/*'],
    's3:PutObject': ['<AWS::S3::Bucket>/uploads/*'],
    'sns:Publish': ['<AWS::SNS::Topic>'],
    'sqs:ReceiveMessage': ['<AWS::SQS::Queue>'],
    'sqs:SendMessage': ['<AWS::SQS::Queue>'],
    'states:DescribeExecution': [
      'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<AWS::StepFunctions::StateMachine>:*',
    ],
    'states:StartExecution': ['<AWS::StepFunctions::StateMachine>'],
    'states:StartSyncExecution': ['<AWS::StepFunctions::StateMachine>'],
    // Under a stage canary: the stable deployment calls versions that no template names any more.
    'lambda:InvokeFunction': ['<AWS::Lambda::Function>:*'],
    // The action knows no resource.
    'sts:GetCallerIdentity': ['*'],
    // Keys of those resources: grants of the CDK.
    'kms:Decrypt': [KEY],
    'kms:DescribeKey': [KEY],
    'kms:Encrypt': [KEY],
    'kms:GenerateDataKey': [KEY],
    'kms:ReEncryptFrom': [KEY],
    'kms:ReEncryptTo': [KEY],
    // The logging role of the account: API Gateway makes log groups of APIs yet to come, and refuses a role that may less.
    'logs:CreateLogGroup': ['*'],
    'logs:CreateLogStream': ['*'],
    'logs:DescribeLogGroups': ['*'],
    'logs:DescribeLogStreams': ['*'],
    'logs:FilterLogEvents': ['*'],
    'logs:GetLogEvents': ['*'],
    'logs:PutLogEvents': ['*'],
  },
  'lambda.amazonaws.com': {
    // The handler of account logging: one setting, and one role that it may hand on.
    // Those of a canary: one stage, its ledger, its alarm, its state machine, and whether its own stack is rolling back.
    'apigateway:GET': [ACCOUNT, RELEASED_STAGE],
    'apigateway:PATCH': [ACCOUNT, RELEASED_STAGE],
    'cloudformation:DescribeStacks': ['<AWS::StackId>'],
    'cloudwatch:DescribeAlarms': [ALARM],
    'ssm:GetParameter': [LEDGER],
    'ssm:PutParameter': [LEDGER],
    'states:StartExecution': ['<AWS::StepFunctions::StateMachine>'],
    'iam:PassRole': ['<AWS::IAM::Role>'],
    // Handlers of the library write to their own log group.
    'logs:CreateLogStream': ['<AWS::Logs::LogGroup>'],
    'logs:PutLogEvents': ['<AWS::Logs::LogGroup>'],
    // The broadcaster reads who is connected, forgets who is gone, and sends; its dead letters.
    'dynamodb:DeleteItem': [TABLE_ARN],
    'dynamodb:Query': [`${TABLE_ARN}/index/byUser`],
    'dynamodb:Scan': [TABLE_ARN],
    'execute-api:ManageConnections': ['DELETE', 'GET', 'POST'].map(CONNECTIONS),
    'sqs:SendMessage': ['<AWS::SQS::Queue>'],
    // Functions of the examples themselves.
    'lambda:InvokeFunction': ['<AWS::Lambda::Function>'],
    'managed policy': ['arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
  },
  // Callers of the examples: single routes, on single stages.
  [ROOT]: {
    'execute-api:InvalidateCache': [`${EXECUTE_API}/*`],
    'execute-api:Invoke': [`${EXECUTE_API}/*/catalogue/*`],
  },
  'ecs-tasks.amazonaws.com': { 'execute-api:Invoke': [`${EXECUTE_API}/GET/stock/*`] },
  'states.amazonaws.com': {
    'states:StartExecution': ['<AWS::StepFunctions::StateMachine>'],
    // The state machine of a release: its one function.
    'lambda:InvokeFunction': ['<AWS::Lambda::Function>'],
    // The state machine of an example: tracing, as the CDK grants it; X-Ray knows no resource.
    'xray:GetSamplingRules': ['*'],
    'xray:GetSamplingTargets': ['*'],
    'xray:PutTelemetryRecords': ['*'],
    'xray:PutTraceSegments': ['*'],
  },
};

const found = new Map<string, string[]>();
for (const [name, example] of Object.entries(EXAMPLES)) {
  const app = new App();
  example(app);
  for (const { template } of app.synth().stacks) {
    for (const { who, action, resource } of permissionsOf(template)) {
      const line = `${who}: ${action} on ${resource}`;
      found.set(line, [...(found.get(line) ?? []), name]);
    }
  }
}

test('roles of the examples may do what is listed here, and nothing else', () => {
  const allowed = Object.entries(ALLOWED).flatMap(([who, actions]) =>
    Object.entries(actions).flatMap(([action, resources]) =>
      resources.map((resource) => `${who}: ${action} on ${resource}`),
    ),
  );
  expect([...found.keys()].sort()).toEqual(allowed.sort());
});

test('no policy has a wildcard for an action', () => {
  expect([...found.keys()].filter((line) => /: [^ ]*\*[^ ]* on /.test(line))).toEqual([]);
});

test('a role is handed on to the service that it is for', () => {
  expect(handedOn.length).toBeGreaterThan(0);
  for (const condition of handedOn) {
    expect(condition).toEqual({ StringEquals: { 'iam:PassedToService': 'apigateway.amazonaws.com' } });
  }
});

test('a permission that nobody listed would be seen', () => {
  const trust = { Statement: [{ Principal: { Service: 'ec2.amazonaws.com' } }] };
  const statement = {
    Effect: 'Allow',
    Action: ['s3:*'],
    Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Files}/x' },
  };
  const Resources = {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statement } },
    },
    Files: { Type: 'AWS::S3::Bucket' },
  };
  expect(permissionsOf({ Resources })).toEqual([
    { who: 'ec2.amazonaws.com', action: 's3:*', resource: 'arn:<AWS::Partition>:s3:::<AWS::S3::Bucket>/x' },
  ]);
});
