import { Duration } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type Stack } from 'aws-cdk-lib';
import {
  DynamoDbAttributeType,
  DynamoDbValue,
  RequestValue,
  type WebSocketRouteOptions,
  WebSocketIntegration,
} from '../../lib';
import { type Json } from '../support/stacks';
import { renderTemplate } from '../support/velocity';
import { everyText } from '../rest/integrations/support';
import { routed } from './support';

const table = (stack: Stack, key?: boolean) =>
  new Table(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    ...(key ? { encryptionKey: new Key(stack, 'Key') } : {}),
  });
const twoWay = { returnResponse: true };
const context = { connectionId: 'Abc=', requestTimeEpoch: 1_700_000_000_123 };

describe('DynamoDB', () => {
  const store = (stack: Stack) =>
    WebSocketIntegration.dynamoDbPut(table(stack), {
      item: {
        id: DynamoDbValue.string(RequestValue.connectionId()),
        user: DynamoDbValue.string(RequestValue.authorizerContext('sub')),
        room: DynamoDbValue.string(RequestValue.authorizerContext('room')),
        expiresAt: DynamoDbValue.expiry(Duration.hours(2)),
      },
    });

  test('a connection is written when a client connects, and the client let in by success alone', () => {
    const { integration, request, answers, policies, route } = routed('$connect', store);
    expect(integration).toMatchObject({
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: 'arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem',
      PassthroughBehavior: 'NEVER',
      TemplateSelectionExpression: '\\$default',
      RequestParameters: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
    });
    expect(route).not.toHaveProperty('RouteResponseSelectionExpression');
    expect(answers).toEqual({ '/2\\d\\d/': null });
    expect(policies.dynamodb).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: expect.stringMatching(/^Table\w+\.Arn$/) },
    ]);
    const { text } = renderTemplate(request, {
      context: { ...context, authorizer: { sub: 'anna', room: 'a' } },
    });
    expect(JSON.parse(text).Item).toEqual({
      id: { S: 'Abc=' },
      user: { S: 'anna' },
      room: { S: 'a' },
      expiresAt: { N: expect.stringMatching(/^1700007200/) },
    });
  });

  test('no text of a client leaves its field', () => {
    const { request } = routed('$connect', store);
    everyText((room, sub) => {
      const { text } = renderTemplate(request, { context: { ...context, authorizer: { sub, room } } });
      const { Item } = JSON.parse(text);
      expect([Item.room.S, Item.user.S]).toEqual([room, sub]);
      expect(Object.keys(Item)).toHaveLength(4);
    });
  });

  test('a connection that is gone is deleted, and whatever comes of it is taken', () => {
    const { request, answers } = routed('$disconnect', (stack) =>
      WebSocketIntegration.dynamoDbDelete(table(stack), {
        key: { id: DynamoDbValue.string(RequestValue.connectionId()) },
      }),
    );
    expect(JSON.parse(renderTemplate(request, { context }).text).Key).toEqual({ id: { S: 'Abc=' } });
    expect(answers).toEqual({ $default: null });
  });

  test('an item is answered, or that there is none', () => {
    const { answers, policies } = routed(
      'get',
      (stack) =>
        WebSocketIntegration.dynamoDbGet(table(stack, true), {
          key: { id: DynamoDbValue.string(RequestValue.bodyField('$.id')) },
          attributes: { name: DynamoDbAttributeType.STRING },
        }),
      twoWay,
    );
    const success = answers['/2\\d\\d/'] as string;
    expect(renderTemplate(success, { body: '{"Item":{"name":{"S":"a"}}}' }).text).toBe('{"name":"a"}');
    const none = renderTemplate(success, { body: '{}' });
    expect([JSON.parse(none.text), none.status]).toEqual([{ message: 'Not found' }, undefined]);
    expect(answers.$default).toBe('{"message":"Internal server error"}');
    expect(policies.dynamodb.map(({ Action }) => Action)).toEqual([
      'dynamodb:GetItem',
      ['kms:Decrypt', 'kms:DescribeKey'],
    ]);
  });

  test('a condition that does not hold is answered as such, without the message of the service', () => {
    const { answers } = routed(
      'put',
      (stack) =>
        WebSocketIntegration.dynamoDbPut(table(stack), {
          item: { id: DynamoDbValue.string(RequestValue.bodyField('$.id')) },
          condition: 'attribute_not_exists(id)',
        }),
      twoWay,
    );
    expect(answers['/2\\d\\d/']).toBe('{}');
    const body = '{"__type":"com.amazonaws#ConditionalCheckFailedException","message":"arn:aws:secret"}';
    expect(renderTemplate(answers['/400/'] as string, { body }).text.trim()).toBe('{"message":"Conflict"}');
  });

  test('the items of a partition are answered', () => {
    const { request, answers } = routed(
      'list',
      (stack) =>
        WebSocketIntegration.dynamoDbQuery(table(stack), {
          keyCondition: 'room = :room',
          expressionValues: { ':room': DynamoDbValue.string(RequestValue.bodyField('$.room')) },
          indexName: 'byRoom',
        }),
      twoWay,
    );
    expect(JSON.parse(renderTemplate(request, { body: '{"room":"a"}' }).text)).toMatchObject({ IndexName: 'byRoom' });
    const page = '{"Items":[],"Count":0}';
    expect(JSON.parse(renderTemplate(answers['/2\\d\\d/'] as string, { body: page }).text)).toEqual({
      items: [],
      count: 0,
      truncated: false,
    });
  });
});

