import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type Owner, show } from '../../authoring/errors';
import { type ServiceGrant } from '../service-roles';
import { type DynamoDbValue } from '../velocity/dynamodb-value';
import { jsonLiteral, type VelocityTemplate } from '../velocity/template';
import { placeOf } from './accounts';
import { type CallScope, type ServiceCall } from './call';
import { attributesOf, projection, queryTemplate } from './dynamodb-answers';
import {
  type DynamoDbConditionOptions,
  type DynamoDbDeleteOptions,
  type DynamoDbGetOptions,
  type DynamoDbPutOptions,
  type DynamoDbQueryOptions,
} from './dynamodb-options';
import { keyGrants } from './key-grants';
import { errorReplies, type Reply, type ReplyStyle } from './replies';

export function dynamoDbGetCall(table: ITable, options: DynamoDbGetOptions, scope: CallScope): ServiceCall {
  const { owner, template, style } = scope;
  const fields = [
    `"Key":${values(options.key, 'key', template, owner)}`,
    ...(options.consistentRead ? ['"ConsistentRead":true'] : []),
    ...projection(options.attributes, {}, owner),
  ];
  const item = options.attributes ? attributesOf('$item', options.attributes) : "$input.json('$.Item')";
  const found = `#set($item = $input.path('$.Item'))#if(!$item || $item == "")${style.answer(404)}#else${item}#end`;
  return call(table, 'GetItem', fields, scope, [
    { pattern: '2\\d{2}', status: 200, template: found, overrides: [404] },
    ...errorReplies(style, SERVICE_ERRORS.dynamodb),
  ]);
}

export function dynamoDbQueryCall(table: ITable, options: DynamoDbQueryOptions, scope: CallScope): ServiceCall {
  const { owner, template, style } = scope;
  const limit = options.limit ?? 100;
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1000)) {
    throw owner.error(`limit must be a whole number from 1 to 1000, got: ${limit}`);
  }
  const { keyCondition, indexName, expressionNames = {} } = options;
  const fields = [
    `"KeyConditionExpression":"${jsonLiteral(keyCondition)}"`,
    ...expression(keyCondition, 'keyCondition', options.expressionValues, expressionNames, template, owner),
    ...projection(options.attributes, expressionNames, owner),
    ...(indexName === undefined ? [] : [`"IndexName":"${jsonLiteral(indexName)}"`]),
    `"Limit":${limit}`,
    ...(options.ascending === false ? ['"ScanIndexForward":false'] : []),
  ];
  const success = { pattern: '2\\d{2}', status: 200, template: queryTemplate(options.attributes) };
  const resource = indexName === undefined ? table.tableArn : `${table.tableArn}/index/${indexName}`;
  return call(table, 'Query', fields, scope, [success, ...errorReplies(style, SERVICE_ERRORS.dynamodb)], resource);
}

export function dynamoDbPutCall(table: ITable, options: DynamoDbPutOptions, scope: CallScope): ServiceCall {
  const fields = [`"Item":${item(options.item, scope)}`, ...condition(options, scope)];
  return call(table, 'PutItem', fields, scope, writeReplies(scope.style));
}

export function dynamoDbDeleteCall(table: ITable, options: DynamoDbDeleteOptions, scope: CallScope): ServiceCall {
  const fields = [`"Key":${values(options.key, 'key', scope.template, scope.owner)}`, ...condition(options, scope)];
  return call(table, 'DeleteItem', fields, scope, writeReplies(scope.style));
}

function writeReplies(style: ReplyStyle): Reply[] {
  return [
    { pattern: '2\\d{2}', status: 204, template: style.done },
    ...errorReplies(style, SERVICE_ERRORS.dynamodbWrite),
  ];
}

