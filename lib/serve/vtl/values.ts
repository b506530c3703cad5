import { type JavaNumber } from './numbers';

/** A value of a template: as Java has it, since methods, printing and comparison are Java's. */
export type Value = null | boolean | string | JavaNumber | JavaList | JavaMap | JavaEntry | HostObject;

/** What the service gives a template; a function makes its value each time it is used. */
export type Variables = Readonly<Record<string, Value | (() => Value)>>;

/** Lists differ in how they are printed: those read from JSON as JSON, and arrays as Java prints an object. */
export type ListKind = 'list' | 'json' | 'String[]' | 'char[]';

/** A list or an array, which has the methods of a list in templates. */
export class JavaList {
  constructor(
    private readonly own: Value[] = [],
    public readonly kind: ListKind = 'list',
  ) {}

  public get items(): Value[] {
    return this.own;
  }
}

/** What `keySet()`, `values()` and `entrySet()` give: it follows its map. */
export class MapView extends JavaList {
  constructor(
    public readonly map: JavaMap,
    private readonly read: (map: JavaMap) => Value[],
  ) {
    super();
  }

  public override get items(): Value[] {
    return this.read(this.map);
  }
}

/** A LinkedHashMap. Keys are whatever values they are; numbers and texts of the same look are different keys. */
export class JavaMap {
  private readonly held = new Map<string, [Value, Value]>();

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const [key, value] of entries) this.put(key, value);
  }

  /** From names that are known to be texts. */
  public static of(values: Readonly<Record<string, Value>>): JavaMap {
    return new JavaMap(Object.entries(values));
  }

  public get size(): number {
    return this.held.size;
  }

  public has(key: Value): boolean {
    return this.held.has(identity(key));
  }

  public get(key: Value): Value {
    return this.held.get(identity(key))?.[1] ?? null;
  }

  /** Returns the earlier value. */
  public put(key: Value, value: Value): Value {
    const name = identity(key);
    const entry = this.held.get(name);
    const before = entry?.[1] ?? null;
    if (entry) entry[1] = value;
    else this.held.set(name, [key, value]);
    return before;
  }

  public remove(key: Value): Value {
    const before = this.get(key);
    this.held.delete(identity(key));
    return before;
  }

  public clear(): void {
    this.held.clear();
  }

  public get keys(): Value[] {
    return [...this.held.values()].map(([key]) => key);
  }

  public get values(): Value[] {
    return [...this.held.values()].map(([, value]) => value);
  }

  public get entries(): Array<readonly [Value, Value]> {
    return [...this.held.values()];
  }
}

/** A map of the service, such as `$context`: it prints nothing. */
export class ContextMap extends JavaMap {}

/** What `entrySet()` has. */
export class JavaEntry {
  constructor(
    public readonly key: Value,
    public readonly map: JavaMap,
  ) {}

  public get value(): Value {
    return this.map.get(this.key);
  }
}

/** An object of the service, such as `$input`: it has what its table has, and nothing else. */
export class HostObject {
  constructor(
    public readonly name: string,
    /** Properties are read each time. */
    public readonly properties: Readonly<Record<string, () => Value>>,
    public readonly methods: Readonly<Record<string, (args: readonly Value[]) => Value>> = {},
    /** What is printed. */
    public readonly text: () => string = () => name,
  ) {}
}

/** Keys that are equal to Java have one identity. */
function identity(key: Value): string {
  if (key === null) return 'null';
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'boolean') return `b${key}`;
  if ('type' in key) return `${key.type}${String(key.value)}`;
  if (key instanceof JavaList)
    return `l[${key.items.map((item) => `${identity(item).length}:${identity(item)}`).join()}]`;
  if (key instanceof JavaMap)
    return `m${key.entries
      .map((entry) =>
        entry
          .map(identity)
          .map((each) => `${each.length}:${each}`)
          .join('='),
      )
      .sort()
      .join()}`;
  return `o${key instanceof JavaEntry ? identity(key.key) : key.name}`;
}
