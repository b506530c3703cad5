import { Duration, type Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  HttpPayloadFormatVersion,
  LambdaCanary,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { synth } from '../checks/plugin-support';
import { newStack } from '../contract/support';
import { fn, ids, type Json, resource, templateOf } from '../support/stacks';
import { cfnValidateFindings, nagFindings } from '../support/strict';
import { cycleOf, versioned } from './support';

const shift = () => LambdaCanary.canary(10, Duration.minutes(5));
const open = 'a test';

const rest = (scope: Construct, id: string, integration: RestIntegration, topic?: Topic) =>
  new RestGateway(scope, id, {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none(open),
    routes: { 'GET /x': { integration } },
    alarms: topic && { topic },
  });
const http = (scope: Construct, id: string, integration: HttpIntegration, topic?: Topic) =>
  new HttpGateway(scope, id, {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /x': { integration } },
    alarms: topic && { topic },
  });
const webSocket = (scope: Construct, id: string, connect: WebSocketIntegration, message = connect) =>
  new WebSocketGateway(scope, id, {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: { integration: connect }, $default: { integration: message } },
  });

test('REST APIs: an integration with templates of its own calls the alias too', () => {
  const stack = newStack();
  const canary = shift();
  const handler = versioned(stack);
  const api = rest(stack, 'Api', RestIntegration.lambda(handler, { canary }));
  const integration = RestIntegration.lambdaCustom(handler, {
    canary,
    requestTemplates: { 'application/json': '{}' },
    responses: [{ statusCode: 200 }],
  });
  api.addRoute('GET /y', { integration });
  const template = templateOf(stack);
  const { paths } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
  const { uri, type } = paths['/y'].get['x-amazon-apigateway-integration'];
  expect([type, uri['Fn::Sub']]).toEqual(['aws', expect.stringMatching(/:live\/invocations$/)]);
  expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(1);
});

describe('HTTP APIs', () => {
  test('a role may invoke the alias and nothing else', () => {
    const stack = newStack();
    const credentialsRole = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    http(stack, 'Api', HttpIntegration.lambda(versioned(stack), { credentialsRole, canary: shift() }));
    const template = templateOf(stack);
    expect(ids(template, 'AWS::Lambda::Permission')).toEqual([]);
    expect(resource(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: ids(template, 'AWS::Lambda::Alias')[0] } },
    ]);
    expect(cycleOf(template)).toBeUndefined();
  });

  test('routes share the integration, named after the function, and it keeps what else it was told', () => {
    const stack = newStack();
    const integration = HttpIntegration.lambda(versioned(stack), {
      canary: shift(),
      payloadFormatVersion: HttpPayloadFormatVersion.V1_0,
    });
    http(stack, 'Api', integration).addRoute('POST /x', { integration });
    const { components } = resource(templateOf(stack), 'AWS::ApiGatewayV2::Api').Properties.Body;
    expect(components['x-amazon-apigateway-integrations']).toEqual({
      Handler: expect.objectContaining({ payloadFormatVersion: '1.0' }),
    });
  });
});

describe('WebSocket APIs', () => {
  const uris = (template: Json) =>
    ids(template, 'AWS::ApiGatewayV2::Integration').map((id) =>
      JSON.stringify(template.Resources[id].Properties.IntegrationUri),
    );

  test('routes share one integration', () => {
    const stack = newStack();
    const handler = versioned(stack);
    const canary = shift();
    const [connect, message] = [1, 2].map(() => WebSocketIntegration.lambda(handler, { canary }));
    webSocket(stack, 'Api', connect, message);
    expect(uris(templateOf(stack))).toEqual([expect.stringContaining(':live/invocations')]);
  });

  test('a route with a canary and one without call the same function by integrations of their own', () => {
    const stack = newStack();
    const handler = versioned(stack);
    const shifted = WebSocketIntegration.lambda(handler, { canary: shift() });
    webSocket(stack, 'Api', WebSocketIntegration.lambda(handler), shifted);
    const found = uris(templateOf(stack));
    expect(found.map((uri) => uri.includes(':live/')).sort()).toEqual([false, true]);
    expect(ids(templateOf(stack), 'AWS::Lambda::Permission')).toHaveLength(2);
  });
});

describe('several APIs of one function', () => {
  const built = (order: readonly ('rest' | 'http')[]) => {
    const stack = newStack();
    const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111111111111:t') as Topic;
    const handler = versioned(stack);
    const canary = shift();
    const make = {
      rest: () => rest(stack, 'Rest', RestIntegration.lambda(handler, { canary }), topic),
      http: () => http(stack, 'Http', HttpIntegration.lambda(handler, { canary }), topic),
    };
    order.forEach((kind) => make[kind]());
    return templateOf(stack);
  };

  test('one alias for all, watched by the alarms of all, whatever came first', () => {
    const template = built(['rest', 'http']);
    expect(ids(template, 'AWS::Lambda::Alias')).toHaveLength(1);
    const { Alarms } = resource(template, 'AWS::CodeDeploy::DeploymentGroup').Properties.AlarmConfiguration;
    expect(Alarms.map(({ Name }: Json) => Name.Ref)).toEqual([
      expect.stringMatching(/^HttpAlarms.*ServerErrors/),
      expect.stringMatching(/^RestAlarms.*ServerErrors/),
    ]);
    expect(cycleOf(template)).toBeUndefined();
    const own = ({ Resources }: Json) => Object.entries(Resources).filter(([id]) => /^HandlerLambdaCanary/.test(id));
    expect(own(built(['http', 'rest']))).toEqual(own(template));
  });
});

test('nothing is found: by the checks, CloudFormation Validate, and the rule packs on what is made here', () => {
  const stack: Stack = newStack();
  const hooks = { preHook: fn(stack, 'Before'), postHook: fn(stack, 'After') };
  const canary = LambdaCanary.linear(10, Duration.minutes(1), hooks);
  const handler = versioned(stack);
  rest(stack, 'Rest', RestIntegration.lambda(handler, { canary }));
  http(stack, 'Http', HttpIntegration.lambda(handler, { canary }));
  webSocket(stack, 'Chat', WebSocketIntegration.lambda(handler, { canary }));
  const app = stack.node.root as Parameters<typeof nagFindings>[0];
  expect(nagFindings(app).filter(({ path }) => path.includes('/LambdaCanary/'))).toEqual([]);
  expect(cfnValidateFindings(JSON.stringify(templateOf(stack)))).toEqual([]);
  const { plugins, violations } = synth(app);
  expect(plugins).toHaveLength(1);
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
}, 30_000);