function call(
  table: ITable,
  action: 'GetItem' | 'Query' | 'PutItem' | 'DeleteItem',
  fields: readonly string[],
  { owner, stack, template }: CallScope,
  replies: readonly Reply[],
  resource = table.tableArn,
): ServiceCall {
  // A bare name refers to the account of the role.
  const { account, region } = placeOf(table, table.tableArn);
  const name = account === stack.account ? table.tableName : table.tableArn;
  return {
    role: 'dynamodb',
    target: `dynamodb:action/${action}`,
    region,
    grants: [{ actions: [`dynamodb:${action}`], resources: [resource] }, ...tableKeyGrants(table, action, owner)],
    mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
    template: template.render(`{${[`"TableName":"${jsonLiteral(name)}"`, ...fields].join(',')}}`),
    replies,
  };
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
export function tableKeyGrants(table: ITable, action: string, owner: Owner): ServiceGrant[] {
  const writes = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const reads = ['kms:Decrypt', 'kms:DescribeKey'];
  const actions = action === 'GetItem' || action === 'Query' ? reads : [...reads, ...writes];
  return keyGrants(table.encryptionKey, actions, table, owner);
}

/** Optional attributes come last, each with the comma before it. */
function item(given: Readonly<Record<string, DynamoDbValue>>, { template, owner }: CallScope): string {
  const entries = Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
  const always = Object.fromEntries(entries.filter(([, value]) => !value._absent));
  const optional = entries.map(([name, value]) => {
    const absent = value._absent?.(template);
    if (absent === undefined) return '';
    return `#if(${absent})#{else},"${jsonLiteral(name)}":${value._render(template)}#end`;
  });
  return `${values(always, 'item', template, owner).slice(0, -1)}${optional.join('')}}`;
}

function values(
  map: Readonly<Record<string, DynamoDbValue>>,
  what: string,
  template: VelocityTemplate,
  owner: Owner,
): string {
  const names = Object.keys(map).sort();
  if (names.length === 0) throw owner.error(`${what} is empty; set at least the attributes of the table's primary key`);
  const optional = names.find((name) => map[name]._absent);
  if (optional !== undefined) {
    throw owner.error(
      `${what}: ${show(optional)} is a DynamoDbValue.optionalString, but only attributes of an item may be missing; use DynamoDbValue.string`,
    );
  }
  return `{${names.map((name) => `"${jsonLiteral(name)}":${map[name]._render(template)}`).join(',')}}`;
}

function condition(options: DynamoDbConditionOptions, { owner, template }: CallScope): string[] {
  const { condition: text, expressionNames = {}, expressionValues = {} } = options;
  return [
    ...(text === undefined ? [] : [`"ConditionExpression":"${jsonLiteral(text)}"`]),
    ...expression(text ?? '', 'condition', expressionValues, expressionNames, template, owner),
    ...nameField(expressionNames),
  ];
}

/** The values of an expression. DynamoDB rejects missing and unused placeholders. */
function expression(
  text: string,
  what: string,
  given: Readonly<Record<string, DynamoDbValue>>,
  names: Readonly<Record<string, string>>,
  template: VelocityTemplate,
  owner: Owner,
): string[] {
  const used = new Set(text.match(/[:#]\w+/g) ?? []);
  for (const placeholder of used) {
    const map = placeholder.startsWith(':') ? 'expressionValues' : 'expressionNames';
    if (!(placeholder.startsWith(':') ? given : names)[placeholder]) {
      throw owner.error(
        `${what} ${show(text)} uses ${placeholder}, which ${map} does not have; add "${placeholder}" there`,
      );
    }
  }
  const unused = [...Object.keys(given), ...Object.keys(names)].find((name) => !used.has(name));
  if (unused !== undefined) {
    throw owner.error(
      `${what} ${show(text)} does not use ${show(unused)}, and DynamoDB rejects unused placeholders; remove it, or write it as in the expression, with its ":" or "#"`,
    );
  }
  return Object.keys(given).length === 0 ? [] : [`"ExpressionAttributeValues":${values(given, what, template, owner)}`];
}

function nameField(names: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  return [
    `"ExpressionAttributeNames":{${entries.map(([name, value]) => `"${jsonLiteral(name)}":"${jsonLiteral(value)}"`).join(',')}}`,
  ];
}
