import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type FakeConnections, fakeConnections } from './fake-connections';
import { type FakeDynamoDb, fakeDynamoDb } from './fake-dynamodb';

let dynamo: FakeDynamoDb;
let api: FakeConnections;
beforeAll(async () => {
  dynamo = await fakeDynamoDb({ tableName: 'connections', key: 'id', index: { name: 'byUser', key: 'userId' } });
  api = await fakeConnections('prod');
});
afterAll(() => Promise.all([dynamo.close(), api.close()]));
beforeEach(() => dynamo.items.clear());

/** A request as a service integration of API Gateway sends it. */
async function call(operation: string, body: unknown) {
  const response = await fetch(dynamo.url, {
    method: 'POST',
    headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, ...answer };
}

const TableName = 'connections';
const refused = (message: string, type = 'ValidationException') => ({
  status: 400,
  __type: expect.stringMatching(new RegExp(`#${type}$`)),
  message: expect.stringContaining(message),
});
const put = (item: object, more: object = {}) => call('PutItem', { TableName, Item: item, ...more });

describe('the table', () => {
  test.each<[string, string, unknown, string]>([
    ['no JSON', 'PutItem', '{"TableName":"connections",}', 'The request is not a JSON object'],
    ['a list', 'PutItem', '[]', 'The request is not a JSON object'],
    ['no item', 'PutItem', { TableName }, 'PutItem.Item is missing'],
    [
      'a field of another operation',
      'PutItem',
      { TableName, Item: { id: { S: 'a' } }, Key: {} },
      'PutItem.Key is not a field of this operation',
    ],
    [
      'a field in lower case',
      'DeleteItem',
      { tableName: TableName, Key: { id: { S: 'a' } } },
      'DeleteItem.TableName is missing',
    ],
    ['a value without its type', 'PutItem', { TableName, Item: { id: 'a' } }, 'id: must be an attribute value'],
    [
      'a value of two types',
      'PutItem',
      { TableName, Item: { id: { S: 'a', N: '1' } } },
      'exactly one of the supported datatypes',
    ],
    [
      'a type that there is not',
      'PutItem',
      { TableName, Item: { id: { STRING: 'a' } } },
      'exactly one of the supported datatypes',
    ],
    [
      'a number as a number',
      'PutItem',
      { TableName, Item: { id: { S: 'a' }, at: { N: 5 } } },
      'at: N must be a number, as a string',
    ],
    [
      'an empty number',
      'PutItem',
      { TableName, Item: { id: { S: 'a' }, at: { N: '' } } },
      'at: N must be a number, as a string',
    ],
    [
      'a set with the same twice',
      'PutItem',
      { TableName, Item: { id: { S: 'a' }, s: { SS: ['x', 'x'] } } },
      's: SS must not have the same value twice',
    ],
    [
      'a bad value inside',
      'PutItem',
      { TableName, Item: { id: { S: 'a' }, m: { M: { x: { L: [{ BOOL: 'true' }] } } } } },
      'BOOL must be a boolean',
    ],
    ['no key', 'PutItem', { TableName, Item: { userId: { S: 'a' } } }, 'Missing the key id in the item'],
    [
      'a key of another type',
      'PutItem',
      { TableName, Item: { id: { N: '1' } } },
      'Type mismatch for key id expected: S actual: N',
    ],
    [
      'an empty key',
      'PutItem',
      { TableName, Item: { id: { S: '' } } },
      'cannot contain an empty string value. Key: id',
    ],
    [
      'an empty key of the index',
      'PutItem',
      { TableName, Item: { id: { S: 'a' }, userId: { S: '' } } },
      'cannot contain an empty string value. Key: userId',
    ],
    [
      'too much of a key',
      'DeleteItem',
      { TableName, Key: { id: { S: 'a' }, userId: { S: 'b' } } },
      'The provided key element does not match the schema',
    ],
    [
      'a start that is no key',
      'Scan',
      { TableName, ExclusiveStartKey: { userId: { S: 'b' } } },
      'The provided starting key is invalid',
    ],
    ['no page', 'Scan', { TableName, Limit: 0 }, 'Scan.Limit must be 1 or more'],
    [
      'a value that is not defined',
      'DeleteItem',
      { TableName, Key: { id: { S: 'a' } }, ConditionExpression: 'at < :now' },
      'attribute value: :now',
    ],
    [
      'a value that is not used',
      'DeleteItem',
      {
        TableName,
        Key: { id: { S: 'a' } },
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: { ':now': { N: '1' } },
      },
      'unused in expressions: keys: {:now}',
    ],
    ['a reserved word', 'Scan', { TableName, ProjectionExpression: 'id, ttl' }, 'reserved keyword: ttl'],
    [
      'an expression that is none',
      'Scan',
      { TableName, FilterExpression: 'id == id' },
      'Invalid FilterExpression: Syntax error; token: "="',
    ],
    [
      'an expression with an end missing',
      'Scan',
      { TableName, FilterExpression: '(attribute_exists(id)' },
      'Syntax error',
    ],
    [
      'a query for no key',
      'Query',
      {
        TableName,
        IndexName: 'byUser',
        KeyConditionExpression: 'id = :x',
        ExpressionAttributeValues: { ':x': { S: 'a' } },
      },
      'Query condition missed key schema element: userId',
    ],
    [
      'a query for an index that there is not',
      'Query',
      {
        TableName,
        IndexName: 'byName',
        KeyConditionExpression: 'id = :x',
        ExpressionAttributeValues: { ':x': { S: 'a' } },
      },
      'The table does not have the specified index: byName',
    ],
  ])('refuses %s', async (_, operation, body, message) => {
    expect(await call(operation, body)).toEqual(refused(message));
    expect(dynamo.items.size).toBe(0);
  });

  test('knows one name, and four operations', async () => {
    expect(await call('Scan', { TableName: 'others' })).toEqual(refused('not found', 'ResourceNotFoundException'));
    expect(await call('UpdateItem', {})).toEqual(refused('UpdateItem', 'UnknownOperationException'));
  });

  test('keeps conditions', async () => {
    const item = { id: { S: 'a' }, at: { N: '9' } };
    const ConditionExpression = 'attribute_not_exists(id)';
    expect(await put(item, { ConditionExpression })).toEqual({ status: 200 });
    expect(await put(item, { ConditionExpression })).toEqual(refused('', 'ConditionalCheckFailedException'));
    expect(await put(item, { ReturnValues: 'ALL_OLD' })).toEqual({ status: 200, Attributes: item });
    const remove = (condition: string, value: object) =>
      call('DeleteItem', {
        TableName,
        Key: { id: { S: 'a' } },
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':x': value },
      });
    for (const [condition, value] of [
      ['#at < :x', { N: '9' }],
      ['#at < :x', { S: 'z' }],
      ['NOT #at >= :x', { N: '-1e2' }],
      ['attribute_exists(id) AND (#at = :x OR attribute_not_exists(#at))', { N: '10' }],
    ] as const)
      expect(await remove(condition, value)).toEqual(refused('', 'ConditionalCheckFailedException'));
    expect(await remove('#at <> :x and #at < :x', { N: '10' })).toEqual({ status: 200 });
    expect(dynamo.items.size).toBe(0);
  });

  test('answers in pages, with a key to go on after, and an empty page at the end', async () => {
    for (let i = 0; i < 6; i++) await put({ id: { S: `c${i}` }, userId: { S: i % 3 ? 'bob' : 'alice' } });
    const found: string[] = [];
    const sizes: number[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const page = (await call('Query', {
        TableName,
        IndexName: 'byUser',
        KeyConditionExpression: 'userId = :user',
        ExpressionAttributeValues: { ':user': { S: 'bob' } },
        ProjectionExpression: 'id',
        Limit: 2,
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      })) as unknown as { Items: { id: { S: string } }[]; Count: number; LastEvaluatedKey?: object };
      found.push(...page.Items.map(({ id }) => id.S));
      sizes.push(page.Count);
      for (const item of page.Items) expect(Object.keys(item)).toEqual(['id']);
      ExclusiveStartKey = page.LastEvaluatedKey;
      if (ExclusiveStartKey) expect(Object.keys(ExclusiveStartKey).sort()).toEqual(['id', 'userId']);
    } while (ExclusiveStartKey);
    expect(sizes).toEqual([2, 2, 0]);
    expect(found.sort()).toEqual(['c1', 'c2', 'c4', 'c5']);
    const scan = {
      TableName,
      FilterExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': { S: 'alice' } },
    };
    expect(await call('Scan', scan)).toMatchObject({ Count: 2, ScannedCount: 6 });
  });
});

