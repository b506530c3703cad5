import { breaks, type Draft, findings, goodHttpResources, goodWebSocket, ids, keeps, type Json } from '../support';

const sub = (text: string): object => ({ 'Fn::Sub': text });
const arn = (rest: string): object =>
  sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${rest}`);
const permission = (changes: object) => ({ http: (draft: Draft) => draft.set('FnPermission', changes) });
const remove = (draft: Draft, ...names: string[]): void => {
  names.forEach((name) => delete (draft.resources as Partial<Json>)[name]);
};
/** Has all routes invoke an alias, and permits another or the same. */
const forAlias = (draft: Draft, qualifier: string, permitted: string): void => {
  const uri = sub(
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Fn.Arn}:${qualifier}/invocations`,
  );
  Object.assign(draft.sharedIntegration, draft.body ? { uri } : { IntegrationUri: uri });
  for (const name of Object.keys(draft.resources)) {
    const isOurs = draft.resources[name].Type.toString() === 'AWS::Lambda::Permission' && name !== 'CheckPermission';
    if (isOurs) {
      draft.set(name, { FunctionName: sub(`\${Fn.Arn}:${permitted}`) });
    }
  }
};

describe('ALL-AUTH33', () => {
  breaks('ALL-AUTH33', 'a function without permission', {
    http: (draft) => remove(draft, 'FnPermission'),
    webSocket: (draft) => remove(draft, 'FnConnect', 'FnDisconnect', 'FnDefault', 'FnSendMessage'),
  });
  breaks('ALL-AUTH33', 'a permission for other routes', {
    ...permission({ SourceArn: arn('*/*/customers*') }),
    webSocket: (draft) => draft.set('FnSendMessage', { SourceArn: arn('*/join') }),
  });
  breaks('ALL-AUTH33', 'a permission for another API of the templates', {
    webSocket: (draft) => {
      const expression = '$request.body.action';
      draft.add('Other', 'AWS::ApiGatewayV2::Api', {
        Name: 'other',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: expression,
      });
      draft.set('FnSendMessage', { SourceArn: sub('arn:aws:execute-api:eu-west-1:1:${Other}/*/sendMessage') });
    },
  });
  breaks('ALL-AUTH33', 'an authorizer that may not be asked', {
    webSocket: (draft) => remove(draft, 'CheckPermission'),
  });
  breaks('ALL-AUTH33', 'an alias whose function has a permission', {
    http: (draft) => forAlias(draft, 'live', 'other'),
    webSocket: (draft) => forAlias(draft, 'live', 'other'),
  });
  keeps('ALL-AUTH33', 'an alias with a permission', {
    http: (draft) => forAlias(draft, 'live', 'live'),
    webSocket: (draft) => forAlias(draft, 'live', 'live'),
  });
  keeps('ALL-AUTH33', 'a source that cannot be told', {
    ...permission({ SourceArn: { 'Fn::ImportValue': 'arn' } }),
    webSocket: (draft) => draft.set('FnSendMessage', { SourceArn: { 'Fn::ImportValue': 'arn' } }),
  });
  keeps('ALL-AUTH33', 'path variables as they are written', permission({ SourceArn: arn('*/*/orders*') }));
  keeps('ALL-AUTH33', 'credentials', {
    http: (draft) => {
      remove(draft, 'FnPermission');
      const role = { 'Fn::GetAtt': ['Role', 'Arn'] };
      Object.assign(draft.sharedIntegration, draft.body ? { credentials: role } : { CredentialsArn: role });
    },
  });
  test('ALL-AUTH33 names routes by their keys', () => {
    const draft = goodWebSocket();
    remove(draft, 'FnConnect', 'FnSendMessage');
    expect(findings(draft.template)).toMatchObject([
      {
        id: 'ALL-AUTH33',
        key: 'Fn',
        message: expect.stringContaining('$connect, sendMessage may not invoke Fn') as string,
      },
    ]);
  });
  test('ALL-AUTH33 asks for a permission of $default', () => {
    const draft = goodHttpResources();
    // With CORS, the preflights of an authorized catch-all would be a finding of their own.
    draft.unset('Api', 'CorsConfiguration');
    draft.add('Default', 'AWS::ApiGatewayV2::Route', { ...draft.props('ListOrders'), RouteKey: '$default' });
    expect(ids(findings(draft.template))).toEqual(['ALL-AUTH33']);
    draft.add('May', 'AWS::Lambda::Permission', { ...draft.props('FnPermission'), SourceArn: arn('*/$default') });
    expect(ids(findings(draft.template))).toEqual([]);
  });
});

