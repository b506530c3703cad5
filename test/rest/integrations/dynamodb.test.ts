import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type Construct } from 'constructs';
import { DynamoDbAttributeType, DynamoDbValue, RequestValue, RestIntegration } from '../../../lib';
import { renderTemplate } from '../../support/velocity';
import { everyText, type Routed, routed } from './support';

const { STRING, NUMBER, BOOLEAN } = DynamoDbAttributeType;
const table = (scope: Construct, encrypted = false) =>
  new Table(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    encryptionKey: encrypted ? new Key(scope, 'Key') : undefined,
  });

/** Status and body as a client gets them. */
function answered({ answers, integration }: Routed, pattern: string, answer: unknown, missing: null | '' = null) {
  const { status, text } = renderTemplate(answers[pattern], { body: JSON.stringify(answer), missing });
  return [status ?? Number(integration.responses[pattern].statusCode), text === '' ? '' : JSON.parse(text)];
}

describe('dynamoDbGet', () => {
  const get = routed('GET /orders/{id}', (stack) =>
    RestIntegration.dynamoDbGet(table(stack, true), {
      key: {
        id: DynamoDbValue.string(RequestValue.path('id')),
        version: DynamoDbValue.number(RequestValue.query('version')),
      },
      attributes: { name: STRING, count: NUMBER, open: BOOLEAN },
      consistentRead: true,
    }),
  );
  const whole = routed('GET /orders/{id}', (stack) =>
    RestIntegration.dynamoDbGet(table(stack), { key: { id: DynamoDbValue.string(RequestValue.path('id')) } }),
  );

  test('asks for one item by its key, whatever is in it', () => {
    everyText((one, two) => {
      expect(JSON.parse(renderTemplate(get.request, { path: { id: one }, query: { version: two } }).text)).toEqual({
        TableName: expect.stringMatching(/^Table\w+$/),
        Key: { id: { S: one }, version: { N: two } },
        ConsistentRead: true,
        ProjectionExpression: '#p_count, #p_name, #p_open',
        ExpressionAttributeNames: { '#p_count': 'count', '#p_name': 'name', '#p_open': 'open' },
      });
    });
  });

  test('answers plain JSON, whatever is in it', () => {
    everyText((text) => {
      const item = { name: { S: text }, count: { N: '12.5' }, open: { BOOL: false } };
      expect(answered(get, '2\\d{2}', { Item: item })).toEqual([200, { name: text, count: 12.5, open: false }]);
    });
    const empty = { name: { S: '' }, count: { N: '0' }, open: { BOOL: true } };
    expect(answered(get, '2\\d{2}', { Item: empty })).toEqual([200, { name: '', count: 0, open: true }]);
    expect(answered(get, '2\\d{2}', { Item: { name: { S: 'x' } } })).toEqual([
      200,
      { name: 'x', count: null, open: null },
    ]);
    expect(answered(whole, '2\\d{2}', { Item: empty })).toEqual([200, empty]);
  });

  test('answers 404 where there is no item', () => {
    for (const missing of [null, ''] as const) {
      expect(answered(get, '2\\d{2}', {}, missing)).toEqual([404, { message: 'Not found' }]);
    }
    expect(Object.keys(get.operation.responses)).toContain('404');
  });

  test('may get items of that table and use its key', () => {
    expect(get.policies.dynamodbPolicy).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: expect.stringMatching(/^Table\w+\.Arn$/) },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: expect.stringMatching(/^Key\w+\.Arn$/) },
    ]);
    expect(get.integration.uri).toBe('arn:aws:apigateway:eu-west-1:dynamodb:action/GetItem');
  });
});

