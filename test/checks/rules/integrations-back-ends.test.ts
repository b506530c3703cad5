import { breaks, type Draft, findings, goodResources, keeps, type Json } from '../support';

/** The same change to the integration of GET /orders/{id}, in the words of each form. */
const call = (
  resources: object,
  body: object,
): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
  resources: (draft) => Object.assign(draft.integration, resources),
  body: (draft) => Object.assign(draft.call('get', '/orders/{id}'), body),
});
const http = (uri: unknown, more: object = {}): ReturnType<typeof call> => ({
  resources: (draft) =>
    Object.assign(draft.integration, { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: uri, ...more }),
  body: (draft) => Object.assign(draft.call('get', '/orders/{id}'), { type: 'http_proxy', httpMethod: 'GET', uri }),
});

describe('ALL-INT3', () => {
  const runs = (seconds: unknown, more: object = {}) => ({
    both: (draft: Draft) => {
      draft.set('Fn', { Timeout: seconds });
      Object.assign(draft.body ? {} : draft.integration, more);
    },
  });
  breaks('ALL-INT3', 'a function that may run for longer than anybody waits', runs(30));
  breaks('ALL-INT3', 'a short wait', call({ TimeoutInMillis: 5000 }, { timeoutInMillis: 5000 }));
  breaks('ALL-INT3', 'the three seconds of Lambda', {
    resources: (draft) => {
      draft.unset('Fn', 'Timeout');
      draft.integration.TimeoutInMillis = 2000 as unknown as Json;
    },
  });
  keeps('ALL-INT3', 'as long as API Gateway waits', runs(29));
  keeps('ALL-INT3', 'a function from a parameter', runs({ Ref: 'Timeout' }));
  keeps('ALL-INT3', 'calls that nobody waits for', {
    resources: (draft) => {
      draft.set('Fn', { Timeout: 900 });
      for (const name of ['ListOrders', 'CreateOrder', 'GetOrder']) {
        Object.assign(draft.props(name).Integration, {
          RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
        });
      }
    },
  });

  test('is found once a function', () => {
    const draft = goodResources();
    draft.set('Fn', { Timeout: 60 });
    expect(findings(draft.template)).toMatchObject([
      { id: 'ALL-INT3', severity: 'warning', message: expect.stringMatching(/29000 ms for Fn, .* 60 s \(as do/) },
    ]);
  });
});

describe('responses and templates', () => {
  breaks('REST-INT6', 'a method that leads nowhere', {
    resources: (draft) => {
      draft.narrow.CachingEnabled = false as unknown as Json;
      draft.unset('GetOrder', 'Integration');
    },
  });
  keeps('REST-INT6', 'an integration that cannot be told', {
    resources: (draft) => draft.set('GetOrder', { Integration: { 'Fn::ImportValue': 'integration' } }),
  });

  breaks('REST-INT9', 'a custom integration that answers nothing', call({ Type: 'AWS' }, { type: 'aws' }));
  keeps('REST-INT9', 'responses that cannot be told', {
    ...call(
      { Type: 'AWS', IntegrationResponses: { 'Fn::ImportValue': 'x' } },
      { type: 'aws', responses: { 'Fn::ImportValue': 'x' } },
    ),
  });

  const template = { 'application/json': '{}' };
  breaks('REST-INT11', 'a template behind a proxy', {
    resources: (draft) => {
      draft.set('GetOrder', { MethodResponses: [{ StatusCode: '200' }] });
      draft.integration.IntegrationResponses = [{ StatusCode: '200', ResponseTemplates: template }] as unknown as Json;
    },
    body: (draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), {
        responses: { default: { statusCode: '200', responseTemplates: template } },
      }),
  });
  keeps('REST-INT11', 'the bare status that exports write', {
    body: (draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), { responses: { default: { statusCode: '200' } } }),
  });

  const post = (more: object) => ({
    resources: (draft: Draft) => {
      draft.set('CreateOrder', { MethodResponses: [{ StatusCode: '200' }] });
      Object.assign(draft.props('CreateOrder').Integration, {
        Type: 'AWS',
        IntegrationResponses: [{ StatusCode: '200' }],
        RequestTemplates: template,
        ...more,
      });
    },
  });
  const also = ['REST-CORS6'];
  breaks('REST-INT12', 'the default', { also, ...post({}) });
  breaks('REST-INT12', 'it said aloud', { also, ...post({ PassthroughBehavior: 'WHEN_NO_MATCH' }) });
  keeps('REST-INT12', 'a refusal', { also, ...post({ PassthroughBehavior: 'NEVER' }) });
  keeps('REST-INT12', 'a refusal where there is a template', {
    also,
    ...post({ PassthroughBehavior: 'WHEN_NO_TEMPLATES' }),
  });
  keeps('REST-INT12', 'an integration without templates', { also, ...post({ RequestTemplates: undefined }) });
});

describe('back ends', () => {
  breaks('ALL-INT13', 'no TLS', { also: ['REST-SSL1'], ...http('http://example.com/orders') });
  keeps('ALL-INT13', 'TLS', http('https://example.com/orders'));
  keeps('ALL-INT13', 'a host from elsewhere', http({ 'Fn::ImportValue': 'url' }));

  for (const port of [81, 1023, 65536]) {
    breaks('REST-INT15', `port ${port}`, http(`https://example.com:${port}/orders`));
  }
  for (const port of [80, 443, 1024, 65535]) {
    keeps('REST-INT15', `port ${port}`, http(`https://example.com:${port}`));
  }
  keeps('REST-INT15', 'a colon in the path', http('https://example.com/orders:81'));
});

