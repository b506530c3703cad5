import { createHash } from 'node:crypto';
import { type AttributeValue, Expressions, type Item, ValidationError } from './dynamodb-expressions';
import { type FakeAnswer, fakeServer, type FakeServer, type SeenRequest } from './fake-http';
import { type Fields, requestProblem } from './dynamodb-shapes';

export interface FakeDynamoDbOptions {
  readonly tableName: string;
  /** Partition key, a string. */
  readonly key: string;
  /** A global secondary index: its partition key is a string as well, and sparse. */
  readonly index?: { readonly name: string; readonly key: string };
}

export interface FakeDynamoDb extends FakeServer {
  readonly items: Map<string, Item>;
  /** Items of a page at most, as if 1 MB were full; whatever the request's limit is. */
  pageSize: number;
  /** Answers given before the real ones, one a request, by operation. */
  readonly scripted: Record<string, FakeAnswer[]>;
  /** Operations, in order. */
  asked(): string[];
}

/** An error as the JSON protocol of DynamoDB writes it. */
export function dynamoDbError(type: string, message: string, status = 400): FakeAnswer {
  const prefix = type === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazonaws.dynamodb.v20120810';
  return { status, headers: JSON_1_0, body: JSON.stringify({ __type: `${prefix}#${type}`, message }) };
}

const JSON_1_0 = { 'content-type': 'application/x-amz-json-1.0' };
const TARGET = /^DynamoDB_20120810\.(PutItem|DeleteItem|Query|Scan)$/;

export const throttledTable = dynamoDbError('ProvisionedThroughputExceededException', 'Too much');

/**
 * Plays PutItem, DeleteItem, Query and Scan on one table. Stricter than the service: a field that it does not know is a
 * ValidationException, so that a slip in a request template is found.
 */
export async function fakeDynamoDb(options: FakeDynamoDbOptions): Promise<FakeDynamoDb> {
  const table = new Table(options);
  const operationOf = ({ headers }: SeenRequest) => TARGET.exec(String(headers['x-amz-target']))?.[1];
  const server = await fakeServer((request) => {
    const operation = operationOf(request);
    if (request.method !== 'POST' || operation === undefined) {
      return dynamoDbError('UnknownOperationException', `${request.method} ${String(request.headers['x-amz-target'])}`);
    }
    const scripted = fake.scripted[operation]?.shift();
    return scripted ?? table.answer(operation, request.body, fake.pageSize);
  });
  const fake: FakeDynamoDb = {
    ...server,
    items: table.items,
    pageSize: Infinity,
    scripted: {},
    asked: () => server.seen.map((request) => operationOf(request) ?? 'unknown'),
  };
  return fake;
}

class ConditionFailed extends Error {}

class Table {
  public readonly items = new Map<string, Item>();

  constructor(private readonly options: FakeDynamoDbOptions) {}

  public answer(operation: string, body: string, pageSize: number): FakeAnswer {
    try {
      const request = parsed(body);
      const problem = requestProblem(operation, request);
      if (problem !== undefined) throw new ValidationError(problem);
      if (request.TableName !== this.options.tableName) {
        return dynamoDbError('ResourceNotFoundException', 'Requested resource not found');
      }
      const result = this.run(operation, request, pageSize);
      return { status: 200, headers: JSON_1_0, body: JSON.stringify(result) };
    } catch (error) {
      if (error instanceof ValidationError) return dynamoDbError('ValidationException', error.message);
      if (error instanceof ConditionFailed) {
        return dynamoDbError('ConditionalCheckFailedException', 'The conditional request failed');
      }
      throw error;
    }
  }

  private run(operation: string, request: Fields, pageSize: number): object {
    const expressions = new Expressions(
      request.ExpressionAttributeNames as Record<string, string> | undefined,
      request.ExpressionAttributeValues as Record<string, AttributeValue> | undefined,
    );
    if (operation === 'PutItem') return this.put(request, expressions);
    if (operation === 'DeleteItem') return this.delete(request, expressions);
    return this.read(request, expressions, pageSize);
  }

