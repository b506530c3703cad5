import { type Owner, show } from '../../authoring/errors';
import { DynamoDbAttributeType } from '../velocity/dynamodb-value';
import { jsonLiteral, jsonText } from '../velocity/template';

type Attributes = Readonly<Record<string, DynamoDbAttributeType>>;

/**
 * Fields that request these attributes only, and those that name attributes in expressions. Every attribute has a
 * placeholder, since hundreds of common words are reserved.
 */
export function projection(
  attributes: Attributes | undefined,
  names: Readonly<Record<string, string>>,
  owner: Owner,
): string[] {
  const wanted = Object.keys(attributes ?? {}).sort();
  for (const name of wanted) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
      throw owner.error(
        `attributes has ${show(name)}; a template can read names of A-Z a-z 0-9 and _ that start with a letter; leave attributes out to return the whole item`,
      );
    }
  }
  if (attributes && wanted.length === 0)
    throw owner.error('attributes is empty; add at least one, or leave it out for whole items');
  const all: Record<string, string> = { ...names };
  wanted.forEach((name) => (all[`#p_${name}`] = name));
  const entries = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  const field = entries.map(([name, value]) => `"${jsonLiteral(name)}":"${jsonLiteral(value)}"`).join(',');
  return [
    ...(wanted.length === 0
      ? []
      : [`"ProjectionExpression":"${jsonLiteral(wanted.map((name) => `#p_${name}`).join(', '))}"`]),
    ...(entries.length === 0 ? [] : [`"ExpressionAttributeNames":{${field}}`]),
  ];
}

/** A JSON object with the attributes of the item in a variable. */
export function attributesOf(item: string, attributes: Attributes): string {
  const fields = Object.keys(attributes)
    .sort()
    // `$item.class` would be a method of Java's map, and so would other names.
    .map((name) => `"${name}":${attributeOf(`${item}.get('${name}')`, attributes[name])}`);
  return `{${fields.join(',')}}`;
}

/**
 * DynamoDB writes numbers as text that is a JSON number, and booleans as such. An attribute that is missing, or has another type,
 * is null. On API Gateway, a missing value equals the empty text, so only a method can identify an empty text.
 */
function attributeOf(attribute: string, type: DynamoDbAttributeType): string {
  const value = `${attribute}.get('${type}')`;
  if (type === DynamoDbAttributeType.STRING) {
    return `#if(${value}.startsWith("") == true)"${jsonText(value)}"#{else}null#end`;
  }
  if (type === DynamoDbAttributeType.NUMBER) return `#if(${value} && ${value} != "")${value}#{else}null#end`;
  const isThere = `"$!${value.slice(1)}" != ""`;
  if (type === DynamoDbAttributeType.BOOLEAN) return `#if(${isThere})${value}#{else}null#end`;
  const text = (at: string) => `#if(${at}.startsWith("") == true)"${jsonText(at)}"#{else}null#end`;
  const element = type === DynamoDbAttributeType.STRING_LIST ? `$one.get('S')` : '$one';
  return `#if(${isThere})[#foreach($one in ${value})${text(element)}#if($foreach.hasNext),#end#end]#{else}null#end`;
}

/** `{"items":[…],"count":2,"truncated":false}`, and `"nextToken":"…"` on request. @param next Velocity for the token after `$last` */
export function pageTemplate(attributes: Attributes | undefined, next?: string): string {
  const items = attributes
    ? `[#foreach($item in $input.path('$.Items'))${attributesOf('$item', attributes)}#if($foreach.hasNext),#end#end]`
    : "$input.json('$.Items')";
  const truncated = `#set($last = $input.path('$.LastEvaluatedKey'))#if($last && $last != "")true#{else}false#end`;
  const token = next === undefined ? '' : `,"nextToken":#if($last && $last != "")"${next}"#{else}null#end`;
  return `{"items":${items},"count":$input.path('$.Count'),"truncated":${truncated}${token}}`;
}
