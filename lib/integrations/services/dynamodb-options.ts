import { type DynamoDbAttributeType, type DynamoDbValue } from '../velocity/dynamodb-value';

/**
 * Options of an integration that reads an item.
 */
export interface DynamoDbGetOptions {
  /**
   * The primary key: attribute → value.
   */
  readonly key: { [attribute: string]: DynamoDbValue };

  /**
   * Attributes of the response and their types, as plain JSON; one that the item does not have is null. Attributes that are not
   * listed here are neither read nor returned.
   *
   * @default - the whole item in DynamoDB JSON: `{"id":{"S":"a"}}`
   */
  readonly attributes?: { [attribute: string]: DynamoDbAttributeType };

  /**
   * Whether the read is strongly consistent: it returns all writes that succeeded before it, at twice the price.
   *
   * @default false
   */
  readonly consistentRead?: boolean;
}

/**
 * A condition for a write; if it is false, the response is 409.
 */
export interface DynamoDbConditionOptions {
  /**
   * Condition expression, e.g. `attribute_not_exists(id)`, with `:name` for values and `#name` for attributes.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
   * @default - none
   */
  readonly condition?: string;

  /**
   * Values of the expression: `:name` → value.
   *
   * @default - none
   */
  readonly expressionValues?: { [name: string]: DynamoDbValue };

  /**
   * Attribute names of the expression: `#name` → attribute.
   *
   * @default - none
   */
  readonly expressionNames?: { [name: string]: string };
}

/**
 * The item that an integration writes.
 */
export interface DynamoDbPutOptions extends DynamoDbConditionOptions {
  /**
   * The whole item, key included: attribute → value. An item with the same key is replaced, unless `condition` prevents
   * otherwise.
   */
  readonly item: { [attribute: string]: DynamoDbValue };
}

/**
 * The item that an integration deletes.
 */
export interface DynamoDbDeleteOptions extends DynamoDbConditionOptions {
  /**
   * The primary key: attribute → value.
   */
  readonly key: { [attribute: string]: DynamoDbValue };
}

/**
 * The items of one partition that an integration reads.
 */
export interface DynamoDbQueryOptions {
  /**
   * Key condition, e.g. `customer = :customer`, with `:name` for values and `#name` for attributes.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
   */
  readonly keyCondition: string;

  /**
   * Values of the expression: `:name` → value.
   */
  readonly expressionValues: { [name: string]: DynamoDbValue };

  /**
   * Attribute names of the expression: `#name` → attribute.
   *
   * @default - none
   */
  readonly expressionNames?: { [name: string]: string };

  /**
   * Secondary index that is read instead of the table.
   *
   * @default - the table itself
   */
  readonly indexName?: string;

  /**
   * Maximum number of items in the response, 1 to 1000. Items beyond it, or beyond 1 MB, are not returned; `truncated` is then true.
   *
   * @default 100
   */
  readonly limit?: number;

  /**
   * Whether items come in ascending order of the sort key.
   *
   * @default true
   */
  readonly ascending?: boolean;

  /**
   * Attributes of the response and their types, as plain JSON; one that an item does not have is null.
   *
   * @default - whole items in DynamoDB JSON: `{"id":{"S":"a"}}`
   */
  readonly attributes?: { [attribute: string]: DynamoDbAttributeType };
}
