import { isJson, type Json, list, object } from './json';
import { type Losses, type Place } from './losses';
import { finishedScheme } from './schemes';
import { at } from '../../lookup/named';

type Finish = (value: Json, place: Place, losses: Losses) => Json | undefined;

/** What OpenAPI requires of an object, and what it allows together; undefined if the object cannot be written. */
export function finished(kind: string, value: Json, place: Place, losses: Losses): Json | undefined {
  const finish = at(FINISH, kind);
  return finish ? finish(value, place, losses) : value;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const STYLES: Readonly<Record<string, readonly string[]>> = {
  path: ['matrix', 'label', 'simple'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

const FINISH: Readonly<Record<string, Finish>> = {
  license: requires('name'),
  docs: requires('url'),
  tag: requires('name'),
  discriminator: requires('propertyName'),
  server,
  variable,
  media: oneExample,
  header: (value, place, losses) => described('header', value, place, losses),
  operation,
  any: operation,
  parameter,
  body: (value) => ({ ...value, content: value.content ?? {} }),
  response: (value, place) => ({ ...value, description: value.description ?? `${place[place.length - 1]} response` }),
  scheme: finishedScheme,
  schema,
};

function requires(key: string): Finish {
  return (value, place, losses) => {
    if (value[key] !== undefined) return value;
    losses.add(place, `has no "${key}", which OpenAPI 3.0 requires`);
    return undefined;
  };
}

/** Codes are `200`, `2XX` or `default`. */
function operation(value: Json, place: Place, losses: Losses): Json {
  const responses: Json = {};
  for (const [key, response] of Object.entries(object(value.responses))) {
    const code = key.replace(/^([1-5])xx$/, '$1XX');
    if (/^([1-5](\d\d|XX)|default|x-.*)$/.test(code)) responses[code] ??= response;
    else losses.add([...place, 'responses', key], 'is not a status code; allowed: 100 to 599, 1XX to 5XX, default');
  }
  // Those of other operations are completed at the end.
  if (place.includes('callbacks') && Object.keys(responses).length === 0)
    responses.default = { description: 'The response of the client' };
  return { ...value, responses };
}

function server(value: Json): Json {
  const url = String(value.url ?? '/');
  const named = [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
  const missing = named.filter((name) => at(object(value.variables), name) === undefined);
  if (missing.length === 0) return { ...value, url };
  const added = missing.map((name) => [name, { default: name }] as const);
  return { ...value, url, variables: { ...object(value.variables), ...Object.fromEntries(added) } };
}

function variable(value: Json): Json {
  const { enum: choices, ...rest } = value;
  const [first] = list(choices);
  return { ...(first !== undefined && { enum: choices }), ...rest, default: rest.default ?? first ?? '' };
}

function oneExample(value: Json): Json {
  const { example, ...rest } = value;
  return example === undefined || rest.examples !== undefined ? rest : value;
}

function parameter(value: Json, place: Place, losses: Losses): Json | undefined {
  const { name, in: where } = value;
  if (typeof name !== 'string') return requires('name')(value, place, losses);
  if (typeof where !== 'string' || !Object.hasOwn(STYLES, where)) {
    losses.add(place, `is in ${JSON.stringify(where)}; OpenAPI 3.0 has path, query, header and cookie`);
    return undefined;
  }
  const { required, ...rest } = value;
  return described(where, where === 'path' ? { ...rest, required: true } : { ...rest, required }, place, losses);
}

/** A parameter or header, which has either a schema or one media type. */
function described(where: string, value: Json, place: Place, losses: Losses): Json {
  const { schema: given, content, style, ...rest } = oneExample(value);
  if (style !== undefined && !STYLES[where].includes(String(style)))
    losses.add([...place, 'style'], `is ${JSON.stringify(style)}; in ${where} it is ${STYLES[where].join(' or ')}`);
  const result = style !== undefined && STYLES[where].includes(String(style)) ? { ...rest, style } : rest;
  const types = Object.keys(object(content));
  if (given === undefined && types.length > 0) {
    types
      .slice(1)
      .forEach((type) => losses.add([...place, 'content', type], 'is a second media type; only one is allowed'));
    return { ...result, content: { [types[0]]: object(content)[types[0]] } };
  }
  if (types.length > 0) losses.add([...place, 'content'], 'is next to "schema"; only one of the two is allowed');
  return { ...result, schema: given ?? { type: 'string' } };
}

/** Each value once. */
const distinct = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

function schema(value: Json, place: Place, losses: Losses): Json {
  const result = { ...value };
  if (result.type !== undefined && !TYPES.includes(String(result.type))) {
    losses.add([...place, 'type'], `is ${JSON.stringify(result.type)}; allowed: ${TYPES.join(', ')}`);
    delete result.type;
  }
  // Neither may be empty; an empty "required" requires nothing.
  if (Array.isArray(result.required)) result.required = [...new Set(result.required)];
  if (Array.isArray(result.enum)) result.enum = distinct(result.enum);
  for (const key of ['required', 'enum'])
    if (Array.isArray(result[key]) && result[key].length === 0) delete result[key];
  for (const key of ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties']) {
    const bound = result[key];
    if (bound === undefined || (Number.isInteger(bound) && Number(bound) >= 0)) continue;
    losses.add([...place, key], `must be a whole number from 0, but is ${String(bound)}`);
    delete result[key];
  }
  if (result.multipleOf !== undefined && !(Number(result.multipleOf) > 0)) delete result.multipleOf;
  if (result.type === 'array' && !isJson(result.items)) result.items = {};
  return result;
}
