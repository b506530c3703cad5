import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RestAuthorizer, RestGateway, RestIntegration, type RestStageOptions, StageCanary, WebAcl } from '../../lib';
import { versioned } from '../release/support';
import { gateway, type Json, resource, templateOf } from '../support/stacks';

const CANARY: RestStageOptions = { canary: StageCanary.of({ percent: 10 }) };

test('what only stages of REST APIs have makes the template that it makes in the props', () => {
  const dev: RestStageOptions = {
    cache: {},
    executionLogging: MethodLoggingLevel.INFO,
    tracing: false,
    routes: { 'GET /': { throttle: { rateLimit: 1, burstLimit: 1 } } },
  };
  const options = { webAcl: WebAcl.managed(), documentationVersion: '1', domain: undefined };
  const inProps = gateway({ ...options, stages: { prod: {}, dev } });
  const added = gateway({ ...options, stages: { prod: {} } });
  added.api.addStage('dev', dev);
  expect(templateOf(added.stack)).toEqual(templateOf(inProps.stack));
});

test('a canary comes before the routes, which call functions in another way under one', () => {
  const route = (api: RestGateway, stack: ReturnType<typeof gateway>['stack']) =>
    api.addRoute('GET /orders', { integration: RestIntegration.lambda(versioned(stack).currentVersion) });
  const inProps = gateway({ routes: {}, stages: { prod: {}, next: CANARY } });
  route(inProps.api, inProps.stack);
  const added = gateway({ routes: {}, stages: { prod: {} } });
  added.api.addStage('next', CANARY);
  route(added.api, added.stack);
  expect(templateOf(added.stack)).toEqual(templateOf(inProps.stack));
  const late = gateway({ stages: { prod: {} } });
  expect(() => late.api.addStage('next', CANARY)).toThrow(
    `RestGateway 'Api': stage "next": a canary changes how routes call functions, and routes already exist; write the stage in the props, stages: { … }, or add it before all routes`,
  );
  // All functions are called in that way already.
  const second = gateway({ stages: { prod: CANARY } });
  expect(() => second.api.addStage('next', CANARY)).not.toThrow();
});

test('a route grants itself, on all stages or on one', () => {
  const granted = (grant: (api: RestGateway, role: Role) => void): Json => {
    const { api, stack } = gateway({ stages: { dev: {}, prod: {} } });
    grant(api, new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    const [statement] = resource(templateOf(stack), 'AWS::IAM::Policy', /^Role/).Properties.PolicyDocument.Statement;
    return JSON.stringify(statement.Resource);
  };
  expect(granted((api, role) => api.route('GET /').grantExecute(role))).toContain('/*/GET/"');
  const onStage = granted((api, role) => api.stage('prod').route('GET /').grantExecute(role));
  expect(onStage).toMatch(/\{"Ref":"ApiStageprod\w+"\},"\/GET\/"/);
  const { api, stack } = gateway();
  const open = api.addRoute('GET /open', {
    integration: RestIntegration.mock(),
    authorizer: RestAuthorizer.none('test'),
  });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  expect(() => open.grantExecute(role)).toThrow(/route "GET \/open" has an authorizer of kind "none"/);
});

test('an import takes responses anew, and knows metrics by its name only', () => {
  const { stack } = gateway();
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const api = RestGateway.fromRestGatewayAttributes(stack, 'Theirs', { apiId: 'a1b2c3d4e5', stages: { prod: {} } });
  api.grantInvalidateCache(role, { routes: ['GET /orders/{id}'], stages: ['prod'] });
  const { Statement } = resource(templateOf(stack), 'AWS::IAM::Policy', /^Role/).Properties.PolicyDocument;
  expect(JSON.stringify(Statement)).toMatch(/execute-api:InvalidateCache.*:a1b2c3d4e5\/prod\/GET\/orders\/\*"/);
  expect(() => api.metricCount()).toThrow(
    `RestGateway 'Theirs' (imported): CloudWatch identifies a REST API by its name; give it as apiName`,
  );
  expect(() => api.grantExecute(role, { routes: ['GET orders'] })).toThrow(/the path must start with "\/"/);
  expect(() => api.api.root).toThrow();
});