test('@connections answers as the management API does', async () => {
  const client = new ApiGatewayManagementApiClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    endpoint: api.callbackUrl,
    maxAttempts: 1,
  });
  api.open.set('a=', []);
  const ConnectionId = 'a=';
  const post = (Data: string, id = ConnectionId) =>
    client.send(new PostToConnectionCommand({ ConnectionId: id, Data }));
  await post('hello');
  expect(api.open.get('a=')).toEqual(['hello']);
  await expect(post('x'.repeat(128 * 1024 + 1))).rejects.toMatchObject({ name: 'PayloadTooLargeException' });
  await expect(post('x', 'no id')).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  const about = await client.send(new GetConnectionCommand({ ConnectionId }));
  expect(about).toMatchObject({ ConnectedAt: expect.any(Date), Identity: { SourceIp: '192.0.2.1' } });
  await client.send(new DeleteConnectionCommand({ ConnectionId }));
  await expect(post('hello')).rejects.toMatchObject({ name: 'GoneException', $metadata: { httpStatusCode: 410 } });
  expect((await fetch(`${api.callbackUrl}/@connections/a=`, { method: 'POST' })).status).toBe(403);
  expect((await fetch(`${api.url}/dev/@connections/a=`, { method: 'POST' })).status).toBe(403);
  client.destroy();
});