describe('private integrations', () => {
  const v1 = (draft: Draft, targets: unknown = [{ Ref: 'Balancer' }], type = 'network'): void => {
    draft.add('Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: type });
    draft.add('Link', 'AWS::ApiGateway::VpcLink', { Name: 'link', TargetArns: targets });
  };
  const v2 = (draft: Draft, more: object = {}): void =>
    draft.add('Link', 'AWS::ApiGatewayV2::VpcLink', {
      Name: 'link',
      SubnetIds: ['subnet-1'],
      SecurityGroupIds: ['sg-1'],
      ...more,
    });
  const through = (link: (draft: Draft) => void, more: object, uri = 'https://orders.example.com') => ({
    resources: (draft: Draft) => {
      link(draft);
      http(uri, { ConnectionType: 'VPC_LINK', ConnectionId: { Ref: 'Link' }, ...more }).resources(draft);
    },
  });
  const target = { IntegrationTarget: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x/1' };

  breaks('ALL-INT14', 'no TLS', through(v2, target, 'http://orders.example.com'));
  keeps('ALL-INT14', 'TLS', through(v2, target));

  const linked = (more: object) => through((draft) => v2(draft, more), target);
  const subnets = (count: number) => Array.from({ length: count }, (_, i) => ({ Ref: `Subnet${i}` }));
  breaks('V2-INT24', 'a link without security group', linked({ SecurityGroupIds: undefined }));
  breaks('V2-INT24', 'eleven subnets', linked({ SubnetIds: subnets(11) }));
  keeps('V2-INT24', 'ten subnets', linked({ SubnetIds: subnets(10) }));
  keeps('V2-INT24', 'security groups from elsewhere', linked({ SecurityGroupIds: { 'Fn::ImportValue': 'groups' } }));
  breaks('ALL-INT21', 'no link', through(v2, { ...target, ConnectionId: undefined }));
  breaks('ALL-INT21', 'a link V2 without target', through(v2, {}));
  breaks('ALL-INT21', 'a link V1 with a target', through(v1, target));
  keeps('ALL-INT21', 'a link V1 without target', through(v1, {}));
  keeps('ALL-INT21', 'a link from elsewhere', through(v2, { ConnectionId: { 'Fn::ImportValue': 'link' } }));

  breaks('REST-INT22', 'two targets', { both: (draft) => v1(draft, [{ Ref: 'Balancer' }, { Ref: 'Balancer' }]) });
  breaks('REST-INT22', 'an Application Load Balancer', { both: (draft) => v1(draft, undefined, 'application') });
  breaks('REST-INT22', 'the ARN of one', { both: (draft) => v1(draft, [target.IntegrationTarget]) });
  keeps('REST-INT22', 'a Network Load Balancer', { both: (draft) => v1(draft) });
  keeps('REST-INT22', 'targets from elsewhere', { both: (draft) => v1(draft, { 'Fn::ImportValue': 'targets' }) });

  breaks('REST-INT23', 'a link V1', { both: (draft) => v1(draft) });
  keeps('REST-INT23', 'a link V2', { both: v2 });

  breaks('REST-INT27', 'a Cloud Map service of the templates', {
    ...through(
      (draft) => {
        v2(draft);
        draft.add('Service', 'AWS::ServiceDiscovery::Service', {});
      },
      { IntegrationTarget: { 'Fn::GetAtt': ['Service', 'Arn'] } },
    ),
  });
  breaks('REST-INT27', 'the ARN of one', {
    ...through(v2, { IntegrationTarget: 'arn:aws:servicediscovery:eu-west-1:1:service/srv-1' }),
  });
  keeps('REST-INT27', 'a load balancer from elsewhere', {
    ...through(v2, { IntegrationTarget: { 'Fn::ImportValue': 'target' } }),
  });
});

describe('ALL-INT25', () => {
  const workflow = (type: string | undefined, action: string) => ({
    resources: (draft: Draft) => {
      draft.add('Flow', 'AWS::StepFunctions::StateMachine', { StateMachineType: type });
      draft.set('GetOrder', { MethodResponses: [{ StatusCode: '200' }] });
      Object.assign(draft.integration, {
        Type: 'AWS',
        Uri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:states:action/${action}` },
        Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] },
        IntegrationResponses: [{ StatusCode: '200' }],
        RequestTemplates: {
          'application/json': { 'Fn::Join': ['', ['{"stateMachineArn": "', { Ref: 'Flow' }, '"}']] },
        },
      });
    },
  });
  breaks('ALL-INT25', 'a standard workflow', workflow('STANDARD', 'StartSyncExecution'));
  breaks('ALL-INT25', 'a workflow of no type', workflow(undefined, 'StartSyncExecution'));
  keeps('ALL-INT25', 'an express workflow', workflow('EXPRESS', 'StartSyncExecution'));
  keeps('ALL-INT25', 'a standard workflow that is started', workflow('STANDARD', 'StartExecution'));
});
