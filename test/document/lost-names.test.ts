import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib';
import {
  JsonSchema,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { type Json, templateOf, testApp } from '../support/stacks';

const named = <T>(value: T): Record<string, T> => Object.fromEntries([['__proto__', value]]);
const fn = (stack: Stack) =>
  LambdaFunction.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:123456789012:function:f');
const stackOf = () => new Stack(testApp(), 'Stack', { env: { region: 'eu-west-1', account: '123456789012' } });

test('an authorizer and a property named __proto__ stay in the document', () => {
  const stack = stackOf();
  const integration = RestIntegration.lambda(fn(stack));
  new RestGateway(stack, 'Api', {
    routes: {
      'POST /a': {
        integration,
        authorizer: RestAuthorizer.lambdaToken(fn(new Stack(stack, 'Other')), { authorizerName: '__proto__' }),
        request: { body: JsonSchema.fromObject({ type: 'object', properties: named({ type: 'string' }) }) },
      },
    },
    stages: { prod: {} },
  });
  const [{ Properties }] = Object.values<Json>(templateOf(stack).Resources).filter(
    ({ Type }) => Type === 'AWS::ApiGateway::RestApi',
  );
  const { paths, components } = Properties.Body;
  expect(Object.keys(paths['/a'].post.security[0])).toEqual(['__proto__']);
  expect(Object.entries<Json>(components.securitySchemes)).toEqual([
    ['__proto__', expect.objectContaining({ type: 'apiKey' })],
  ]);
  const [model] = Object.values<Json>(components.schemas);
  expect(Object.keys(model.properties)).toEqual(['__proto__']);
});

test('a stage variable of that name is refused, since CDK would leave it out', () => {
  const stack = stackOf();
  const routes = { 'GET /a': { integration: RestIntegration.lambda(fn(stack)), authorizer: RestAuthorizer.iam() } };
  expect(() => new RestGateway(stack, 'Api', { routes, stages: { prod: { variables: named('x') } } })).toThrow(
    'stage "prod": variables has the name "__proto__", which CDK cannot write into a template; use another name',
  );
});

test.each<[string, (integration: WebSocketIntegration) => object]>([
  ['the settings of a stage', (integration) => named({ integration })],
  [
    'request',
    (integration) => ({
      a: {
        integration,
        request: { bodies: named(JsonSchema.fromObject({})), modelSelectionExpression: '$request.body.kind' },
      },
    }),
  ],
  [
    'request',
    (integration) => ({
      a: { integration, request: { body: JsonSchema.fromObject({ properties: named({ type: 'string' }) }) } },
    }),
  ],
])('of a WebSocket API as well: %s', (what, routes) => {
  const stack = stackOf();
  const integration = WebSocketIntegration.lambda(fn(stack));
  const all = { $connect: { integration }, ...routes(integration) };
  expect(
    () =>
      new WebSocketGateway(stack, 'Api', {
        defaultAuthorizer: WebSocketAuthorizer.iam(),
        routes: all,
        stages: { prod: {} },
      }),
  ).toThrow(`${what} has the name "__proto__", which CDK cannot write into a template`);
});
