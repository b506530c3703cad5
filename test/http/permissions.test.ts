import { App, Stack, Stage } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import { HttpAuthorizer, HttpGateway, type HttpGatewayProps, HttpIntegration } from '../../lib';
import { fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';
import { gateway } from './support';

const http = HttpIntegration.http('https://example.com/');
const PERMISSION = 'AWS::Lambda::Permission';

/** What follows the id of the API in each source ARN. */
const sources = (template: Json): string[] =>
  ids(template, PERMISSION).map((id) => template.Resources[id].Properties.SourceArn['Fn::Join'][1].pop());

/** The source ARNs of one function behind some routes. */
function sourcesOf(keys: readonly string[], stages?: HttpGatewayProps['stages']): string[] {
  const stack = new Stack(testApp(), 'Stack');
  const integration = HttpIntegration.lambda(fn(stack, 'Handler'));
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: Object.fromEntries(keys.map((key) => [key, { integration }])),
    stages,
  });
  return sources(templateOf(stack));
}

test('one statement a function, as narrow as its routes and stages', () => {
  expect(sourcesOf(['GET /orders'])).toEqual(['/$default/GET/orders']);
  expect(sourcesOf(['GET /orders', 'POST /orders/{id}'], { prod: {} })).toEqual(['/prod/*/orders*']);
  expect(sourcesOf(['GET /orders/{id}'], { dev: {}, prod: {} })).toEqual(['/*/GET/orders/*']);
  expect(sourcesOf(['ANY /a/{proxy+}'])).toEqual(['/$default/*/a/*']);
});

test('the route $default is named as such', () => {
  expect(sourcesOf(['$default'])).toEqual(['/$default/$default']);
  expect(sourcesOf(['$default', 'GET /a'], { prod: {} })).toEqual(['/prod/*']);
});

test('a role of the user takes the place of the permission, and may invoke', () => {
  const stack = new Stack(testApp(), 'Stack');
  const credentialsRole = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  const integration = HttpIntegration.lambda(fn(stack, 'Handler'), { credentialsRole });
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /a': { integration }, 'GET /b': { integration } },
  });
  const template = templateOf(stack);
  expect(ids(template, PERMISSION)).toEqual([]);
  const { Body } = resource(template, 'AWS::ApiGatewayV2::Api').Properties;
  const integrations = Body.components['x-amazon-apigateway-integrations'];
  expect(integrations.Handler.credentials).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] });
  const statements = resource(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
  expect(statements).toEqual([expect.objectContaining({ Action: 'lambda:InvokeFunction', Effect: 'Allow' })]);
});

test('a function of another stack is permitted from the stack of the API, without a cycle', () => {
  const app = testApp();
  const functions = new Stack(app, 'Functions');
  const handler = fn(functions, 'Handler');
  const alias = new Alias(functions, 'Live', { aliasName: 'live', version: handler.currentVersion });
  const api = new Stack(app, 'Api');
  new HttpGateway(api, 'Api', {
    defaultAuthorizer: HttpAuthorizer.lambda(fn(functions, 'Decide')),
    routes: {
      'GET /a': { integration: HttpIntegration.lambda(handler) },
      'GET /b': { integration: HttpIntegration.lambda(alias) },
    },
  });
  expect(ids(templateOf(api), PERMISSION)).toHaveLength(3);
  expect(ids(templateOf(functions), PERMISSION)).toEqual([]);
});

test('a gateway in a nested Stage is made and checked there', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Stack');
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.lambda(fn(stack, 'Handler')) } },
  });
  const { template } = app.synth().getNestedAssembly('assembly-Prod').stacks[0];
  expect(ids(template, PERMISSION)).toHaveLength(1);
});

describe('grants', () => {
  const { stack, api } = gateway({
    routes: { 'GET /orders/{id}': { integration: http }, $default: { integration: http } },
    stages: { dev: {}, prod: {} },
  });
  const role = (name: string) => new Role(stack, name, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  api.grantExecute(role('All'));
  api.grantExecute(role('Some'), { routes: ['GET /orders/{id}', '$default'], stages: ['prod'] });
  const template = templateOf(stack);
  const granted = (name: string): string[] => {
    const { PolicyDocument } = resource(template, 'AWS::IAM::Policy', new RegExp(`^${name}`)).Properties;
    const [{ Action, Resource }] = PolicyDocument.Statement;
    expect(Action).toBe('execute-api:Invoke');
    return [Resource].flat().map((arn: Json) => JSON.stringify(arn));
  };

  test('are for all routes of all stages', () => {
    expect(granted('All')).toEqual([expect.stringContaining('"/*/*"')]);
  });

  test('or for some', () => {
    const some = granted('Some');
    expect(some).toEqual([expect.stringContaining('/GET/orders/*"'), expect.stringContaining('/$default"')]);
    expect(some[0]).toContain('ApiStageprod');
  });
});

test('metrics of the API, a stage and a route', () => {
  const { stack, api } = gateway({ routes: { 'GET /a': { integration: http }, $default: { integration: http } } });
  const of = (metric: { toMetricConfig(): Json }) => {
    const { metricName, dimensions, statistic } = metric.toMetricConfig().metricStat;
    const found = dimensions.map(({ name, value }: Json) => [name, stack.resolve(value)]);
    return { metricName, statistic, dimensions: Object.fromEntries(found) };
  };
  const ApiId = { Ref: 'ApiF70053CD' };
  const Stage = { Ref: stack.getLogicalId(api.cfnStage('$default')) };
  expect(of(api.metricClientError())).toEqual({ metricName: '4xx', statistic: 'Sum', dimensions: { ApiId } });
  expect(of(api.metricServerError()).metricName).toBe('5xx');
  expect(of(api.metricDataProcessed()).metricName).toBe('DataProcessed');
  expect(of(api.metricCount()).statistic).toBe('SampleCount');
  expect(of(api.metricIntegrationLatency()).metricName).toBe('IntegrationLatency');
  const stage = api.stage('$default');
  expect(of(stage.metricLatency()).dimensions).toEqual({ ApiId, Stage });
  expect(of(stage.route('GET /a').metricCount()).dimensions).toEqual({
    ApiId,
    Stage,
    Method: 'GET',
    Resource: '/a',
  });
  expect(of(stage.route('$default').metricCount()).dimensions).toMatchObject({ Resource: '$default' });
});