describe('dynamoDbPut and dynamoDbDelete', () => {
  const put = routed('PUT /orders/{id}', (stack) =>
    RestIntegration.dynamoDbPut(table(stack, true), {
      item: {
        id: DynamoDbValue.string(RequestValue.path('id')),
        'odd "name" $x #y': DynamoDbValue.string(RequestValue.bodyField('$.name')),
        raw: DynamoDbValue.string(RequestValue.bodyJson('$')),
        open: DynamoDbValue.boolean(RequestValue.bodyField('$.open')),
        price: DynamoDbValue.number(RequestValue.literal('1.5')),
        owner: DynamoDbValue.string(RequestValue.authorizerContext('claims.custom:tenant')),
        stage: DynamoDbValue.string(RequestValue.stageVariable('tenant')),
      },
      condition: 'attribute_not_exists(#id) OR #id = :id',
      expressionNames: { '#id': 'id' },
      expressionValues: { ':id': DynamoDbValue.string(RequestValue.path('id')) },
    }),
  );
  const remove = routed('DELETE /orders/{id}', (stack) =>
    RestIntegration.dynamoDbDelete(table(stack), { key: { id: DynamoDbValue.string(RequestValue.path('id')) } }),
  );

  test('writes typed values, whatever is in them', () => {
    everyText((one, two) => {
      const body = { name: two, open: true };
      const { text } = renderTemplate(put.request, {
        body: JSON.stringify(body),
        path: { id: one },
        context: { authorizer: { claims: { 'custom:tenant': two } } },
        stageVariables: { tenant: 'acme' },
      });
      const { Item, ...rest } = JSON.parse(text);
      expect(rest).toEqual({
        TableName: expect.stringMatching(/^Table\w+$/),
        ConditionExpression: 'attribute_not_exists(#id) OR #id = :id',
        ExpressionAttributeNames: { '#id': 'id' },
        ExpressionAttributeValues: { ':id': { S: one } },
      });
      expect({ ...Item, raw: JSON.parse(Item.raw.S) }).toEqual({
        id: { S: one },
        'odd "name" $x #y': { S: two },
        raw: body,
        open: { BOOL: true },
        price: { N: '1.5' },
        owner: { S: two },
        stage: { S: 'acme' },
      });
    });
  });

  test('what the request does not have is the empty text, and a boolean is false', () => {
    const { Item } = JSON.parse(renderTemplate(put.request, { path: { id: '1' } }).text);
    expect(Item).toMatchObject({ id: { S: '1' }, owner: { S: '' }, stage: { S: '' }, open: { BOOL: false } });
  });

  test.each([
    ['ConditionalCheckFailedException', 409, 'Conflict'],
    ['ValidationException', 400, 'Bad request'],
    ['ProvisionedThroughputExceededException', 503, 'Service unavailable'],
    ['AccessDeniedException', 500, 'Internal server error'],
    ['ResourceNotFoundException', 500, 'Internal server error'],
  ])('answers %s with %i', (type, status, message) => {
    const error = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'arn:aws:iam::1:role/secret' };
    expect(answered(put, '400', error)).toEqual([status, { message }]);
    expect(answered(remove, '400', error)).toEqual([status, { message }]);
  });

  test('answers a write with 204 and no body', () => {
    expect(answered(put, '2\\d{2}', {})).toEqual([204, '']);
    expect(answered(remove, '2\\d{2}', {})).toEqual([204, '']);
  });

  test('may write items of that table, and use its key', () => {
    const keyActions = [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ];
    expect(put.policies.dynamodbPolicy).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: expect.stringMatching(/^Table\w+\.Arn$/) },
      { Effect: 'Allow', Action: keyActions, Resource: expect.stringMatching(/^Key\w+\.Arn$/) },
    ]);
    expect(remove.policies.dynamodbPolicy).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: expect.stringMatching(/^Table\w+\.Arn$/) },
    ]);
  });
});

describe('dynamoDbQuery', () => {
  const query = routed('GET /customers/{id}/orders', (stack) =>
    RestIntegration.dynamoDbQuery(table(stack), {
      keyCondition: '#customer = :customer',
      expressionNames: { '#customer': 'customer' },
      expressionValues: { ':customer': DynamoDbValue.string(RequestValue.path('id')) },
      indexName: 'by-customer',
      limit: 20,
      ascending: false,
      attributes: { id: STRING },
    }),
  );

  test('asks for the items of one partition, whatever is in its key', () => {
    everyText((one) => {
      expect(JSON.parse(renderTemplate(query.request, { path: { id: one } }).text)).toEqual({
        TableName: expect.stringMatching(/^Table\w+$/),
        IndexName: 'by-customer',
        KeyConditionExpression: '#customer = :customer',
        ProjectionExpression: '#p_id',
        ExpressionAttributeNames: { '#customer': 'customer', '#p_id': 'id' },
        ExpressionAttributeValues: { ':customer': { S: one } },
        Limit: 20,
        ScanIndexForward: false,
      });
    });
  });

  test('answers the items as plain JSON, whatever is in them', () => {
    everyText((one, two) => {
      const answer = {
        Items: [{ id: { S: one } }, { id: { S: two } }],
        Count: 2,
        LastEvaluatedKey: { id: { S: two } },
      };
      expect(answered(query, '2\\d{2}', answer)).toEqual([
        200,
        { items: [{ id: one }, { id: two }], count: 2, truncated: true },
      ]);
    });
    for (const missing of [null, ''] as const) {
      expect(answered(query, '2\\d{2}', { Items: [], Count: 0 }, missing)).toEqual([
        200,
        { items: [], count: 0, truncated: false },
      ]);
    }
  });

  test('may query that index, not the table', () => {
    expect(query.policies.dynamodbPolicy).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: expect.stringMatching(/^Table\w+\.Arn\/index\/by-customer$/),
      },
    ]);
  });
});
