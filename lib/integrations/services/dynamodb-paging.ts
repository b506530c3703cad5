import { type ITable, type KeySchema } from 'aws-cdk-lib/aws-dynamodb';
import { type Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../request-value';
import { DynamoDbAttributeType } from '../velocity/dynamodb-value';
import { jsonLiteral, jsonText } from '../velocity/template';
import { type CallScope } from './call';
import { type DynamoDbReadManyOptions } from './dynamodb-options';

type PageKey = Readonly<Record<string, DynamoDbAttributeType>>;

/** One part of a token: Base64 for URLs, of the text of one key attribute. */
const PART = '[A-Za-z0-9_-]+=*';

/**
 * Velocity for the token of the next page: the key of the last item, one part for each attribute. A client may write any token, and no
 * part of it becomes anything but the value of its attribute.
 */
export function nextTokenOf(table: ITable, options: DynamoDbReadManyOptions, owner: Owner): string {
  const parts = keyOf(table, options, owner).map(
    ([name, type]) =>
      `$util.base64Encode($last.get('${name}').get('${type}')).replaceAll("[+]", "-").replaceAll("/", "_")`,
  );
  return parts.join('.');
}

/** The field `ExclusiveStartKey`, with its comma, if the request has a token. */
export function startKeyField(
  token: RequestValue,
  table: ITable,
  options: DynamoDbReadManyOptions,
  { template, owner }: CallScope,
): string {
  if (token._source.literal !== undefined)
    throw owner.error('pageToken is the same for each request; use RequestValue.query("page")');
  const key = keyOf(table, options, owner);
  const variable = template.variable(token);
  const whole = Array(key.length).fill(`(${PART})`).join('[.]');
  const attributes = key.map(([name, type], index) => {
    const part = `${variable}.replaceAll("${whole}", "$${index + 1}").replaceAll("-", "+").replaceAll("_", "/")`;
    return `"${jsonLiteral(name)}":{"${type}":"${jsonText(`$util.base64Decode(${part})`)}"}`;
  });
  // DynamoDB responds to an empty key, as to any other that is not of this query, with 400.
  const start = `#if(${variable}.matches("${whole}"))${attributes.join(',')}#end`;
  return `#if(${variable} != ""),"ExclusiveStartKey":{${start}}#end`;
}

/** The key attributes by name, whose order the token has. */
function keyOf(
  table: ITable,
  { pageKey, indexName }: DynamoDbReadManyOptions,
  owner: Owner,
): [string, DynamoDbAttributeType][] {
  const known = schemaOf(table, indexName);
  const given = pageKey ?? known;
  if (given === undefined) {
    throw owner.error(
      'pageToken needs pageKey, since the table is not defined here as a Table: name the key attributes of the table and of the index, e.g. { id: DynamoDbAttributeType.STRING }',
    );
  }
  for (const [name, type] of Object.entries(given)) {
    if (!/^[A-Za-z][A-Za-z0-9_.-]*$/.test(name))
      throw owner.error(
        `pageKey has ${show(name)}; a template can read names of A-Z a-z 0-9 _ . and - that start with a letter`,
      );
    if (type !== DynamoDbAttributeType.STRING && type !== DynamoDbAttributeType.NUMBER)
      throw owner.error(`pageKey: ${show(name)} must be DynamoDbAttributeType.STRING or NUMBER, which a key can be`);
  }
  if (known && JSON.stringify(sorted(known)) !== JSON.stringify(sorted(given))) {
    throw owner.error(
      `pageKey must be the key attributes of the table${indexName === undefined ? '' : ' and of the index'}, ${show(known)}, got: ${show(given)}; leave it out`,
    );
  }
  if (Object.keys(given).length === 0) throw owner.error('pageKey is empty; name the key attributes of the table');
  return sorted(given);
}

const sorted = (key: PageKey): [string, DynamoDbAttributeType][] =>
  Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1));

/** The key of a table that is defined in this app. A binary attribute is as its type, which is then refused. */
function schemaOf(table: ITable, indexName: string | undefined): PageKey | undefined {
  const { schemaV2 } = table as { schemaV2?: (indexName?: string) => KeySchema };
  if (schemaV2 === undefined) return undefined;
  const schemas = [schemaV2.call(table), ...(indexName === undefined ? [] : [schemaV2.call(table, indexName)])];
  const attributes = schemas.flatMap(({ partitionKeys, sortKeys }) => [...partitionKeys, ...sortKeys]);
  return Object.fromEntries(attributes.map(({ name, type }) => [name, type as unknown as DynamoDbAttributeType]));
}
