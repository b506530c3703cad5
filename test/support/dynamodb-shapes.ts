/** A request, not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Undefined where the value is right, else what is wrong with it. */
type Check = (value: unknown) => string | undefined;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const name: Check = (value) =>
  typeof value === 'string' && /^[a-zA-Z0-9_.-]{3,255}$/.test(value) ? undefined : 'must match [a-zA-Z0-9_.-]{3,255}';
const bool: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');
const limit: Check = (value) => (Number.isInteger(value) && Number(value) >= 1 ? undefined : 'must be 1 or more');
const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(value as string) ? undefined : `must be one of ${allowed.join(', ')}`;
const entries =
  (key: RegExp, check: Check): Check =>
  (value) => {
    if (!isObject(value)) return 'must be an object';
    if (Object.keys(value).length === 0) return 'must not be empty';
    for (const [at, one] of Object.entries(value)) {
      const problem = key.test(at) ? check(one) : `the key must match ${key.source}`;
      if (problem !== undefined) return `${at}: ${problem}`;
    }
    return undefined;
  };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const matches =
  (pattern: RegExp, what: string): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `must be ${what}`;
const set =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length === 0) return 'must be a list that is not empty';
    if (new Set(value).size !== value.length) return 'must not have the same value twice';
    return value.map(check).find((problem) => problem !== undefined);
  };
const number = matches(NUMBER, 'a number, as a string');
const binary = matches(BASE64, 'base64');

const TYPES: Readonly<Record<string, Check>> = {
  S: text,
  N: number,
  B: binary,
  BOOL: bool,
  NULL: (value) => (value === true ? undefined : 'must be true'),
  SS: set(text),
  NS: set(number),
  BS: set(binary),
  L: (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    return value.map(attributeProblem).find((problem) => problem !== undefined);
  },
  M: (value) => {
    if (!isObject(value)) return 'must be an object';
    return Object.values(value)
      .map(attributeProblem)
      .find((problem) => problem !== undefined);
  },
};

/** Of one attribute value: exactly one type, and its value. */
export function attributeProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an attribute value, e.g. {"S":"text"}';
  const types = Object.keys(value);
  if (types.length !== 1 || !Object.hasOwn(TYPES, types[0])) {
    return `Supplied AttributeValue must contain exactly one of the supported datatypes, has: ${types.join(', ') || 'none'}`;
  }
  const problem = TYPES[types[0]](value[types[0]]);
  return problem === undefined ? undefined : `${types[0]} ${problem}`;
}

const attributes = entries(/^.+$/s, attributeProblem);
const expression: Check = text;
const placeholders = {
  ExpressionAttributeNames: entries(/^#[A-Za-z0-9_]+$/, text),
  ExpressionAttributeValues: entries(/^:[A-Za-z0-9_]+$/, attributeProblem),
  ReturnConsumedCapacity: oneOf('INDEXES', 'TOTAL', 'NONE'),
};
const writing = {
  TableName: name,
  ...placeholders,
  ConditionExpression: expression,
  ReturnValues: oneOf('NONE', 'ALL_OLD'),
  ReturnItemCollectionMetrics: oneOf('SIZE', 'NONE'),
  ReturnValuesOnConditionCheckFailure: oneOf('ALL_OLD', 'NONE'),
};
const reading = {
  TableName: name,
  ...placeholders,
  IndexName: name,
  FilterExpression: expression,
  ProjectionExpression: expression,
  ConsistentRead: bool,
  Limit: limit,
  ExclusiveStartKey: attributes,
  Select: oneOf('ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'),
};

/** Operation → its fields; those that must be there. */
const SHAPES: Readonly<
  Record<string, { readonly fields: Readonly<Record<string, Check>>; readonly required: string[] }>
> = {
  PutItem: { fields: { ...writing, Item: attributes }, required: ['TableName', 'Item'] },
  DeleteItem: { fields: { ...writing, Key: attributes }, required: ['TableName', 'Key'] },
  Query: {
    fields: { ...reading, KeyConditionExpression: expression, ScanIndexForward: bool },
    required: ['TableName', 'KeyConditionExpression'],
  },
  Scan: { fields: reading, required: ['TableName'] },
};

/** What is wrong with the shape of a request. */
export function requestProblem(operation: string, request: Fields): string | undefined {
  const { fields, required } = SHAPES[operation];
  for (const field of required) if (request[field] === undefined) return `${operation}.${field} is missing`;
  for (const [field, value] of Object.entries(request)) {
    const problem = Object.hasOwn(fields, field) ? fields[field](value) : 'is not a field of this operation';
    if (problem !== undefined) return `${operation}.${field} ${problem}`;
  }
  return undefined;
}
