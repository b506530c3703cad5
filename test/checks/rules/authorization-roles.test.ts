import { readModel } from '../../../lib/template/read';
import { runRules } from '../../../lib/checks/run';
import { breaks, type Draft, findings, goodResources, keeps, type Json, source } from '../support';

const arn = (rest: string): object => ({
  'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${rest}`,
});
const lambdaAuthorizer =
  (changes: object, methods = ['ListOrders', 'CreateOrder', 'GetOrder']) =>
  (draft: Draft) => {
    draft.resources.Authorizer.Properties = {
      RestApiId: { Ref: 'Api' },
      Name: 'tokens',
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerUri: draft.integration.Uri,
      ...changes,
    } as unknown as Json;
    methods.forEach((method) => draft.set(method, { AuthorizationType: 'CUSTOM' }));
    for (const method of ['ListOrders', 'CreateOrder', 'GetOrder'].filter((one) => !methods.includes(one))) {
      draft.set(method, { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined });
    }
    draft.add('MayAsk', 'AWS::Lambda::Permission', {
      ...draft.props('FnPermission'),
      SourceArn: arn('authorizers/*'),
    });
  };

describe('ALL-AUTH9', () => {
  const other = (draft: Draft, owner: unknown): void => {
    draft.add('Other', 'AWS::ApiGateway::RestApi', { ...draft.props('Api'), Name: 'other' });
    draft.add('OtherUsers', 'AWS::ApiGateway::Authorizer', { ...draft.props('Authorizer'), RestApiId: owner });
    draft.set('GetOrder', { AuthorizerId: { Ref: 'OtherUsers' } });
  };
  breaks('ALL-AUTH9', 'an authorizer of another API', {
    also: ['ALL-AUTH22'],
    resources: (draft) => other(draft, { Ref: 'Other' }),
  });
  keeps('ALL-AUTH9', 'a second authorizer of the same API', { resources: (draft) => other(draft, { Ref: 'Api' }) });
  keeps('ALL-AUTH9', 'an authorizer whose API cannot be told', {
    resources: (draft) => other(draft, { 'Fn::ImportValue': 'api' }),
  });
});

describe('Lambda authorizers', () => {
  breaks('REST-AUTH15', 'a cached authorizer of several routes', { resources: lambdaAuthorizer({}) });
  keeps('REST-AUTH15', 'an authorizer without a cache', {
    resources: lambdaAuthorizer({ AuthorizerResultTtlInSeconds: 0 }),
  });
  keeps('REST-AUTH15', 'an authorizer of one route', { resources: lambdaAuthorizer({}, ['GetOrder']) });

  breaks('REST-AUTH23', 'an expression on a request', {
    resources: lambdaAuthorizer({ Type: 'REQUEST', IdentityValidationExpression: '^Bearer .+$' }),
  });
  keeps('REST-AUTH23', 'an expression on a token', {
    resources: lambdaAuthorizer({ IdentityValidationExpression: '^Bearer .+$' }),
  });
});

