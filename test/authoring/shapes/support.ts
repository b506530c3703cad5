import { join } from 'node:path';
import { assemblyIn } from '../../support/assembly';

/** A type as the assembly of jsii has it. */
export interface AssemblyType {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: AssemblyType };
  readonly union?: { readonly types: readonly AssemblyType[] };
}

export interface AssemblySlot {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: AssemblyType;
  readonly variadic?: boolean;
  readonly const?: boolean;
}

export interface AssemblyMethod {
  readonly name: string;
  readonly static?: boolean;
  readonly abstract?: boolean;
  readonly parameters?: readonly AssemblySlot[];
  readonly returns?: { readonly type: AssemblyType };
  readonly docs?: { readonly deprecated?: string };
}

export interface Declared {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly AssemblySlot[];
  readonly methods?: readonly AssemblyMethod[];
  readonly initializer?: { readonly parameters?: readonly AssemblySlot[] };
}

const assembly = assemblyIn(join(__dirname, '../../..')) as {
  readonly types: Readonly<Record<string, Declared>>;
};

export const TYPES = Object.values(assembly.types);
export const STRUCTS = TYPES.filter(({ datatype }) => datatype);

const PREFIX = 'cdk-apigateway-constructs.';

export const structOfType = (type: AssemblyType): Declared | undefined => STRUCTS.find(({ fqn }) => fqn === type.fqn);

/** All properties of a struct, its bases' too. */
export function propertiesOf(struct: Declared): AssemblySlot[] {
  const bases = (struct.interfaces ?? []).map((fqn) => assembly.types[fqn]);
  return [...(struct.properties ?? []), ...bases.flatMap(propertiesOf)];
}

/** Something that the type takes, as far as shapes go: an instance has every member there is. */
export function legal(type: AssemblyType): unknown {
  if (type.primitive) return { string: 'x', number: 1, boolean: true }[type.primitive] ?? {};
  if (type.collection)
    return type.collection.kind === 'array'
      ? [legal(type.collection.elementtype)]
      : { x: legal(type.collection.elementtype) };
  if (type.union) return legal(type.union.types[0]);
  const struct = structOfType(type);
  if (struct) return legalStruct(struct);
  const enumeration = enumOf(type);
  // Of an enumeration of numbers, the names come first.
  if (enumeration) return Object.values(enumeration).pop();
  return type.fqn?.endsWith('Options') || type.fqn?.endsWith('Property') || type.fqn?.endsWith('Selection')
    ? {}
    : instance();
}

/** The least that a struct must have. */
export function legalStruct(struct: Declared): Record<string, unknown> {
  const required = propertiesOf(struct).filter(({ optional }) => !optional);
  return Object.fromEntries(required.map(({ name, type }) => [name, legal(type)]));
}

/** Has every member. */
export function instance(): object {
  return new Proxy(new (class Anything {})(), { has: () => true });
}

export function enumOf({ fqn = '' }: AssemblyType): Readonly<Record<string, string | number>> | undefined {
  const [, name] = /(\w+)$/.exec(fqn) ?? [];
  const [, module] = /^aws-cdk-lib\.(?:(\w+)\.)?\w+$/.exec(fqn) ?? [];
  const from = fqn.startsWith(PREFIX)
    ? '../../../lib'
    : `aws-cdk-lib${module ? `/${module.replaceAll('_', '-')}` : ''}`;
  if (fqn === '' || fqn.startsWith('constructs.')) return undefined;

  const found = (require(from) as Record<string, unknown>)[name];
  return typeof found === 'object' ? (found as Record<string, string | number>) : undefined;
}
