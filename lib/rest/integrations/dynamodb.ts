import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { show } from '../../shared/errors';
import { type BindIntegration, type IntegrationContext } from '../binding';
import { READ_REPLIES, attributesOf, projection, queryTemplate } from './dynamodb-answers';
import {
  type RestDynamoDbConditionOptions,
  type RestDynamoDbDeleteIntegrationOptions,
  type RestDynamoDbGetIntegrationOptions,
  type RestDynamoDbPutIntegrationOptions,
  type RestDynamoDbQueryIntegrationOptions,
} from './dynamodb-options';
import { type DynamoDbValue } from './dynamodb-value';
import { answer, errorReplies, NO_BODY, type Reply } from './replies';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { type ServiceGrant } from '../../shared/service-roles';
import { jsonLiteral, VelocityTemplate } from './velocity';

export function dynamoDbGet(table: ITable, options: RestDynamoDbGetIntegrationOptions): BindIntegration {
  return (context) => {
    const template = new VelocityTemplate(context);
    const fields = [
      `"Key":${values(options.key, 'key', template, context)}`,
      ...(options.consistentRead ? ['"ConsistentRead":true'] : []),
      ...projection(options.attributes, {}, context),
    ];
    const item = options.attributes ? attributesOf('$item', options.attributes) : "$input.json('$.Item')";
    const found = `#set($item = $input.path('$.Item'))#if(!$item || $item == "")${answer(404)}#else${item}#end`;
    return call(table, 'GetItem', template, fields, options, context, [
      { pattern: '2\\d{2}', status: 200, template: found, overrides: [404] },
      ...READ_REPLIES,
    ]);
  };
}

export function dynamoDbQuery(table: ITable, options: RestDynamoDbQueryIntegrationOptions): BindIntegration {
  return (context) => {
    const limit = options.limit ?? 100;
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= 1000)) {
      throw context.owner.error(`limit must be a whole number from 1 to 1000, got: ${limit}`);
    }
    const template = new VelocityTemplate(context);
    const { keyCondition, indexName, expressionNames = {} } = options;
    const fields = [
      `"KeyConditionExpression":"${jsonLiteral(keyCondition)}"`,
      ...expression(keyCondition, 'keyCondition', options.expressionValues, expressionNames, template, context),
      ...projection(options.attributes, expressionNames, context),
      ...(indexName === undefined ? [] : [`"IndexName":"${jsonLiteral(indexName)}"`]),
      `"Limit":${limit}`,
      ...(options.ascending === false ? ['"ScanIndexForward":false'] : []),
    ];
    return call(
      table,
      'Query',
      template,
      fields,
      options,
      context,
      [{ pattern: '2\\d{2}', status: 200, template: queryTemplate(options.attributes) }, ...READ_REPLIES],
      indexName === undefined ? table.tableArn : `${table.tableArn}/index/${indexName}`,
    );
  };
}

export function dynamoDbPut(table: ITable, options: RestDynamoDbPutIntegrationOptions): BindIntegration {
  return (context) => {
    const template = new VelocityTemplate(context);
    const fields = [
      `"Item":${values(options.item, 'item', template, context)}`,
      ...condition(options, template, context),
    ];
    return call(table, 'PutItem', template, fields, options, context, WRITE_REPLIES);
  };
}

export function dynamoDbDelete(table: ITable, options: RestDynamoDbDeleteIntegrationOptions): BindIntegration {
  return (context) => {
    const template = new VelocityTemplate(context);
    const fields = [`"Key":${values(options.key, 'key', template, context)}`, ...condition(options, template, context)];
    return call(table, 'DeleteItem', template, fields, options, context, WRITE_REPLIES);
  };
}

const WRITE_REPLIES: readonly Reply[] = [
  { pattern: '2\\d{2}', status: 204, template: NO_BODY },
  ...errorReplies({
    ConditionalCheckFailedException: 409,
    TransactionConflictException: 409,
    ValidationException: 400,
    ItemCollectionSizeLimitExceededException: 413,
    ProvisionedThroughputExceededException: 503,
    RequestLimitExceeded: 503,
    ThrottlingException: 503,
  }),
];

function call(
  table: ITable,
  action: 'GetItem' | 'Query' | 'PutItem' | 'DeleteItem',
  template: VelocityTemplate,
  fields: readonly string[],
  options: RestServiceIntegrationOptions,
  context: IntegrationContext,
  replies: readonly Reply[],
  resource = table.tableArn,
) {
  return serviceIntegration(context, options, {
    role: 'dynamodb',
    target: `dynamodb:action/${action}`,
    region: table.env.region,
    grants: [{ actions: [`dynamodb:${action}`], resources: [resource] }, ...keyGrants(table, action)],
    mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.0'" },
    parameters: template.parameters,
    template: template.render(`{${[`"TableName":"${jsonLiteral(table.tableName)}"`, ...fields].join(',')}}`),
    replies,
  });
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
function keyGrants({ encryptionKey }: ITable, action: string): ServiceGrant[] {
  if (!encryptionKey) return [];
  const writes = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const reads = ['kms:Decrypt', 'kms:DescribeKey'];
  return [
    {
      actions: action === 'GetItem' || action === 'Query' ? reads : [...reads, ...writes],
      resources: [encryptionKey.keyArn],
    },
  ];
}

function values(
  map: Readonly<Record<string, DynamoDbValue>>,
  what: string,
  template: VelocityTemplate,
  { owner }: IntegrationContext,
): string {
  const names = Object.keys(map).sort();
  if (names.length === 0)
    throw owner.error(`${what} is empty; name at least the attributes of the table's primary key`);
  return `{${names.map((name) => `"${jsonLiteral(name)}":${map[name]._render(template)}`).join(',')}}`;
}

function condition(
  options: RestDynamoDbConditionOptions,
  template: VelocityTemplate,
  context: IntegrationContext,
): string[] {
  const { condition: text, expressionNames = {}, expressionValues = {} } = options;
  return [
    ...(text === undefined ? [] : [`"ConditionExpression":"${jsonLiteral(text)}"`]),
    ...expression(text ?? '', 'condition', expressionValues, expressionNames, template, context),
    ...nameField(expressionNames),
  ];
}

/** The values of an expression. DynamoDB refuses placeholders that are missing, and those that nothing uses. */
function expression(
  text: string,
  what: string,
  given: Readonly<Record<string, DynamoDbValue>>,
  names: Readonly<Record<string, string>>,
  template: VelocityTemplate,
  context: IntegrationContext,
): string[] {
  const { owner } = context;
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
      `${what} ${show(text)} does not use ${show(unused)}, and DynamoDB refuses what is not used; take it out, or write it as in the expression, with its ":" or "#"`,
    );
  }
  return Object.keys(given).length === 0
    ? []
    : [`"ExpressionAttributeValues":${values(given, what, template, context)}`];
}

function nameField(names: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  return [
    `"ExpressionAttributeNames":{${entries.map(([name, value]) => `"${jsonLiteral(name)}":"${jsonLiteral(value)}"`).join(',')}}`,
  ];
}
