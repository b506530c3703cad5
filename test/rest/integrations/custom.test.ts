import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  DynamoDbValue,
  RequestValue,
  RestContentHandling,
  RestIntegration,
  type RestIntegrationResponse,
  RestPassthroughBehavior,
  RestAuthorizer,
} from '../../../lib';
import { fn, gateway, ids, templateOf } from '../../support/stacks';
import { renderTemplate } from '../../support/velocity';
import { custom, ERROR, everyText, OK, routed } from './support';

describe('lambdaCustom', () => {
  const call = routed('POST /orders/{id}', (stack) =>
    RestIntegration.lambdaCustom(fn(stack, 'Fn'), {
      ...custom,
      requestParameters: {
        'integration.request.header.X-Tenant': RequestValue.header('X-Tenant'),
        'integration.request.querystring.id': RequestValue.path('id'),
        'integration.request.header.X-Amz-Invocation-Type': RequestValue.literal('Event'),
      },
    }),
  );

  test('invokes the function with the template, and nothing goes past it', () => {
    expect(call.integration).toMatchObject({
      type: 'aws',
      httpMethod: 'POST',
      uri: expect.stringMatching(
        /^arn:aws:apigateway:eu-west-1:lambda:path\/2015-03-31\/functions\/Fn\w+\.Arn\/invocations$/,
      ),
      passthroughBehavior: 'never',
      requestTemplates: custom.requestTemplates,
      requestParameters: {
        'integration.request.header.X-Tenant': 'method.request.header.X-Tenant',
        'integration.request.querystring.id': 'method.request.path.id',
        'integration.request.header.X-Amz-Invocation-Type': "'Event'",
      },
    });
    expect(ids(call.template, 'AWS::Lambda::Permission').filter((id) => id.startsWith('ApiInvoke'))).toHaveLength(1);
  });

  test('declares for the method what is mapped', () => {
    expect(call.operation.parameters).toContainEqual({
      name: 'X-Tenant',
      in: 'header',
      required: false,
      schema: { type: 'string' },
    });
    expect(Object.keys(call.operation.responses).sort()).toEqual(['200', '422']);
    expect(Object.keys(call.operation.responses['422'].headers)).toEqual(['X-Reason', 'X-Trace']);
    expect(call.integration.responses).toEqual({
      default: { statusCode: '200' },
      '[^]*Error[^]*': {
        statusCode: '422',
        responseParameters: {
          'method.response.header.X-Reason': "'invalid'",
          'method.response.header.X-Trace': 'integration.response.header.X-Trace',
        },
        responseTemplates: ERROR.templates,
      },
    });
  });

  test('adds CORS headers to every response, but those that the user sets', () => {
    const own: RestIntegrationResponse = {
      ...OK,
      headers: { 'access-control-allow-origin': "'https://own.example.com'" },
    };
    const make = (origins: string[]) =>
      routed(
        'POST /x',
        (stack) => RestIntegration.lambdaCustom(fn(stack, 'Fn'), { ...custom, responses: [own, ERROR] }),
        {},
        {
          cors: { allowOrigins: origins },
        },
      );
    const { responses } = make(['https://a.example.com']).integration;
    expect(responses.default.responseParameters).toEqual({
      'method.response.header.access-control-allow-origin': "'https://own.example.com'",
      'method.response.header.Vary': "'Origin'",
    });
    expect(responses['[^]*Error[^]*'].responseParameters).toMatchObject({
      'method.response.header.Access-Control-Allow-Origin': "'https://a.example.com'",
    });
    const several = make(['https://a.example.com', 'https://b.example.com']).answers;
    const origin = { header: { origin: 'https://b.example.com' }, body: '{"a":1}' };
    expect(renderTemplate(several.default, origin)).toMatchObject({
      text: '{"a":1}',
      headers: { 'Access-Control-Allow-Origin': 'https://b.example.com' },
    });
    expect(renderTemplate(several['[^]*Error[^]*'], origin)).toMatchObject({ text: '{"error":true}' });
  });
});

test('httpCustom maps the path and takes what it is told', () => {
  const { integration } = routed('PUT /orders/{id}', () =>
    RestIntegration.httpCustom('https://${stageVariables.tenant}.example.com/v1/{id}', {
      method: 'PATCH',
      passthroughBehavior: RestPassthroughBehavior.WHEN_NO_TEMPLATES,
      contentHandling: RestContentHandling.CONVERT_TO_TEXT,
      responses: [{ ...OK, contentHandling: RestContentHandling.CONVERT_TO_BINARY }],
    }),
  );
  expect(integration).toMatchObject({
    type: 'http',
    httpMethod: 'PATCH',
    uri: 'https://${stageVariables.tenant}.example.com/v1/{id}',
    passthroughBehavior: 'when_no_templates',
    contentHandling: 'CONVERT_TO_TEXT',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    responses: { default: { statusCode: '200', contentHandling: 'CONVERT_TO_BINARY' } },
  });
});

