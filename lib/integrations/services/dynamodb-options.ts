import { type RequestValue } from '../request-value';
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
 * The changes of one item by an integration.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export interface DynamoDbUpdateOptions extends DynamoDbConditionOptions {
  /**
   * The primary key: attribute → value.
   */
  readonly key: { [attribute: string]: DynamoDbValue };

  /**
   * Attributes that get another value: attribute → value. One whose value is optional and missing in the request stays as it is, which
   * is what `PATCH` needs. A request that changes nothing gets a 400 response.
   *
   * @default - none
   */
  readonly set?: { [attribute: string]: DynamoDbValue };

  /**
   * Numbers to which a number is added, atomically: attribute → summand, which may be negative. A missing attribute counts as 0. A set gets
   * the elements that it does not have.
   *
   * @default - none
   */
  readonly add?: { [attribute: string]: DynamoDbValue };

  /**
   * Attributes that the item no longer has.
   *
   * @default - none
   */
  readonly remove?: string[];

  /**
   * Update expression in place of `set`, `add` and `remove`, e.g. `SET tags = list_append(tags, :tag)`, with `:name` for values
   * and `#name` for attributes.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
   * @default - `set`, `add` and `remove`
   */
  readonly updateExpression?: string;

  /**
   * Whether the item must exist; if it does not, the response is 404. Otherwise DynamoDB creates an item of the key and the changes.
   *
   * @default true
   */
  readonly mustExist?: boolean;

  /**
   * Whether the response is 200 with the item after the changes, instead of 204.
   *
   * @default - true if `attributes` is given
   */
  readonly returnItem?: boolean;

  /**
   * Attributes of the response and their types, as plain JSON; one that the item does not have is null.
   *
   * @default - the whole item in DynamoDB JSON, if it is returned: `{"id":{"S":"a"}}`
   */
  readonly attributes?: { [attribute: string]: DynamoDbAttributeType };
}

/**
 * What queries and scans have in common.
 */
export interface DynamoDbReadManyOptions {
  /**
   * Filter expression for items that were read, e.g. `price > :price`. It saves no capacity: `limit` counts the items before it, so a
   * page may be empty though others follow.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.FilterExpression.html
   * @default - none
   */
  readonly filter?: string;

  /**
   * Attribute names of the expressions: `#name` → attribute.
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
   * Attributes of the response and their types, as plain JSON; one that an item does not have is null.
   *
   * @default - whole items in DynamoDB JSON: `{"id":{"S":"a"}}`
   */
  readonly attributes?: { [attribute: string]: DynamoDbAttributeType };

  /**
   * The `nextToken` of the page before, usually `RequestValue.query('nextToken')`; the first page has none. The response then has a
   * `nextToken`, which is null on the last page. It contains the key of the page's last item, in Base64. A wrong one gets a 400
   * response.
   *
   * @default - one page only
   */
  readonly pageToken?: RequestValue;

  /**
   * The key attributes of the table, and of the index that is read, with their types: STRING or NUMBER. For `pageToken`.
   *
   * @default - those of the `Table`, if it is defined in this app
   */
  readonly pageKey?: { [attribute: string]: DynamoDbAttributeType };
}

/**
 * The items of one partition that an integration reads.
 */
export interface DynamoDbQueryOptions extends DynamoDbReadManyOptions {
  /**
   * Key condition, e.g. `customer = :customer`, with `:name` for values and `#name` for attributes.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
   */
  readonly keyCondition: string;

  /**
   * Values of the expressions: `:name` → value.
   */
  readonly expressionValues: { [name: string]: DynamoDbValue };

  /**
   * Whether items come in ascending order of the sort key.
   *
   * @default true
   */
  readonly ascending?: boolean;
}

/**
 * The items of a whole table or index that an integration reads. A scan costs capacity for each item that it reads, whatever the
 * filter leaves: for small tables, and for sparse indexes.
 */
export interface DynamoDbScanOptions extends DynamoDbReadManyOptions {
  /**
   * Values of the filter: `:name` → value.
   *
   * @default - none
   */
  readonly expressionValues?: { [name: string]: DynamoDbValue };
}