describe('credentials', () => {
  const credentials = (value: unknown, type?: string) => ({
    resources: (draft: Draft) => {
      Object.assign(draft.integration, { Credentials: value });
      if (type !== undefined) {
        draft.set('GetOrder', { AuthorizationType: type, AuthorizerId: undefined });
        draft.narrow.CachingEnabled = false as unknown as Json;
      }
    },
  });
  breaks('ALL-AUTH27', 'the caller of a route for users of a pool', {
    ...credentials('arn:aws:iam::*:user/*'),
    body: (draft) => Object.assign(draft.call('get', '/orders/{id}'), { credentials: 'arn:aws:iam::*:user/*' }),
  });
  keeps('ALL-AUTH27', 'the caller of a route with IAM', credentials('arn:aws:iam::*:user/*', 'AWS_IAM'));
  keeps('ALL-AUTH27', 'a role', credentials({ 'Fn::GetAtt': ['Role', 'Arn'] }));

  const queue = (more: object, service = 'sqs', action = 'path/1/orders') => ({
    resources: (draft: Draft) =>
      draft.set('GetOrder', {
        MethodResponses: [{ StatusCode: '200' }],
        Integration: {
          ...draft.integration,
          Type: 'AWS',
          Uri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${service}:${action}` },
          IntegrationResponses: [{ StatusCode: '200' }],
          ...more,
        },
      }),
  });
  breaks('ALL-IAM2', 'a queue without a role', queue({}));
  breaks('ALL-IAM2', 'a bucket by its host name without a role', queue({}, 'orders.s3', 'path/{id}'));
  keeps('ALL-IAM2', 'a queue with a role', queue({ Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] } }));
  keeps('ALL-IAM2', 'a service that cannot be told', queue({ Uri: { 'Fn::ImportValue': 'uri' } }));
  keeps('ALL-IAM2', 'a function, which lets the API in itself', {
    resources: (draft) => {
      const { Uri } = draft.integration;
      queue({ Uri }).resources(draft);
    },
  });
});

describe('permissions of functions', () => {
  const permission = (changes: object) => ({ both: (draft: Draft) => draft.set('FnPermission', changes) });
  breaks('ALL-AUTH31', 'API Gateway of any account', { both: (draft) => draft.unset('FnPermission', 'SourceArn') });
  keeps('ALL-AUTH31', 'the API Gateway of one account', permission({ SourceArn: undefined, SourceAccount: '1' }));
  keeps('ALL-AUTH31', 'a source from elsewhere', permission({ SourceArn: { 'Fn::ImportValue': 'arn' } }));

  for (const rest of ['*', '*/*', '*/*/*']) {
    breaks('ALL-AUTH32', `every route (${rest})`, permission({ SourceArn: arn(rest) }));
  }
  for (const rest of ['prod/*/*', '*/*/orders*', '*/GET/*']) {
    const also = rest === '*/GET/*' ? ['ALL-AUTH33'] : [];
    keeps('ALL-AUTH32', `some routes (${rest})`, { also, ...permission({ SourceArn: arn(rest) }) });
  }
});

describe('ALL-IAM1', () => {
  const trust = (service: string): object => ({
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
  const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
    Statement: { Effect: 'Allow', Action, Resource, ...more },
  });
  const role = (document: object, service = 'apigateway.amazonaws.com') => ({
    both: (draft: Draft) =>
      draft.set('Role', {
        AssumeRolePolicyDocument: trust(service),
        Policies: [{ PolicyName: 'p', PolicyDocument: document }],
      }),
  });
  breaks('ALL-IAM1', 'every action of a service', role(allow('sqs:*', 'arn:aws:sqs:eu-west-1:1:orders')));
  breaks('ALL-IAM1', 'one action on everything', role(allow(['sqs:SendMessage'], ['*'])));
  breaks('ALL-IAM1', 'a policy that names the role', {
    both: (draft) => {
      draft.set('Role', { AssumeRolePolicyDocument: trust('apigateway.amazonaws.com') });
      draft.add('Policy', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: allow('*', '*') });
    },
  });
  breaks('ALL-IAM1', 'a managed policy that the role names', {
    both: (draft) => {
      draft.set('Role', {
        AssumeRolePolicyDocument: trust('apigateway.amazonaws.com'),
        ManagedPolicyArns: [{ Ref: 'Managed' }],
      });
      draft.add('Managed', 'AWS::IAM::ManagedPolicy', { PolicyDocument: allow('lambda:InvokeFunction', '*') });
    },
  });
  keeps('ALL-IAM1', 'one action on one resource', role(allow('sqs:SendMessage', { 'Fn::ImportValue': 'queue' })));
  keeps('ALL-IAM1', 'actions that know no resource', role(allow(['logs:PutLogEvents', 'sqs:ListQueues'], '*')));
  keeps('ALL-IAM1', 'a condition', role(allow('sqs:*', '*', { Condition: { Bool: { 'aws:SecureTransport': true } } })));
  keeps('ALL-IAM1', 'a role of another service', role(allow('*', '*'), 'lambda.amazonaws.com'));
});

test('ALL-IAM1 tells the statement and the role', () => {
  const draft = goodResources();
  draft.set('Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: ['apigateway.amazonaws.com'] }, Action: 'sts:AssumeRole' }],
    },
  });
  draft.add('Policy', 'AWS::IAM::Policy', {
    Roles: [{ Ref: 'Role' }],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: 'x' }] },
  });
  expect(findings(draft.template)).toMatchObject([
    { logicalId: 'Policy', path: 'Properties.PolicyDocument.Statement.0', message: expect.stringContaining('Role, ') },
  ]);
  expect(runRules(readModel([source({ Resources: { Policy: draft.resources.Policy } })]))).toEqual([]);
});