describe('ALL-AUTH34', () => {
  const variable = { StageVariables: { alias: 'prod' } };
  const byStage = (permitted: string) => (draft: Draft) => {
    forAlias(draft, '${!stageVariables.alias}', permitted);
    draft.set('Stage', variable);
  };
  breaks('ALL-AUTH34', 'an alias from a stage variable without permission', {
    http: byStage('dev'),
    webSocket: byStage('dev'),
  });
  keeps('ALL-AUTH34', 'a permission for each value', { http: byStage('prod'), webSocket: byStage('prod') });
});

describe('who may invoke a function', () => {
  const open = { SourceArn: undefined };
  breaks('ALL-AUTH31', 'API Gateway of any account', {
    ...permission(open),
    webSocket: (draft) => draft.set('FnSendMessage', open),
  });
  keeps('ALL-AUTH31', 'the API Gateway of one account', {
    ...permission({ ...open, SourceAccount: '1' }),
    webSocket: (draft) => draft.set('FnSendMessage', { ...open, SourceAccount: '1' }),
  });
  breaks('ALL-AUTH32', 'every route', {
    ...permission({ SourceArn: arn('*/*') }),
    webSocket: (draft) => draft.set('FnSendMessage', { SourceArn: arn('*') }),
  });
  keeps('ALL-AUTH32', 'every route of a stage', {
    webSocket: (draft) => draft.set('FnSendMessage', { SourceArn: arn('prod/*') }),
  });
});

describe('credentials', () => {
  const credentials = (draft: Draft, value: unknown): void => {
    Object.assign(draft.sharedIntegration, draft.body ? { credentials: value } : { CredentialsArn: value });
  };
  const CALLER = 'arn:aws:iam::*:user/*';
  const iam = { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined, AuthorizationScopes: undefined };
  breaks('ALL-AUTH27', 'the caller of a route with tokens', {
    http: (draft) => credentials(draft, CALLER),
    webSocket: (draft) => credentials(draft, CALLER),
  });
  keeps('ALL-AUTH27', 'the caller of routes with IAM', {
    httpResources: (draft) => {
      credentials(draft, CALLER);
      ['ListOrders', 'CreateOrder', 'GetOrder'].forEach((route) => draft.set(route, iam));
      remove(draft, 'Authorizer');
    },
    webSocket: (draft) => {
      credentials(draft, CALLER);
      draft.set('Connect', iam);
      remove(draft, 'Authorizer', 'CheckPermission');
    },
  });
  keeps('ALL-AUTH27', 'a role', { http: (draft) => credentials(draft, { 'Fn::GetAtt': ['Role', 'Arn'] }) });

  const role = { 'Fn::GetAtt': ['Role', 'Arn'] };
  const queue = (draft: Draft, more: unknown, action: unknown = 'SQS-SendMessage'): void => {
    const common = { IntegrationSubtype: action, PayloadFormatVersion: '1.0', CredentialsArn: more };
    const inBody = { integrationSubtype: action, payloadFormatVersion: '1.0', credentials: more };
    const parameters = { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body.message' };
    if (draft.body) {
      Object.assign(draft.sharedIntegration, {
        ...inBody,
        uri: undefined,
        httpMethod: undefined,
        requestParameters: parameters,
      });
    } else {
      const none = { IntegrationUri: undefined, IntegrationMethod: undefined };
      Object.assign(draft.sharedIntegration, { ...common, ...none, RequestParameters: parameters });
    }
  };
  const queueOfMessages = (draft: Draft, more: unknown, uri: unknown): void => {
    draft.add('Enqueue', 'AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS',
      IntegrationUri: uri,
      IntegrationMethod: 'POST',
      CredentialsArn: more,
      TemplateSelectionExpression: '\\$default',
      RequestTemplates: { $default: 'Action=SendMessage' },
    });
    draft.add('EnqueueResponse', 'AWS::ApiGatewayV2::IntegrationResponse', {
      ApiId: { Ref: 'Api' },
      IntegrationId: { Ref: 'Enqueue' },
      IntegrationResponseKey: '$default',
    });
    draft.set('SendMessage', { Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Enqueue' }]] } });
  };
  const sqs = sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:sqs:path/1/orders');
  breaks('ALL-IAM2', 'a queue without a role', {
    http: (draft) => queue(draft, undefined),
    webSocket: (draft) => queueOfMessages(draft, undefined, sqs),
  });
  keeps('ALL-IAM2', 'a queue with a role', {
    http: (draft) => queue(draft, role),
    webSocket: (draft) => queueOfMessages(draft, role, sqs),
  });
  keeps('ALL-IAM2', 'a service that cannot be told', {
    http: (draft) => queue(draft, undefined, { Ref: 'Action' }),
    webSocket: (draft) => queueOfMessages(draft, undefined, { 'Fn::ImportValue': 'uri' }),
  });

  const trust = {
    Statement: { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
  };
  const withRole = (resource: unknown) => (draft: Draft) => {
    const PolicyDocument = { Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: resource } };
    draft.add('Sender', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyDocument }] });
  };
  breaks('ALL-IAM1', 'a role for every queue', { http: withRole('*'), webSocket: withRole('*') });
  keeps('ALL-IAM1', 'a role for one queue', {
    http: withRole({ 'Fn::GetAtt': ['Queue', 'Arn'] }),
    webSocket: withRole({ 'Fn::GetAtt': ['Queue', 'Arn'] }),
  });
});

