type Enumeration = Readonly<Record<string, string | number>>;

const classes = new Map<unknown, string>();
let library: Readonly<Record<string, unknown>> = {};

/** Stores what the assembly does not describe: the classes, and the library, whose enumerations are read when one is checked. */
export function rememberLibrary(exported: Readonly<Record<string, unknown>>, all: typeof library): void {
  library = all;
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value === 'function') classes.set(value, name);
  }
}

export function enumOf(name: string): Enumeration | undefined {
  const found = Object.hasOwn(library, name) ? library[name] : undefined;
  return typeof found === 'object' ? (found as Enumeration) : undefined;
}

/** The class of the library of an instance, if it is not the expected one. */
export function classNameOf(instance: object, wanted: string): string | undefined {
  const names: string[] = [];
  for (let p: unknown = Object.getPrototypeOf(instance); p; p = Object.getPrototypeOf(p)) {
    const name = classes.get((p as { readonly constructor?: unknown }).constructor);
    if (name !== undefined) names.push(name);
  }
  return names.length === 0 || names.includes(wanted) ? undefined : names[0];
}