describe('SQS and Step Functions', () => {
  const queued = (options: Partial<WebSocketRouteOptions> = {}) =>
    routed(
      'send',
      (stack) =>
        WebSocketIntegration.sqs(new Queue(stack, 'Queue'), {
          messageAttributes: { connection: RequestValue.connectionId(), tenant: RequestValue.stageVariable('tenant') },
        }),
      options,
    );

  test('a message goes into a queue with what it came by', () => {
    const { integration, request, answers, policies } = queued();
    expect(integration.IntegrationUri).toMatch(
      /^arn:aws:apigateway:eu-west-1:sqs:path\/123456789012\/Queue\w+\.QueueName$/,
    );
    expect(answers).toEqual({ $default: null });
    expect(policies.sqs).toEqual([
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: expect.stringMatching(/^Queue/) },
    ]);
    const fields = (body: string, connectionId: string) =>
      new URLSearchParams(
        renderTemplate(request, { body, context: { connectionId }, stageVariables: { tenant: 'acme' } }).text,
      );
    everyText((text, other) => {
      const sent = fields(text, other);
      expect(sent.get('MessageBody')).toBe(text);
      expect(sent.get('MessageAttribute.1.Value.StringValue')).toBe(other);
      expect(sent.getAll('Action')).toEqual(['SendMessage']);
    });
  });

  test('its id is answered where the route answers', () => {
    const answer = queued(twoWay).answers['/2\\d\\d/'] as string;
    const body = '{"SendMessageResponse":{"SendMessageResult":{"MessageId":"m1"}}}';
    expect(JSON.parse(renderTemplate(answer, { body }).text)).toEqual({ messageId: 'm1' });
  });

  test('a message starts a state machine', () => {
    const { request, policies, answers } = routed(
      'start',
      (stack) =>
        WebSocketIntegration.stepFunctionsStart(
          new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) }),
          { executionName: RequestValue.requestId() },
        ),
      twoWay,
    );
    const { input, name } = JSON.parse(renderTemplate(request, { body: '{"a":"\\"it\'s"}' }).text);
    expect([JSON.parse(input), name]).toEqual([{ a: '"it\'s' }, 'request-1']);
    expect(policies.states[0].Action).toBe('states:StartExecution');
    expect(Object.keys(answers).sort()).toEqual(['$default', '/2\\d\\d/', '/400/', '/413/', '/429|503/']);
  });
});

