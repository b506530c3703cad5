import { type AssemblyMethod, type AssemblySlot, type AssemblyType, type Declared, TYPES } from './support';

export const KINDS = ['Rest', 'Http', 'WebSocket'] as const;

/** A class or struct of one kind of API by what it is called without the kind. */
export const ofKind = (kind: string, name: string): Declared | undefined =>
  TYPES.find((type) => type.name === `${kind}${name}`);

/** What the classes of several kinds are called without the kind: `Integration`, `Authorizer`, `Gateway`… */
export const FAMILIES: readonly string[] = [
  ...new Set(TYPES.flatMap(({ name }) => /^(?:Rest|Http|WebSocket)(?=[A-Z])(.+)$/.exec(name)?.slice(1) ?? [])),
].filter((name) => KINDS.filter((kind) => ofKind(kind, name)).length > 1);

/** What is no deprecated name of something else. */
export const methodsOf = ({ methods = [] }: Declared): AssemblyMethod[] =>
  methods.filter(({ docs }) => docs?.deprecated === undefined);

export const membersOf = (type: Declared): readonly (AssemblyMethod | AssemblySlot)[] => [
  ...methodsOf(type),
  // Constants are what API Gateway has of each kind, e.g. fields of its access log.
  ...(type.properties ?? []).filter((property) => property.const !== true),
];

/** A type as it reads without the kind of API, and without what the CDK calls its own types of each kind. */
export function neutral(type: AssemblyType | undefined): string {
  if (type === undefined) return 'void';
  if (type.primitive !== undefined) return type.primitive;
  if (type.collection) return `${type.collection.kind} of ${neutral(type.collection.elementtype)}`;
  if (type.union) return type.union.types.map(neutral).join(' or ');
  return (type.fqn ?? '')
    .replace(/\b(I?)(Rest|Http|WebSocket)(?=[A-Z])/, '$1')
    .replace(/^aws-cdk-lib\.aws_apigatewayv2\./, 'aws-cdk-lib.aws_apigateway.')
    .replace(/\.CfnRestApi$/, '.CfnApi');
}

/** Names, order and types of parameters, and what is given back. */
export const signatureOf = ({ parameters = [], returns }: AssemblyMethod): string =>
  `(${parameters.map(({ name, optional, type }) => `${name}${optional ? '?' : ''}: ${neutral(type)}`).join(', ')}): ${neutral(returns?.type)}`;

/** Static methods of a kind's class which the class of another kind has too, sorted. */
export function sharedFactories(kind: string, family: string): string[] {
  const names = (one: string) =>
    methodsOf(ofKind(one, family) as Declared)
      .filter((method) => method.static)
      .map(({ name }) => name);
  const others = KINDS.filter((one) => one !== kind).flatMap(names);
  return names(kind)
    .filter((name) => others.includes(name))
    .sort();
}
