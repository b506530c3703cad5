type Schema = Readonly<Record<string, unknown>>;

/** Levels of a sample; a schema may refer to itself. */
const LEVELS_MAX = 6;

/** A small value that fits the JSON Schema, as far as its keywords tell; the form begins with it. */
export function sampleOf(schema: unknown): unknown {
  return sample(schema, schema, 0);
}

function sample(written: unknown, root: unknown, level: number): unknown {
  const schema = merged(resolved(written, root), root);
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0] as unknown;
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, root, level);
    case 'array':
      return arrayOf(schema, root, level);
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function resolved(written: unknown, root: unknown, hops = 0): Schema {
  if (!isSchema(written)) return {};
  const reference = written.$ref;
  if (typeof reference !== 'string' || !reference.startsWith('#') || hops > 20) return written;
  let found: unknown = root;
  for (const key of reference.slice(1).split('/').slice(1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isSchema(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return resolved(found, root, hops + 1);
}

/** The schema with what all of `allOf`, and the first of `anyOf` and `oneOf`, add to it. */
function merged({ allOf, anyOf, oneOf, ...schema }: Schema, root: unknown, hops = 0): Schema {
  const parts = [...asList(allOf), ...asList(anyOf).slice(0, 1), ...asList(oneOf).slice(0, 1)];
  return parts.reduce<Schema>((all, part) => {
    const more = hops > LEVELS_MAX ? {} : merged(resolved(part, root), root, hops + 1);
    const properties = { ...asObject(all.properties), ...asObject(more.properties) };
    const required = [...asList(all.required), ...asList(more.required)];
    return {
      ...{ ...all, ...more },
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
    };
  }, schema);
}

const asObject = (value: unknown): Schema => (isSchema(value) ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function typeOf(schema: Schema): unknown {
  if (Array.isArray(schema.type)) return schema.type.find((type) => type !== 'null') ?? 'null';
  if (schema.type !== undefined) return schema.type;
  if ('properties' in schema || 'required' in schema) return 'object';
  if ('items' in schema) return 'array';
  return 'pattern' in schema || 'minLength' in schema || 'format' in schema ? 'string' : 'object';
}

function objectOf(schema: Schema, root: unknown, level: number): unknown {
  const properties = asObject(schema.properties);
  const required = asList(schema.required).map(String);
  // Deep down only what has to be there.
  const names = level < LEVELS_MAX ? [...new Set([...Object.keys(properties), ...required])] : required;
  if (level > 2 * LEVELS_MAX) return {};
  return Object.fromEntries(
    names.map((name) => [
      name,
      sample(Object.hasOwn(properties, name) ? properties[name] : { type: 'string' }, root, level + 1),
    ]),
  );
}

function arrayOf(schema: Schema, root: unknown, level: number): unknown[] {
  const least = typeof schema.minItems === 'number' ? schema.minItems : 1;
  const count = level >= LEVELS_MAX && least <= 1 ? least : Math.min(Math.max(least, 1), 10);
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : count;
  const item = (index: number): unknown =>
    Array.isArray(schema.items) ? (schema.items[index] as unknown) : schema.items;
  return Array.from({ length: Math.min(count, most) }, (_, index) =>
    sample(item(index) ?? { type: 'string' }, root, level + 1),
  );
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  email: 'name@example.com',
  uri: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000000',
};

function textOf({ format, minLength, maxLength }: Schema): string {
  const text = typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : 'text';
  const long = typeof minLength === 'number' ? text.padEnd(Math.min(minLength, 1000), 'x') : text;
  return typeof maxLength === 'number' ? long.slice(0, maxLength) : long;
}

function numberOf(schema: Schema): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
  let value = 1;
  if (typeof minimum === 'number') value = exclusiveMinimum === true ? minimum + step : minimum;
  if (typeof exclusiveMinimum === 'number') value = exclusiveMinimum + step;
  const isAbove = typeof maximum === 'number' && value > maximum;
  if (isAbove) value = exclusiveMaximum === true ? maximum - step : maximum;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) value = exclusiveMaximum - step;
  if (typeof multipleOf !== 'number') return schema.type === 'integer' && !isAbove ? Math.ceil(value) : value;
  return (isAbove ? Math.floor(value / step) : Math.ceil(value / step)) * step;
}