describe('any other service', () => {
  const options = { service: 'events', action: 'PutEvents', iamActions: ['events:PutEvents'], resources: ['*'] };

  test('by a template, with responses of its own', () => {
    const { integration, answers, policies, template } = routed(
      'send',
      () =>
        WebSocketIntegration.aws({
          ...options,
          region: 'us-east-1',
          requestTemplate: '{"tenant":"$stageVariables.tenant"}',
          requestParameters: { 'integration.request.header.X-Connection': RequestValue.connectionId() },
          responses: [
            { selectionPattern: '2\\d\\d', template: '{"ok":true}' },
            {
              templates: { '400': '{"bad":true}', $default: '{}' },
              templateSelectionExpression: '${integration.response.statuscode}',
            },
          ],
        }),
      twoWay,
    );
    expect(integration).toMatchObject({
      IntegrationUri: 'arn:aws:apigateway:us-east-1:events:action/PutEvents',
      RequestParameters: { 'integration.request.header.X-Connection': 'context.connectionId' },
      RequestTemplates: { $default: '{"tenant":"$stageVariables.tenant"}' },
      TemplateSelectionExpression: '\\$default',
    });
    expect(answers).toEqual({ '/2\\d\\d/': '{"ok":true}', $default: '{}' });
    const other = Object.values<Json>(template.Resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::ApiGatewayV2::IntegrationResponse' &&
        Properties.IntegrationResponseKey === '$default' &&
        Properties.ResponseTemplates,
    );
    expect(other.Properties.TemplateSelectionExpression).toBe('${integration.response.statuscode}');
    expect(policies.events).toEqual([{ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }]);
  });

  test('by one of several templates, or none at all', () => {
    const several = routed('send', () =>
      WebSocketIntegration.aws({
        ...options,
        requestTemplates: { b: '{}', a: '{}', $default: '{}' },
        templateSelectionExpression: '${request.body.kind}',
      }),
    );
    expect(several.integration.TemplateSelectionExpression).toBe('${request.body.kind}');
    expect(Object.keys(several.integration.RequestTemplates)).toEqual(['$default', 'a', 'b']);
    const plain = routed('send', () => WebSocketIntegration.aws(options));
    expect(plain.integration).toMatchObject({ PassthroughBehavior: 'WHEN_NO_TEMPLATES' });
    expect(plain.integration).not.toHaveProperty('RequestTemplates');
    expect(plain.integration).not.toHaveProperty('TemplateSelectionExpression');
  });

  test('headers that mappings read are declared on $connect', () => {
    const { route, integration } = routed('$connect', () =>
      WebSocketIntegration.aws({
        ...options,
        requestParameters: { 'integration.request.header.X-Origin': RequestValue.header('Origin') },
      }),
    );
    expect(integration.RequestParameters).toEqual({
      'integration.request.header.X-Origin': 'route.request.header.Origin',
    });
    expect(route.RequestParameters).toEqual({ 'route.request.header.Origin': { Required: false } });
  });
});

describe('HTTP and mock', () => {
  test('an endpoint gets the message, and the id of its connection', () => {
    const { integration, answers } = routed('send', () =>
      WebSocketIntegration.http('https://chat.example.com/${stageVariables.tenant}/{room}', {
        timeout: Duration.millis(50),
        requestParameters: { 'integration.request.path.room': RequestValue.bodyField('$.room') },
      }),
    );
    expect(integration).toEqual({
      ApiId: expect.any(String),
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: 'https://chat.example.com/${stageVariables.tenant}/{room}',
      TimeoutInMillis: 50,
      RequestParameters: {
        'integration.request.header.connectionId': 'context.connectionId',
        'integration.request.path.room': 'route.request.body.room',
      },
    });
    expect(answers).toEqual({});
  });

  test('a mock lets clients in, and answers messages', () => {
    const { integration, answers } = routed('$connect', () => WebSocketIntegration.mock());
    expect(integration).toMatchObject({
      IntegrationType: 'MOCK',
      RequestTemplates: { $default: '{"statusCode": 200}' },
      TemplateSelectionExpression: '\\$default',
    });
    expect(answers).toEqual({ $default: null });
    const pong = routed('ping', () => WebSocketIntegration.mock({ body: '{"pong":true}' }), twoWay);
    expect(pong.answers).toEqual({ $default: '{"pong":true}' });
  });
});
