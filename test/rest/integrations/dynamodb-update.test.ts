import { CfnParameter } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  DynamoDbAttributeType,
  DynamoDbValue as Value,
  RequestValue as From,
  RestIntegration,
  type RestDynamoDbUpdateIntegrationOptions,
} from '../../../lib';
import { type Json } from '../../support/stacks';
import { renderTemplate } from '../../support/velocity';
import { everyText, type Routed, routed } from './support';

const table = (scope: Construct) =>
  new Table(scope, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const id = Value.string(From.path('id'));
const updated = (options: Omit<RestDynamoDbUpdateIntegrationOptions, 'key'>): Routed =>
  routed('PATCH /orders/{id}', (stack) => RestIntegration.dynamoDbUpdate(table(stack), { key: { id }, ...options }));

const asked = ({ request }: Routed, body: unknown, one = '1') =>
  JSON.parse(renderTemplate(request, { path: { id: one }, body: JSON.stringify(body) }).text);

function answered({ answers, integration }: Routed, pattern: string, answer: unknown, missing: null | '' = null) {
  const { status, text } = renderTemplate(answers[pattern], { body: JSON.stringify(answer), missing });
  return [status ?? Number(integration.responses[pattern].statusCode), text === '' ? '' : JSON.parse(text)];
}

/** The changes that DynamoDB would make: `set name` → value. Fails for a placeholder that is not defined, or not used. */
function changesOf(call: Json): Record<string, unknown> {
  const names: Record<string, string> = { ...call.ExpressionAttributeNames };
  const values: Record<string, unknown> = { ...call.ExpressionAttributeValues };
  const used = new Set<string>();
  const take = <T>(map: Record<string, T>, key: string): T => {
    expect(map).toHaveProperty([key]);
    used.add(key);
    return map[key];
  };
  const changes: Record<string, unknown> = {};
  for (const [, keyword, clauses] of String(call.UpdateExpression).matchAll(
    /(SET|ADD|REMOVE) (.*?) ?(?=(?:SET|ADD|REMOVE) |$)/g,
  )) {
    for (const clause of clauses.split(', ')) {
      const [, name, value] = /^(#\w+)(?:(?: =)? (:\w+))?$/.exec(clause) ?? [];
      changes[`${keyword.toLowerCase()} ${take(names, name)}`] = value === undefined ? true : take(values, value);
    }
  }
  for (const name of String(call.ConditionExpression ?? '').match(/#\w+/g) ?? []) take(names, name);
  for (const value of String(call.ConditionExpression ?? '').match(/:\w+/g) ?? []) take(values, value);
  expect([...used].sort()).toEqual([...Object.keys(names), ...Object.keys(values)].sort());
  return changes;
}

describe('set, add and remove', () => {
  const patch = updated({
    set: {
      status: Value.optionalString(From.bodyField('$.status')),
      'odd "name" $x #y': Value.optionalNumber(From.bodyField('$.price')),
      open: Value.optionalBoolean(From.bodyField('$.open')),
    },
  });
  const mixed = updated({
    set: { size: Value.string(From.bodyField('$.size')), status: Value.optionalString(From.bodyField('$.status')) },
    add: { version: Value.number(From.literal('1')), visits: Value.number(From.literal('-2')) },
    remove: ['draft', 'lock'],
  });

  test('a request changes what it has, whatever is in it', () => {
    const body = fc.record(
      { status: fc.string({ minLength: 1 }), price: fc.integer(), open: fc.boolean() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, fc.string({ minLength: 1 }), (given, one) => {
        fc.pre(Object.keys(given).length > 0);
        const call = asked(patch, given, one);
        expect(changesOf(call)).toEqual({
          ...(given.status === undefined ? {} : { 'set status': { S: given.status } }),
          ...(given.price === undefined ? {} : { 'set odd "name" $x #y': { N: String(given.price) } }),
          ...(given.open === undefined ? {} : { 'set open': { BOOL: given.open } }),
        });
        expect(call).toMatchObject({ Key: { id: { S: one } }, ConditionExpression: 'attribute_exists(#key_0)' });
        expect(call.ExpressionAttributeNames['#key_0']).toBe('id');
      }),
      { numRuns: 60 },
    );
  });

  test('a request without changes is sent as one that DynamoDB rejects', () => {
    expect(asked(patch, {})).toMatchObject({ UpdateExpression: '' });
  });

  test('all three in one call', () => {
    everyText((one, two) => {
      expect(changesOf(asked(mixed, { size: one, status: two }))).toEqual({
        'set size': { S: one },
        ...(two === '' ? {} : { 'set status': { S: two } }),
        'add version': { N: '1' },
        'add visits': { N: '-2' },
        'remove draft': true,
        'remove lock': true,
      });
    });
  });

  test('only optional values beside others that are always there', () => {
    const counted = updated({
      set: { status: Value.optionalString(From.bodyField('$.status')) },
      remove: ['draft'],
      mustExist: false,
    });
    expect(changesOf(asked(counted, {}))).toEqual({ 'remove draft': true });
    expect(asked(counted, {})).not.toHaveProperty('ExpressionAttributeValues');
    expect(changesOf(asked(counted, { status: 'a' }))).toEqual({ 'remove draft': true, 'set status': { S: 'a' } });
  });
});

describe('an update expression', () => {
  const append = updated({
    updateExpression: 'SET #lines = list_append(#lines, :line)',
    condition: 'version = :version OR attribute_not_exists(version)',
    expressionNames: { '#lines': 'lines' },
    expressionValues: {
      ':line': Value.stringList(From.bodyField('$.lines')),
      ':version': Value.number(From.bodyField('$.version')),
    },
    returnItem: true,
  });

  test('is sent as it is, with the condition in parentheses', () => {
    expect(asked(append, { lines: ['a', '"$b'], version: 3 })).toMatchObject({
      UpdateExpression: 'SET #lines = list_append(#lines, :line)',
      ConditionExpression: 'attribute_exists(#key_0) AND (version = :version OR attribute_not_exists(version))',
      ExpressionAttributeNames: { '#key_0': 'id', '#lines': 'lines' },
      ExpressionAttributeValues: { ':line': { L: [{ S: 'a' }, { S: '"$b' }] }, ':version': { N: '3' } },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  test.each([[undefined], ['a'], [{ a: 'b' }], [[1]], [['a', null]], [[['a']]]])(
    'a body whose list is %j has no value that DynamoDB takes',
    (lines) => {
      expect(asked(append, { lines, version: 1 }).ExpressionAttributeValues[':line']).toEqual({});
    },
  );

  test('responds with the item', () => {
    const Attributes = { id: { S: '1' }, lines: { L: [{ S: 'a' }] } };
    expect(answered(append, '2\\d{2}', { Attributes })).toEqual([200, Attributes]);
  });

  test('a condition that fails is 409, and an item that does not exist is 404', () => {
    const error = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' };
    for (const missing of [null, ''] as const) {
      expect(answered(append, '400', error, missing)).toEqual([404, { message: 'Not found' }]);
      expect(answered(append, '400', { ...error, Item: { id: { S: '1' } } }, missing)).toEqual([
        409,
        { message: 'Conflict' },
      ]);
      expect(answered(append, '400', { __type: 'x#ValidationException' }, missing)).toEqual([
        400,
        { message: 'Bad request' },
      ]);
    }
    expect(Object.keys(append.operation.responses)).toEqual(expect.arrayContaining(['404', '409']));
  });
});

describe('responses', () => {
  const failed = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' };

  test('204 without a body, and 404 if there is no item', () => {
    const plain = updated({ remove: ['draft'] });
    expect(answered(plain, '2\\d{2}', {})).toEqual([204, '']);
    expect(answered(plain, '400', failed)).toEqual([404, { message: 'Not found' }]);
  });

  test('409 if the item need not exist', () => {
    const upsert = updated({ remove: ['draft'], mustExist: false, condition: 'attribute_not_exists(locked)' });
    expect(answered(upsert, '400', failed)).toEqual([409, { message: 'Conflict' }]);
    expect(asked(upsert, {})).toMatchObject({ ConditionExpression: 'attribute_not_exists(locked)' });
    expect(asked(upsert, {})).not.toHaveProperty('ReturnValuesOnConditionCheckFailure');
  });

  test('attributes of the changed item as plain JSON, whatever is in them', () => {
    const { STRING, NUMBER, STRING_LIST, STRING_SET } = DynamoDbAttributeType;
    const shown = updated({
      add: { count: Value.number(From.literal('1')) },
      attributes: { name: STRING, count: NUMBER, lines: STRING_LIST, tags: STRING_SET, none: STRING_SET },
    });
    everyText((one, two) => {
      const Attributes = {
        ...{ name: { S: one }, count: { N: '2' }, lines: { L: [{ S: one }, { N: '1' }, { S: two }] } },
        tags: { SS: [two] },
      };
      expect(answered(shown, '2\\d{2}', { Attributes })).toEqual([
        200,
        { name: one, count: 2, lines: [one, null, two], tags: [two], none: null },
      ]);
    });
    expect(answered(shown, '2\\d{2}', { Attributes: { lines: { L: [] } } })).toEqual([
      200,
      { name: null, count: null, lines: [], tags: null, none: null },
    ]);
  });
});

test.each<[string, Omit<RestDynamoDbUpdateIntegrationOptions, 'key'>, string]>([
  ['nothing', {}, 'needs what to change: set, add or remove, or an updateExpression in their place'],
  ['both', { remove: ['a'], updateExpression: 'REMOVE b' }, 'needs what to change'],
  ['an attribute twice', { remove: ['a'], set: { a: id } }, '"a" is changed twice'],
  ['the key', { set: { id } }, '"id" is part of the key, which cannot be changed'],
  [
    'an unknown placeholder',
    { updateExpression: 'SET a = :a' },
    'updateExpression "SET a = :a" uses :a, which expressionValues does not have',
  ],
  [
    'an unused placeholder',
    { remove: ['a'], expressionValues: { ':a': id } },
    'updateExpression "" does not use ":a", and DynamoDB rejects unused placeholders',
  ],
  [
    'an optional value in an expression',
    { updateExpression: 'SET a = :a', expressionValues: { ':a': Value.optionalString(From.path('id')) } },
    'expressionValues: ":a" is an optional DynamoDbValue',
  ],
  [
    'a reserved word',
    { remove: ['a'], condition: 'attribute_exists(a) AND NOT contains(info.Status, a)' },
    'condition "attribute_exists(a) AND NOT contains(info.Status, a)" uses "Status", which is a reserved word of DynamoDB; write #Status, and expressionNames: { "#Status": "Status" }',
  ],
  [
    'attributes that are not returned',
    { remove: ['a'], returnItem: false, attributes: {} },
    'remove returnItem: false',
  ],
  [
    'a placeholder of its own',
    { remove: ['a'], condition: '#key_0 = #key_0', expressionNames: { '#key_0': 'a' } },
    'expressionNames has "#key_0"',
  ],
])('an update of %s is an error', (_what, options, message) => {
  expect(() => updated(options)).toThrow(message);
});

test.each([
  'SET #a = :a, b.c[0] = if_not_exists(b.c[0], :a) REMOVE d ADD e :a DELETE f :a',
  'set #a = size_of + :a, b = list_append (b, :a)',
])('the words of %j are no names', (updateExpression) => {
  const given = { expressionNames: { '#a': 'name' }, expressionValues: { ':a': id } };
  expect(() =>
    updated({ updateExpression, condition: 'size (#a) IN (:a) AND x BETWEEN :a and :a', ...given }),
  ).not.toThrow();
});

test.each([
  ['stringSet', () => Value.stringSet(From.query('tags')), 'only the JSON body has lists'],
  ['map', () => Value.map({ a: Value.optionalString(From.query('a')) }), '"a" is optional'],
  ['list', () => Value.list([Value.optionalNumber(From.query('a'))]), '"0" is optional'],
])('%s says what it cannot be', (_name, make, message) => {
  expect(() => updated({ set: { a: make() } })).toThrow(message);
});

test('maps, lists and null are typed', () => {
  const nested = updated({
    set: { all: Value.map({ none: Value.nothing(), some: Value.list([Value.string(From.bodyField('$.a'))]) }) },
  });
  everyText((one) => {
    expect(changesOf(asked(nested, { a: one }))).toEqual({
      'set all': { M: { none: { NULL: true }, some: { L: [{ S: one }] } } },
    });
  });
});

test('what only the deployment knows of an expression is not judged', () => {
  const { integration } = routed('PATCH /orders/{id}', (stack) => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    return RestIntegration.dynamoDbUpdate(table(stack), {
      ...{ key: { id }, remove: ['a'], condition: `attribute_exists(${name}) AND b = :b` },
      expressionValues: { ':b': Value.string(From.literal('b')), ':c': Value.string(From.literal('c')) },
    });
  });
  expect(JSON.stringify(integration.requestTemplates)).toContain('attribute_exists(');
});
