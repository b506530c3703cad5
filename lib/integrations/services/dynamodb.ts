import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type Owner } from '../../authoring/errors';
import { type ServiceGrant } from '../service-roles';
import { jsonLiteral } from '../velocity/template';
import { placeOf } from './accounts';
import { type CallScope, type ServiceCall } from './call';
import { attributesOf, projection } from './dynamodb-answers';
import { attributeParts, conditionFields, fieldOf, required } from './dynamodb-expressions';
import { type DynamoDbDeleteOptions, type DynamoDbGetOptions, type DynamoDbPutOptions } from './dynamodb-options';
import { keyGrants } from './key-grants';
import { errorReplies, type Reply, type ReplyStyle } from './replies';

type Action = 'GetItem' | 'Query' | 'Scan' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

export function dynamoDbGetCall(table: ITable, options: DynamoDbGetOptions, scope: CallScope): ServiceCall {
  const { owner, template, style } = scope;
  const fields = [
    `"Key":${required(options.key, 'key', template, owner)}`,
    ...(options.consistentRead ? ['"ConsistentRead":true'] : []),
    ...projection(options.attributes, {}, owner),
  ];
  const item = options.attributes ? attributesOf('$item', options.attributes) : "$input.json('$.Item')";
  const found = `#set($item = $input.path('$.Item'))#if(!$item || $item == "")${style.answer(404)}#else${item}#end`;
  return tableCall(table, 'GetItem', fields, scope, [
    { pattern: '2\\d{2}', status: 200, template: found, overrides: [404] },
    ...errorReplies(style, SERVICE_ERRORS.dynamodb),
  ]);
}

export function dynamoDbPutCall(table: ITable, options: DynamoDbPutOptions, scope: CallScope): ServiceCall {
  const { template, owner } = scope;
  const entries = Object.entries(options.item);
  const ofKind = (isOptional: boolean) =>
    Object.fromEntries(entries.filter(([, value]) => (value._absent !== undefined) === isOptional));
  // In this order, which the names of the variables depend on, and so the deployments of WebSocket APIs.
  const optional = attributeParts(ofKind(true), template);
  // The key is not optional, so an item has an attribute that always exists.
  required(ofKind(false), 'item', template, owner);
  const parts = [...attributeParts(ofKind(false), template), ...optional];
  const item = fieldOf({ open: '{', separator: ',', close: '}' }, parts, template);
  return tableCall(
    table,
    'PutItem',
    [`"Item":${item}`, ...conditionFields(options, scope)],
    scope,
    doneReplies(scope.style),
  );
}

export function dynamoDbDeleteCall(table: ITable, options: DynamoDbDeleteOptions, scope: CallScope): ServiceCall {
  const { template, owner, style } = scope;
  const fields = [`"Key":${required(options.key, 'key', template, owner)}`, ...conditionFields(options, scope)];
  return tableCall(table, 'DeleteItem', fields, scope, doneReplies(style));
}

/** The replies of a write that returns nothing. */
export function doneReplies(style: ReplyStyle): Reply[] {
  return [
    { pattern: '2\\d{2}', status: 204, template: style.done },
    ...errorReplies(style, SERVICE_ERRORS.dynamodbWrite),
  ];
}

/** @param fields of the request; one that may be absent begins with its comma */
export function tableCall(
  table: ITable,
  action: Action,
  fields: readonly string[],
  { owner, stack, template }: CallScope,
  replies: readonly Reply[],
  { indexName, optionalFields = '' }: { readonly indexName?: string; readonly optionalFields?: string } = {},
): ServiceCall {
  // A bare name refers to the account of the role.
  const { account, region } = placeOf(table, table.tableArn);
  const name = account === stack.account ? table.tableName : table.tableArn;
  const resource = indexName === undefined ? table.tableArn : `${table.tableArn}/index/${indexName}`;
  return {
    role: 'dynamodb',
    target: `dynamodb:action/${action}`,
    region,
    grants: [{ actions: [`dynamodb:${action}`], resources: [resource] }, ...tableKeyGrants(table, action, owner)],
    mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
    template: template.render(`{${[`"TableName":"${jsonLiteral(name)}"`, ...fields].join(',')}${optionalFields}}`),
    replies,
  };
}

const READS: readonly string[] = ['GetItem', 'Query', 'Scan'] satisfies Action[];

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
export function tableKeyGrants(table: ITable, action: string, owner: Owner): ServiceGrant[] {
  const writes = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const reads = ['kms:Decrypt', 'kms:DescribeKey'];
  return keyGrants(table.encryptionKey, READS.includes(action) ? reads : [...reads, ...writes], table, owner);
}
