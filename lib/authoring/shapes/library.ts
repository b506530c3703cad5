type Enumeration = Readonly<Record<string, string | number>>;

const classes = new Map<unknown, string>();
const byName = new Map<string, unknown>();

/** Stores the exports of the library that the assembly does not describe: the values of enumerations, and the classes. */
export function rememberLibrary(exported: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(exported)) {
    byName.set(name, value);
    if (typeof value === 'function') classes.set(value, name);
  }
}

export function enumOf(name: string): Enumeration | undefined {
  const found = byName.get(name);
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
