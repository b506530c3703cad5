import { type RestApi } from '../../template/model/model';
import { isKnown } from '../../template/model/value';

const TYPES: readonly unknown[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
/** Keywords that hold schemas by name. */
const NAMED = ['definitions', 'patternProperties', 'properties'];
/** Keywords that hold a schema, or a list of them. */
const SINGLE = ['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'items', 'not', 'oneOf'];
const MAX_DEPTH = 60;

const LOCAL = /^#\/(?:definitions|components\/schemas)\/(\w+)$/;
const CANONICAL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/.+\/models\/(\w+)$/;

type Keywords = Readonly<Record<string, unknown>>;

export interface SchemaFault {
  /** After the name of the model. */
  readonly message: string;
  /** Whether users reported that API Gateway refuses it. */
  readonly isRefused?: boolean;
}

const isDict = (value: unknown): value is Keywords =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a model has that JSON Schema of draft 4 does not allow.
 * @see https://github.com/aws/aws-cdk/issues/27433
 * @see https://github.com/aws/aws-cdk/issues/18715
 */
export function schemaFaults(api: RestApi, schema: unknown): SchemaFault[] {
  const found = new Map<string, SchemaFault>();
  const names = namesIn(api);
  const local = isDict(schema) && isDict(schema.definitions) ? Object.keys(schema.definitions) : [];
  const add = (fault: SchemaFault): unknown => found.set(fault.message, fault);
  const visit = (one: unknown, depth: number): void => {
    if (Array.isArray(one) && depth <= MAX_DEPTH) for (const item of one) visit(item, depth + 1);
    if (!isDict(one) || depth > MAX_DEPTH || isFunction(one)) return;
    for (const type of [one.type ?? []].flat()) {
      if (typeof type === 'string' && !TYPES.includes(type))
        add({ message: `has the type "${type}"; there are ${TYPES.join(', ')}` });
    }
    for (const keyword of ['required', 'enum']) {
      const list = one[keyword];
      if (!Array.isArray(list)) continue;
      if (list.length === 0) add({ message: `has an empty "${keyword}"`, isRefused: true });
      const texts = list.filter((item) => typeof item === 'string');
      const twice = texts.find((item, at) => texts.indexOf(item) !== at);
      if (twice !== undefined) add({ message: `has "${twice}" twice in "${keyword}"`, isRefused: true });
    }
    const missing = missingIn(
      one.$ref,
      api,
      (name) => local.includes(name) || names?.has(name) === true,
      names !== undefined,
    );
    if (missing !== undefined) add({ message: `refers to the model "${missing}", which is not there` });
    for (const keyword of SINGLE) visit(one[keyword], depth + 1);
    for (const keyword of NAMED) {
      if (isDict(one[keyword]) && !isFunction(one[keyword]))
        Object.values(one[keyword]).forEach((inner) => visit(inner, depth + 1));
    }
  };
  visit(schema, 0);
  return [...found.values()];
}

const isFunction = (value: Keywords): boolean =>
  Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

const namesByApi = new WeakMap<RestApi, { readonly names?: ReadonlySet<string> }>();

/** The names of all models of the API; undefined if there may be others. */
function namesIn(api: RestApi): ReadonlySet<string> | undefined {
  let known = namesByApi.get(api);
  if (!known) {
    const { models, form, complete } = api;
    const names = models.map(({ name }) => name);
    const isWhole = complete && form !== 'opaque' && names.every(isKnown);
    known = isWhole ? { names: new Set([...(names as string[]), 'Empty', 'Error']) } : {};
    namesByApi.set(api, known);
  }
  return known.names;
}

/** The name of a model that a reference does not find. */
function missingIn(
  ref: unknown,
  { location }: RestApi,
  isThere: (name: string) => boolean,
  isAll: boolean,
): string | undefined {
  const pattern = isDict(ref) ? ref['Fn::Sub'] : ref;
  if (typeof pattern !== 'string' || !isAll) return undefined;
  const name =
    LOCAL.exec(pattern)?.[1] ??
    (pattern.includes(`\${${location.logicalId}}`) ? CANONICAL.exec(pattern)?.[1] : undefined);
  return name === undefined || isThere(name) ? undefined : name;
}
