import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  DynamoDbAttributeType,
  DynamoDbValue as Value,
  RequestValue as From,
  RestIntegration,
  type RestDynamoDbScanIntegrationOptions,
} from '../../../lib';
import { renderTemplate } from '../../support/velocity';
import { type Routed, routed } from './support';

const { STRING, NUMBER, BOOLEAN } = DynamoDbAttributeType;

function table(scope: Construct): Table {
  const made = new Table(scope, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    sortKey: { name: 'version', type: AttributeType.NUMBER },
  });
  made.addGlobalSecondaryIndex({ indexName: 'by-total', partitionKey: { name: 'total', type: AttributeType.NUMBER } });
  return made;
}

const pageToken = From.query('page');
const scanned = (options: RestDynamoDbScanIntegrationOptions = {}): Routed =>
  routed('GET /orders', (stack) => RestIntegration.dynamoDbScan(table(stack), { pageToken, ...options }));

const call = ({ request }: Routed, page?: string) =>
  JSON.parse(renderTemplate(request, { query: page === undefined ? {} : { page } }).text);
const page = ({ answers }: Routed, answer: object, missing: null | '' = null) =>
  JSON.parse(renderTemplate(answers['2\\d{2}'], { body: JSON.stringify(answer), missing }).text);

const pages = scanned();

test('a request without a token asks for the first page', () => {
  const { ExclusiveStartKey, ...rest } = call(pages);
  expect(ExclusiveStartKey).toBeUndefined();
  expect(rest).toEqual({ TableName: expect.stringMatching(/^Table\w+$/), Limit: 100 });
});

test('the token of a page asks for the next one, whatever is in the key', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !/\p{Surrogate}/u.test(each));
  fc.assert(
    fc.property(text, fc.integer(), (id, version) => {
      const LastEvaluatedKey = { id: { S: id }, version: { N: String(version) } };
      const { nextToken, truncated } = page(pages, { Items: [], Count: 0, LastEvaluatedKey });
      expect([truncated, nextToken]).toEqual([true, expect.stringMatching(/^[A-Za-z0-9_.=-]+$/)]);
      expect(call(pages, nextToken).ExclusiveStartKey).toEqual(LastEvaluatedKey);
    }),
    { numRuns: 60 },
  );
});

test('the last page has no token', () => {
  for (const missing of [null, ''] as const) {
    expect(page(pages, { Items: [], Count: 0 }, missing)).toMatchObject({ truncated: false, nextToken: null });
  }
});

test('a token can only be the values of the key', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"},"TableName":"other', 'a.b.c', '.', '=.=', 'YQ==', '$util.urlEncode("x")', '#end'),
    fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.')),
    fc
      .tuple(fc.string(), fc.string())
      .map((parts) => parts.map((part) => Buffer.from(`${part}"}},"TableName":"x`).toString('base64url')).join('.')),
  );
  const first = call(pages);
  fc.assert(
    fc.property(hostile, (token) => {
      const { ExclusiveStartKey, ...rest } = call(pages, token);
      expect(rest).toEqual(first);
      if (ExclusiveStartKey === undefined || Object.keys(ExclusiveStartKey).length === 0) return;
      expect(ExclusiveStartKey).toEqual({ id: { S: expect.any(String) }, version: { N: expect.any(String) } });
    }),
    { numRuns: 300 },
  );
});

test('a token of another form is a key that DynamoDB rejects', () => {
  for (const token of ['x', 'YQ', 'YQ.MQ.Mg', 'Y Q.MQ', 'YQ.'])
    expect(call(pages, token).ExclusiveStartKey).toEqual({});
});

test('an index adds its own key', () => {
  const indexed = scanned({ indexName: 'by-total' });
  const LastEvaluatedKey = { id: { S: 'a' }, total: { N: '5' }, version: { N: '1' } };
  const { nextToken } = page(indexed, { Items: [], Count: 0, LastEvaluatedKey });
  expect(call(indexed, nextToken).ExclusiveStartKey).toEqual(LastEvaluatedKey);
});

test('a table of elsewhere has the key that is given', () => {
  const elsewhere = routed('GET /orders', (stack) =>
    RestIntegration.dynamoDbQuery(Table.fromTableName(stack, 'Other', 'orders'), {
      keyCondition: 'customer = :customer',
      expressionValues: {
        ':customer': Value.string(From.query('customer')),
        ':open': Value.boolean(From.literal('true')),
      },
      filter: 'isOpen = :open',
      pageToken,
      pageKey: { customer: STRING, id: STRING },
    }),
  );
  expect(call(elsewhere, 'YQ==.Yg==')).toMatchObject({
    KeyConditionExpression: 'customer = :customer',
    FilterExpression: 'isOpen = :open',
    ExclusiveStartKey: { customer: { S: 'a' }, id: { S: 'b' } },
  });
});

test('a scan without paging responds as a query does', () => {
  const plain = routed('GET /orders', (stack) =>
    RestIntegration.dynamoDbScan(table(stack), {
      filter: '#total > :total',
      expressionNames: { '#total': 'total' },
      expressionValues: { ':total': Value.number(From.query('above')) },
      limit: 5,
      attributes: { id: STRING },
    }),
  );
  const asked = JSON.parse(renderTemplate(plain.request, { query: { above: '3' } }).text);
  expect(asked).toEqual({
    TableName: expect.stringMatching(/^Table\w+$/),
    FilterExpression: '#total > :total',
    ExpressionAttributeValues: { ':total': { N: '3' } },
    ExpressionAttributeNames: { '#total': 'total', '#p_id': 'id' },
    ProjectionExpression: '#p_id',
    Limit: 5,
  });
  expect(page(plain, { Items: [{ id: { S: 'a' } }], Count: 1 })).toEqual({
    ...{ items: [{ id: 'a' }], count: 1, truncated: false },
  });
});

test.each<[string, RestDynamoDbScanIntegrationOptions, string]>([
  ['literal', { pageToken: From.literal('a') }, 'pageToken is the same for each request'],
  ['wrong key', { pageKey: { id: STRING } }, 'pageKey must be the key attributes of the table'],
  [
    'wrong type',
    { pageKey: { id: STRING, version: BOOLEAN } },
    '"version" must be DynamoDbAttributeType.STRING or NUMBER',
  ],
  ['limit', { limit: 0 }, 'limit must be a whole number from 1 to 1000'],
  ['unused', { filter: 'a = b', expressionNames: { '#c': 'c' } }, 'filter "a = b" does not use "#c"'],
])('%s', (_what, options, message) => {
  expect(() => scanned(options)).toThrow(message);
});

test('a table of elsewhere needs its key', () => {
  const make = () =>
    routed('GET /orders', (stack) =>
      RestIntegration.dynamoDbScan(Table.fromTableName(stack, 'Other', 'orders'), { pageToken }),
    );
  expect(make).toThrow('pageToken needs pageKey, since the table is not defined here as a Table');
});

test('pageKey without pageToken is an error', () => {
  const make = () =>
    routed('GET /orders', (stack) =>
      RestIntegration.dynamoDbScan(table(stack), { pageKey: { id: STRING, version: NUMBER } }),
    );
  expect(make).toThrow('pageKey has no effect without pageToken');
});
