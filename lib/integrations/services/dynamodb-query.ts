import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type Owner, show } from '../../authoring/errors';
import { jsonLiteral } from '../velocity/template';
import { type CallScope, type ServiceCall } from './call';
import { tableCall } from './dynamodb';
import { pageTemplate, projection } from './dynamodb-answers';
import { expressionFields } from './dynamodb-expressions';
import { type DynamoDbQueryOptions, type DynamoDbReadManyOptions, type DynamoDbScanOptions } from './dynamodb-options';
import { nextTokenOf, startKeyField } from './dynamodb-paging';
import { errorReplies } from './replies';

export function dynamoDbQueryCall(table: ITable, options: DynamoDbQueryOptions, scope: CallScope): ServiceCall {
  const { keyCondition, filter, expressionValues, expressionNames = {} } = options;
  const fields = [
    `"KeyConditionExpression":"${jsonLiteral(keyCondition)}"`,
    ...filterField(filter),
    ...expressionFields({ keyCondition, filter }, expressionValues, expressionNames, scope),
  ];
  const order = options.ascending === false ? ['"ScanIndexForward":false'] : [];
  return readMany(table, 'Query', options, { before: fields, after: order }, scope);
}

export function dynamoDbScanCall(table: ITable, options: DynamoDbScanOptions, scope: CallScope): ServiceCall {
  const { filter, expressionValues = {}, expressionNames = {} } = options;
  const fields = [...filterField(filter), ...expressionFields({ filter }, expressionValues, expressionNames, scope)];
  return readMany(table, 'Scan', options, { before: fields, after: [] }, scope);
}

const filterField = (filter: string | undefined): string[] =>
  filter === undefined ? [] : [`"FilterExpression":"${jsonLiteral(filter)}"`];

function readMany(
  table: ITable,
  action: 'Query' | 'Scan',
  options: DynamoDbReadManyOptions,
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
  scope: CallScope,
): ServiceCall {
  const { owner, style } = scope;
  const { attributes, indexName, expressionNames = {}, pageToken } = options;
  if (options.pageKey && !pageToken)
    throw owner.error('pageKey has no effect without pageToken; add RequestValue.query("nextToken"), or remove it');
  const fields = [
    ...before,
    ...projection(attributes, expressionNames, owner),
    ...(indexName === undefined ? [] : [`"IndexName":"${jsonLiteral(indexName)}"`]),
    `"Limit":${checkedLimit(options.limit ?? 100, owner)}`,
    ...after,
  ];
  const page = pageTemplate(attributes, pageToken && nextTokenOf(table, options, owner));
  const replies = [
    { pattern: '2\\d{2}', status: 200, template: page },
    ...errorReplies(style, SERVICE_ERRORS.dynamodb),
  ];
  const optionalFields = pageToken ? startKeyField(pageToken, table, options, scope) : '';
  return tableCall(table, action, fields, scope, replies, { indexName, optionalFields });
}

function checkedLimit(limit: number, owner: Owner): number {
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1000))
    throw owner.error(`limit must be a whole number from 1 to 1000, got: ${show(limit)}`);
  return limit;
}
