import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A type: `string`, `number`, `boolean`, `any`, a name, or a collection or choice of types. */
export type Shape = string | { readonly array: Shape } | { readonly map: Shape } | { readonly union: readonly Shape[] };

/** Name → type, in order; a name that ends in `?` may be left out. */
type Named = Readonly<Record<string, Shape>>;

interface Call {
  readonly of: Named;
  readonly variadic?: boolean;
}

interface Shapes {
  readonly structs: Readonly<Record<string, { readonly props: Named; readonly bases: readonly string[] }>>;
  readonly classes: Readonly<
    Record<
      string,
      {
        readonly statics: Readonly<Record<string, Call>>;
        readonly methods: Readonly<Record<string, Call>>;
        /** Static methods that create an instance. */
        readonly makes: readonly string[];
        readonly members: readonly string[];
      }
    >
  >;
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
  readonly foreign: Readonly<Record<string, ForeignShape>>;
}

/** The data about a type of the CDK. */
export interface ForeignShape {
  /** The members of each instance. */
  readonly members?: readonly string[];
  /** Name → value; newer versions of the CDK may have more. */
  readonly enum?: Readonly<Record<string, string | number>>;
  readonly struct?: boolean;
}

/** A property or parameter. */
export interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

export interface StructShape {
  readonly name: string;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly required: readonly string[];
  /** Its base types, the nearest first. */
  readonly bases: readonly string[];
}

const FILE = join(__dirname, '..', '..', '..', 'assets', 'shapes', 'index.json');

let loaded: Shapes | undefined;
const structs = new Map<string, StructShape | undefined>();

/** The types of the public surface, which `scripts/build-shapes.mjs` extracts from the jsii assembly. */
export function shapes(): Shapes {
  return (loaded ??= JSON.parse(readFileSync(FILE, 'utf8')) as Shapes);
}

export function slotsOf(named: Named): Slot[] {
  return Object.entries(named).map(([key, shape]) => {
    const optional = key.endsWith('?');
    return { name: optional ? key.slice(0, -1) : key, shape, optional };
  });
}

/** A struct of the library by its name; undefined for other types. */
export function structOf(name: string): StructShape | undefined {
  const known = structs.get(name);
  if (known || structs.has(name)) return known;
  const found = Object.hasOwn(shapes().structs, name) ? shapes().structs[name] : undefined;
  const slots = found && slotsOf(found.props);
  const struct = slots && {
    name,
    slots: new Map(slots.map((slot) => [slot.name, slot])),
    required: slots.filter(({ optional }) => !optional).map((slot) => slot.name),
    bases: found?.bases ?? [],
  };
  structs.set(name, struct);
  return struct;
}
