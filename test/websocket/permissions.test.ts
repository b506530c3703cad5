import { type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { WebSocketAuthorizer, type WebSocketGateway, WebSocketIntegration } from '../../lib';
import { fn, type Json, resource, templateOf } from '../support/stacks';
import { deployed } from '../support/velocity';
import { gateway, mock } from './support';

function sourceArn(keys: string[], stages: Parameters<typeof gateway>[0] = {}): string {
  const { stack, api } = gateway({ routes: {}, ...stages });
  const handler = fn(stack, 'Handler');
  if (!keys.includes('$connect')) api.addRoute('$connect', { integration: mock });
  for (const key of keys) api.addRoute(key, { integration: WebSocketIntegration.lambda(handler) });
  const { SourceArn } = resource(templateOf(stack), 'AWS::Lambda::Permission').Properties;
  return deployed(SourceArn).replace(/^arn:aws:execute-api:eu-west-1:123456789012:Api\w+\//, '');
}

test.each<[string[], string]>([
  [['$connect'], 'prod/$connect'],
  [['$connect', '$disconnect'], 'prod/$*connect'],
  [['chat/join', 'chat/leave'], 'prod/chat/*'],
  [['$default', 'send'], 'prod/*'],
])('a function of the routes %s is permitted for %s', (keys, pattern) => {
  expect(sourceArn(keys)).toBe(pattern);
});

test('a function that several stages call is permitted for all', () => {
  expect(sourceArn(['send'], { stages: { dev: {}, prod: {} } })).toBe('*/send');
});

describe('grants', () => {
  const granted = (
    grant: (api: WebSocketGateway, role: Role) => void,
    props: Parameters<typeof gateway>[0] = {},
  ): Json[] => {
    const { stack, api } = gateway({ stages: { dev: {}, prod: { stageName: 'live' } }, ...props });
    grant(api, new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    const { Statement } = resource(templateOf(stack), 'AWS::IAM::Policy').Properties.PolicyDocument;
    return JSON.parse(JSON.stringify(deployed(Statement)).replace(/:execute-api:[^/]*/g, ''));
  };

  test('connections are managed on exact stages, by exact methods', () => {
    expect(granted((api, role) => api.grantManageConnections(role, { stages: ['prod'] }))).toEqual([
      {
        Action: 'execute-api:ManageConnections',
        Effect: 'Allow',
        Resource: ['POST', 'GET', 'DELETE'].map((method) => `arn:aws/live/${method}/@connections/*`),
      },
    ]);
    expect(granted((api, role) => api.grantManageConnections(role, { methods: ['POST'] }))[0].Resource).toEqual([
      'arn:aws/dev/POST/@connections/*',
      'arn:aws/live/POST/@connections/*',
    ]);
  });

  test('callers may connect and send', () => {
    expect(granted((api, role) => api.grantExecute(role, { stages: ['dev'] }))).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws/dev/*' },
    ]);
  });

  test.each<[string, (api: WebSocketGateway, role: Role) => void, RegExp]>([
    [
      'a stage that is not there',
      (api, role) => api.grantManageConnections(role, { stages: ['prd'] }),
      /grantManageConnections: there is no stage "prd".*Did you mean "prod"/,
    ],
    [
      'no stage',
      (api, role) => api.grantManageConnections(role, { stages: [] }),
      /stages is empty, so nothing would be granted/,
    ],
    [
      'no method',
      (api, role) => api.grantManageConnections(role, { methods: [] }),
      /methods is empty, so nothing would be granted/,
    ],
    [
      'another method',
      (api, role) => api.grantManageConnections(role, { methods: ['PUT'] }),
      /"PUT" is nothing that connections have/,
    ],
  ])('errors: %s', (_name, grant, message) => expect(() => granted(grant)).toThrow(message));

  test('no IAM policy opens what a function decides', () => {
    expect(() =>
      granted((api, role) => api.grantExecute(role), { defaultAuthorizer: WebSocketAuthorizer.none('test') }),
    ).toThrow(
      /grantExecute: route "\$connect" has an authorizer of kind "none", for which an IAM policy has no effect/,
    );
  });
});

describe('metrics', () => {
  const { stack, api } = gateway({ stages: { dev: { detailedMetrics: false }, prod: {} } });
  api.addRoute('send', { integration: mock });
  const shown = ({ metricName, dimensions, statistic }: Metric) => [metricName, stack.resolve(dimensions), statistic];
  const ApiId = stack.resolve(api.apiId);
  const Stage = stack.resolve(api.cfnStage('prod').ref);

  test('of the API, a stage and a route, by the documented dimensions', () => {
    expect(shown(api.metricMessageCount())).toEqual(['MessageCount', { ApiId }, 'Sum']);
    expect(shown(api.stage('prod').metricConnectCount())).toEqual(['ConnectCount', { ApiId, Stage }, 'Sum']);
    const route = api.stage('prod').route('send');
    expect(shown(route.metricIntegrationLatency())).toEqual([
      'IntegrationLatency',
      { ApiId, Stage, Method: 'send', Resource: 'send' },
      'Average',
    ]);
    expect(
      [route.metricClientError(), route.metricExecutionError(), route.metricIntegrationError()].map(shown),
    ).toEqual(
      ['ClientError', 'ExecutionError', 'IntegrationError'].map((name) => [
        name,
        { ApiId, Stage, Method: 'send', Resource: 'send' },
        'Sum',
      ]),
    );
  });

  test('errors', () => {
    expect(() => api.stage('prd')).toThrow(/has no stage "prd"/);
    expect(() => api.route('send').metricClientError()).toThrow(/there are 2; write route\.onStage\('dev'\)/);
    expect(() => api.stage('prod').route('sned')).toThrow(/there is no route "sned" \(yet\)\. Did you mean "send"/);
    expect(() => api.stage('dev').route('send').metricClientError()).toThrow(/stage "dev" has no metrics of routes/);
  });
});
