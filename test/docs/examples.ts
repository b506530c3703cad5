import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblyIn } from '../support/assembly';

const ROOT = join(__dirname, '..', '..');

interface Documented {
  readonly name: string;
  readonly docs?: { readonly example?: string };
}

interface Reference {
  readonly fqn?: string;
  readonly collection?: { readonly elementtype: Reference };
  readonly union?: { readonly types: readonly Reference[] };
}

interface Typed extends Documented {
  readonly type: Reference;
}

export interface Callable {
  readonly parameters?: readonly Typed[];
}

export interface Type extends Documented {
  readonly kind: string;
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly members?: readonly Documented[];
  readonly initializer?: Callable;
  readonly methods?: readonly (Documented & Callable & { readonly static?: boolean })[];
  readonly properties?: readonly Typed[];
}

/** Name with the package → type. */
export type Surface = Readonly<Record<string, Type>>;

/** The public surface, as jsii has compiled it. */
export function publicSurface(): Surface {
  return (assemblyIn(ROOT) as { readonly types: Surface }).types;
}

/** The members of a type and of those that it extends. */
export function namesOf(surface: Surface, type: Type): Set<string> {
  const { base, interfaces = [], methods = [], properties = [], members = [] } = type;
  const inherited = [...(base === undefined ? [] : [base]), ...interfaces].map((name) => surface[name]);
  return new Set([
    ...[...methods, ...properties, ...members].map(({ name }) => name),
    ...inherited.flatMap((each) => (each ? [...namesOf(surface, each)] : [])),
  ]);
}

export function examplesIn(surface: Surface): { name: string; example: string }[] {
  return Object.values(surface).flatMap((type) =>
    [type, ...(type.methods ?? []), ...(type.properties ?? [])].flatMap((each) => {
      const name = each === type ? type.name : `${type.name}.${each.name}`;
      return each.docs?.example === undefined ? [] : [{ name, example: each.docs.example }];
    }),
  );
}

/** An example as it is compiled: in a stack, with some resources, and with all names of the library. */
export function inFixture(example: string): string {
  const names = Object.values(publicSurface()).map(({ name }) => name);
  const fixture = readFileSync(join(ROOT, 'scripts', 'example.ts-fixture'), 'utf8');
  return fixture.replace('NAMES', names.join(', ')).replace('/// here', () => example);
}

/**
 * The structs that a text writes: those of its constructors and calls, and those of the props in them that it writes, as far as
 * names tell.
 */
export function writtenStructs(surface: Surface, text: string): string[] {
  const words = new Set(text.match(/\w+/g));
  const keys = new Set([...text.matchAll(/\b(\w+)\??\s*(?=[:,]| \})/g)].map(([, key]) => key));
  const found = new Map<string, boolean>();
  const propsOf = (type: Type): Typed[] => [
    ...(type.properties ?? []),
    ...(type.interfaces ?? []).flatMap((each) => (surface[each] ? propsOf(surface[each]) : [])),
  ];
  const visit = (reference: Reference): void => {
    for (const each of [reference.collection?.elementtype, ...(reference.union?.types ?? [])]) if (each) visit(each);
    const type = surface[reference.fqn ?? ''];
    if (!type?.datatype || found.has(type.name)) return;
    const props = propsOf(type).filter(({ name }) => keys.has(name));
    found.set(type.name, props.length > 0);
    props.forEach((prop) => visit(prop.type));
  };
  const call = ({ parameters = [] }: Callable) => parameters.forEach(({ type }) => visit(type));
  for (const type of Object.values(surface)) {
    if (type.initializer && text.includes(`new ${type.name}(`)) call(type.initializer);
    for (const method of words.has(type.name) ? (type.methods ?? []) : [])
      if (text.includes(`${method.static ? type.name : ''}.${method.name}(`)) call(method);
  }
  return [...found].flatMap(([name, written]) => (written ? [name] : []));
}