  private put(request: Fields, expressions: Expressions): object {
    const item = request.Item as Item;
    const { key, index } = this.options;
    if (!item[key])
      throw new ValidationError(`One or more parameter values were invalid: Missing the key ${key} in the item`);
    this.checkKey(key, item[key], 'One or more parameter values were invalid: ');
    const indexed = index && item[index.key];
    if (indexed)
      this.checkKey(index.key, indexed, `One or more parameter values are not valid for the index ${index.name}: `);
    const id = String(item[key].S);
    return this.change(id, request, expressions, () => this.items.set(id, item));
  }

  private delete(request: Fields, expressions: Expressions): object {
    const id = this.keyOf(
      request.Key as Item,
      [this.options.key],
      'The provided key element does not match the schema',
    );
    return this.change(id, request, expressions, () => this.items.delete(id));
  }

  private change(id: string, request: Fields, expressions: Expressions, apply: () => void): object {
    const condition = expressions.condition('ConditionExpression', request.ConditionExpression as string | undefined);
    expressions.finish();
    const old = this.items.get(id);
    if (!condition(old)) throw new ConditionFailed();
    apply();
    return request.ReturnValues === 'ALL_OLD' && old ? { Attributes: old } : {};
  }

  private read(request: Fields, expressions: Expressions, pageSize: number): object {
    const { key, index } = this.options;
    const indexName = request.IndexName as string | undefined;
    if (indexName !== undefined && indexName !== index?.name) {
      throw new ValidationError(`The table does not have the specified index: ${indexName}`);
    }
    if (indexName !== undefined && request.ConsistentRead === true) {
      throw new ValidationError('Consistent reads are not supported on global secondary indexes');
    }
    const partition = indexName === undefined ? key : index!.key;
    const wanted =
      request.KeyConditionExpression === undefined
        ? undefined
        : expressions.partition(request.KeyConditionExpression as string, partition);
    const filter = expressions.condition('FilterExpression', request.FilterExpression as string | undefined);
    const project = expressions.projection(request.ProjectionExpression as string | undefined);
    expressions.finish();
    const keys = [...new Set([key, partition])];
    const start = request.ExclusiveStartKey as Item | undefined;
    const after = start && placeOf(this.keyOf(start, keys, 'The provided starting key is invalid'));
    const there = [...this.items]
      .filter(
        ([id, item]) =>
          item[partition] && (!wanted || item[partition].S === wanted.S) && (!after || placeOf(id) > after),
      )
      .sort(([a], [b]) => (placeOf(a) < placeOf(b) ? -1 : 1))
      .map(([, item]) => item);
    const size = Math.min(pageSize, (request.Limit as number | undefined) ?? Infinity);
    const page = there.slice(0, size);
    const Items = page.filter(filter).map(project);
    const last = there.length >= size ? page.at(-1) : undefined;
    return {
      Items,
      Count: Items.length,
      ScannedCount: page.length,
      // Also where nothing follows: the service has stopped looking.
      ...(last && { LastEvaluatedKey: Object.fromEntries(keys.map((name) => [name, last[name]])) }),
    };
  }

  private keyOf(given: Item, keys: readonly string[], message: string): string {
    if (Object.keys(given).sort().join() !== [...keys].sort().join()) throw new ValidationError(message);
    for (const name of keys) this.checkKey(name, given[name], `${message}: `);
    return String(given[this.options.key].S);
  }

  private checkKey(name: string, value: AttributeValue, message: string): void {
    const [type] = Object.keys(value);
    if (type !== 'S') throw new ValidationError(`${message}Type mismatch for key ${name} expected: S actual: ${type}`);
    if (value.S === '') {
      throw new ValidationError(
        `${message}The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      );
    }
  }
}

/** Items are in the order of a hash of their key, as in the service. */
function placeOf(id: string): string {
  return createHash('md5').update(id).digest('hex');
}

function parsed(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // Said below.
  }
  throw new ValidationError(`The request is not a JSON object: ${body.slice(0, 100)}`);
}
