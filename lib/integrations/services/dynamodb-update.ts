import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { show } from '../../authoring/errors';
import { jsonLiteral } from '../velocity/template';
import { type CallScope, type ServiceCall } from './call';
import { tableCall } from './dynamodb';
import { attributesOf } from './dynamodb-answers';
import {
  attributeParts,
  checkPlaceholders,
  fieldOf,
  type Names,
  type Part,
  refuseOptional,
  required,
  type Values,
} from './dynamodb-expressions';
import { type DynamoDbUpdateOptions } from './dynamodb-options';
import { errorReplies, type Reply } from './replies';

const OWN_PLACEHOLDER = /^(#key|[#:](set|add|remove))_\d+$/;

/** An update in the terms of DynamoDB. */
interface Update {
  /** `SET #set_0 = :set_0, …`, one clause for each keyword. */
  readonly expression: string;
  readonly names: readonly Part[];
  readonly values: readonly Part[];
}

export function dynamoDbUpdateCall(table: ITable, options: DynamoDbUpdateOptions, scope: CallScope): ServiceCall {
  const { owner, template } = scope;
  const { condition, mustExist = true } = options;
  const key = required(options.key, 'key', template, owner);
  const update = updateOf(options, scope);
  const exists = mustExist ? ['attribute_exists(#key_0)'] : [];
  const conditions = [...exists, ...(condition === undefined ? [] : [mustExist ? `(${condition})` : condition])];
  const names = [...(mustExist ? [nameOf('#key_0', Object.keys(options.key).sort()[0])] : []), ...update.names];
  const returns = options.returnItem ?? options.attributes !== undefined;
  if (!returns && options.attributes)
    throw owner.error('attributes are those of the response; remove returnItem: false');
  const fields = [
    `"Key":${key}`,
    `"UpdateExpression":"${update.expression}"`,
    ...(conditions.length === 0 ? [] : [`"ConditionExpression":"${jsonLiteral(conditions.join(' AND '))}"`]),
    // Only the item says whether it or the condition is missing.
    ...(mustExist && condition !== undefined ? ['"ReturnValuesOnConditionCheckFailure":"ALL_OLD"'] : []),
    ...(returns ? ['"ReturnValues":"ALL_NEW"'] : []),
  ];
  const map = (field: string) => ({ open: `,"${field}":{`, separator: ',', close: '}' });
  const optionalFields =
    fieldOf(map('ExpressionAttributeNames'), names, template) +
    fieldOf(map('ExpressionAttributeValues'), update.values, template);
  return tableCall(table, 'UpdateItem', fields, scope, replies(options, returns, scope), { optionalFields });
}

function updateOf(options: DynamoDbUpdateOptions, scope: CallScope): Update {
  const { owner, template } = scope;
  const { updateExpression, set = {}, add = {}, remove = [], condition } = options;
  const { expressionNames = {}, expressionValues = {} } = options;
  const listed = [...Object.keys(set), ...Object.keys(add), ...remove];
  if ((updateExpression === undefined) === (listed.length === 0))
    throw owner.error('needs what to change: set, add or remove, or an updateExpression in their place');
  const twice = listed.find((name, index) => listed.indexOf(name) !== index);
  if (twice !== undefined) throw owner.error(`${show(twice)} is changed twice; DynamoDB changes an attribute once`);
  const keyed = listed.find((name) => Object.hasOwn(options.key, name));
  if (keyed !== undefined) throw owner.error(`${show(keyed)} is part of the key, which cannot be changed; remove it`);
  const taken = Object.keys({ ...expressionNames, ...expressionValues }).find((name) => OWN_PLACEHOLDER.test(name));
  if (taken !== undefined) {
    const map = taken.startsWith('#') ? 'expressionNames' : 'expressionValues';
    throw owner.error(`${map} has ${show(taken)}, which the integration uses itself; choose another name`);
  }
  refuseOptional(expressionValues, 'expressionValues', owner);
  checkPlaceholders({ updateExpression, condition }, expressionValues, expressionNames, owner);
  const own = { names: namesOf(expressionNames), values: attributeParts(expressionValues, template) };
  if (updateExpression !== undefined) return { expression: jsonLiteral(updateExpression), ...own };
  const clauses = [
    clauseOf('SET', set, 'set', ' = ', scope),
    clauseOf('ADD', add, 'add', ' ', scope),
    clauseOf('REMOVE', Object.fromEntries(remove.map((name) => [name, undefined])), 'remove', '', scope),
  ];
  return {
    expression: clauses.map(({ expression }) => expression).join(''),
    names: [...own.names, ...clauses.flatMap(({ names }) => names)],
    values: [...own.values, ...clauses.flatMap(({ values }) => values)],
  };
}

/** ` SET #set_0 = :set_0, #set_1 = :set_1`; the space ends the directive before it; an attribute whose value is absent is in none of the three. */
function clauseOf(
  keyword: string,
  changed: Readonly<Record<string, Values[string] | undefined>>,
  prefix: string,
  sign: string,
  { template }: CallScope,
): Update {
  const entries = Object.entries(changed)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value], index) => ({
      ...{ name, placeholder: `${prefix}_${index}` },
      ...(value === undefined ? {} : { text: value._render(template), absent: value._absent?.(template) }),
    }));
  const parts = entries.map(({ placeholder, text, absent }) => ({
    text: jsonLiteral(text === undefined ? `#${placeholder}` : `#${placeholder}${sign}:${placeholder}`),
    absent,
  }));
  return {
    expression: fieldOf({ open: ` ${keyword} `, separator: ', ', close: '' }, parts, template),
    names: entries.map(({ name, placeholder, absent }) => ({ ...nameOf(`#${placeholder}`, name), absent })),
    values: entries.flatMap(({ placeholder, text, absent }) =>
      text === undefined ? [] : [{ text: `":${placeholder}":${text}`, absent }],
    ),
  };
}

const nameOf = (placeholder: string, name: string): Part => ({
  text: `"${jsonLiteral(placeholder)}":"${jsonLiteral(name)}"`,
});

const namesOf = (names: Names): Part[] =>
  Object.entries(names)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([placeholder, name]) => nameOf(placeholder, name));

function replies(options: DynamoDbUpdateOptions, returns: boolean, { style }: CallScope): Reply[] {
  const { attributes, condition, mustExist = true } = options;
  const item = attributes
    ? `#set($item = $input.path('$.Attributes'))${attributesOf('$item', attributes)}`
    : "$input.json('$.Attributes')";
  const success = returns
    ? { pattern: '2\\d{2}', status: 200, template: item }
    : { pattern: '2\\d{2}', status: 204, template: style.done };
  const errors = SERVICE_ERRORS.dynamodbWrite;
  if (!mustExist) return [success, ...errorReplies(style, errors)];
  if (condition === undefined) {
    const codes = { ...errors.codes, ConditionalCheckFailedException: 404 };
    return [success, ...errorReplies(style, { ...errors, codes })];
  }
  return [success, ...errorReplies(style, { ...errors, missingItem: 404 })];
}