describe('aws', () => {
  const list = {
    service: 'dynamodb',
    action: 'ListTables',
    iamActions: ['dynamodb:ListTables'],
    resources: ['*'],
    requestTemplate: '{}',
  };

  test('calls any action with exactly what it is allowed', () => {
    const { integration, policies, operation } = routed('GET /tables', () => RestIntegration.aws(list));
    expect(integration.uri).toBe('arn:aws:apigateway:eu-west-1:dynamodb:action/ListTables');
    expect(policies.dynamodbPolicy).toEqual([{ Effect: 'Allow', Action: 'dynamodb:ListTables', Resource: '*' }]);
    expect(Object.keys(operation.responses)).toEqual(['200', '400', '413', '500', '503']);
    const path = routed('GET /topics/{topic}', () =>
      RestIntegration.aws({
        ...list,
        service: 'iot',
        action: undefined,
        path: '/topics/{name}',
        requestParameters: { 'integration.request.path.name': RequestValue.path('topic') },
        responses: [OK],
      }),
    );
    expect(path.integration.uri).toBe('arn:aws:apigateway:eu-west-1:iot:path/topics/{name}');
    expect(path.integration.responses).toEqual({ default: { statusCode: '200' } });
  });

  test.each([
    ['service "Dynamo DB"', { ...list, service: 'Dynamo DB' }],
    ['set either action or path, not both', { ...list, path: '/' }],
    ['set action or path', { ...list, action: undefined }],
    ['iamActions and resources', { ...list, iamActions: [] }],
    ['iamActions has "dynamodb:*"', { ...list, iamActions: ['dynamodb:*'] }],
    ['the path has "{a}", which has no value', { ...list, action: undefined, path: '/x/{a}' }],
  ])('refuses: %s', (message, options) => {
    expect(() => routed('GET /x', () => RestIntegration.aws(options))).toThrow(message);
  });
});

test('literals are written, not run', () => {
  everyText((text) => {
    const { request } = routed('POST /x', (stack) =>
      RestIntegration.eventBridge(new EventBus(stack, 'Bus'), {
        source: 'x',
        detailType: RequestValue.literal(text.slice(0, 100) || '-'),
        detail: RequestValue.literal(text),
      }),
    );
    const { Entries } = JSON.parse(renderTemplate(request).text);
    expect(Entries).toEqual([expect.objectContaining({ DetailType: text.slice(0, 100) || '-', Detail: text })]);
  }, 20);
});

test('one role for each service, the same whatever the order of routes', () => {
  const build = (reverse: boolean) => {
    const { api, stack } = gateway();
    const [one, two, topic] = [new Queue(stack, 'One'), new Queue(stack, 'Two'), new Topic(stack, 'Topic')];
    const routes: [string, RestIntegration][] = [
      ['POST /one', RestIntegration.sqs(one)],
      ['POST /two', RestIntegration.sqs(two)],
      ['POST /again', RestIntegration.sqs(one)],
      ['POST /topic', RestIntegration.sns(topic)],
    ];
    for (const [key, integration] of reverse ? routes.reverse() : routes) api.addRoute(key, { integration });
    return templateOf(stack);
  };
  const template = build(false);
  expect(build(true)).toEqual(template);
  expect(ids(template, 'AWS::IAM::Role').filter((id) => id.startsWith('ApiServices'))).toHaveLength(2);
  const [id] = ids(template, 'AWS::IAM::ManagedPolicy').filter((name) => name.startsWith('ApiServicessqs'));
  const { Statement } = template.Resources[id].Properties.PolicyDocument;
  expect(Statement).toHaveLength(1);
  expect(Statement[0].Resource).toHaveLength(2);
  const [deployment] = ids(template, 'AWS::ApiGateway::Deployment');
  expect(template.Resources[deployment].DependsOn).toContain(id);
  const [role] = ids(template, 'AWS::IAM::Role').filter((name) => name.startsWith('ApiServicessqs'));
  expect(template.Resources[role].Properties.AssumeRolePolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ]);
});

test('what an integration reads of query and headers is in the key of its cache', () => {
  const { integration } = routed(
    'GET /x/{id}',
    (stack) =>
      RestIntegration.dynamoDbGet(new Table(stack, 'T', { partitionKey: { name: 'id', type: AttributeType.STRING } }), {
        key: {
          id: DynamoDbValue.string(RequestValue.path('id')),
          a: DynamoDbValue.string(RequestValue.header('X-A')),
          b: DynamoDbValue.string(RequestValue.query('b')),
        },
      }),
    { cache: {}, authorizer: RestAuthorizer.none('test'), request: { headers: { 'x-a': true, 'X-Other': false } } },
    { stages: { prod: { cache: {} } } },
  );
  expect(integration.cacheKeyParameters).toEqual([
    'method.request.header.X-A',
    'method.request.path.id',
    'method.request.querystring.b',
  ]);
});