describe('WS-IAM3', () => {
  const statement = (Resource: unknown, more: object = {}): object => ({
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource, ...more }] },
  });
  const policy = (resource: unknown, more: object = {}) => ({
    webSocket: (draft: Draft) =>
      draft.add('Policy', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], ...statement(resource, more) }),
  });
  for (const wide of ['*', 'arn:aws:execute-api:*:*:*', 'arn:aws:execute-api:eu-west-1:1:*/@connections/*']) {
    breaks('WS-IAM3', wide, policy(wide));
  }
  breaks(
    'WS-IAM3',
    'every API of the account',
    policy(sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:*/*')),
  );
  for (const type of ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group']) {
    breaks('WS-IAM3', `a policy inside of ${type}`, {
      webSocket: (draft) => draft.add('Sender', type, { Policies: [statement('*')] }),
    });
  }
  breaks('WS-IAM3', 'a managed policy', {
    webSocket: (draft) => draft.add('Policy', 'AWS::IAM::ManagedPolicy', statement('*')),
  });
  keeps('WS-IAM3', 'the connections of the API', policy(arn('prod/POST/@connections/*')));
  keeps('WS-IAM3', 'a condition', policy('*', { Condition: { StringEquals: { 'aws:ResourceTag/app': 'chat' } } }));
  keeps('WS-IAM3', 'what is denied', policy('*', { Effect: 'Deny' }));
  keeps('WS-IAM3', 'what only the deployment knows', policy({ 'Fn::ImportValue': 'connections' }));
  keeps('WS-IAM3', 'another action', policy('*', { Action: 'execute-api:InvalidateCache' }));
});

describe('REST-KEY1 of a WebSocket API', () => {
  const plan = (...ApiStages: object[]) => ({
    webSocket: (draft: Draft) => {
      draft.set('Connect', { ApiKeyRequired: true });
      if (ApiStages.length > 0) {
        draft.add('Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages, Throttle: { RateLimit: 1, BurstLimit: 1 } });
      }
    },
  });
  const Api = { Ref: 'Api' };
  breaks('REST-KEY1', 'keys without a plan', plan());
  breaks('REST-KEY1', 'a plan for another stage', plan({ ApiId: Api, Stage: 'dev' }));
  keeps('REST-KEY1', 'a plan that names the stage', plan({ ApiId: Api, Stage: 'prod' }));
  keeps('REST-KEY1', 'a plan that refers to the stage', plan({ ApiId: Api, Stage: { Ref: 'Stage' } }));
  keeps('REST-KEY1', 'a plan that cannot be told', plan({ ApiId: { 'Fn::ImportValue': 'api' }, Stage: 'prod' }));
  keeps('REST-KEY1', 'a key that only the deployment knows', {
    webSocket: (draft) => draft.set('Connect', { ApiKeyRequired: { Ref: 'Keys' } }),
  });
});

describe('ALL-AUTH30', () => {
  const variable = (name: string, value: unknown) => {
    const change = (draft: Draft): void => draft.set('Stage', { StageVariables: { [name]: value } });
    return { http: change, webSocket: change };
  };
  breaks('ALL-AUTH30', 'a password', variable('dbPassword', 'hunter2hunter2'));
  breaks('ALL-AUTH30', 'an access key', variable('upstream', 'AKIAABCDEFGHIJKLMNOP'));
  keeps(
    'ALL-AUTH30',
    'the ARN of a secret',
    variable('secretArn', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'),
  );
  keeps('ALL-AUTH30', 'a reference', variable('password', { Ref: 'Secret' }));
  test('ALL-AUTH30 points to the variable', () => {
    const draft = goodHttpResources();
    draft.set('Stage', { StageVariables: { dbPassword: 'hunter2hunter2' } });
    expect(findings(draft.template)).toMatchObject([
      { path: 'Properties.StageVariables.dbPassword', key: 'dbPassword' },
    ]);
  });
});
