// Writes assets/shapes/index.json: what lib/authoring/shapes checks calls and structs against, taken from the assemblies of jsii.
// The assemblies themselves have 10 MB, and no synth may load them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { assembly } from './assembly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));

export function shapesOf(own) {
  const cdk = assembly(packageFolder('aws-cdk-lib'));
  const constructs = assembly(packageFolder('constructs'));
  const types = { ...constructs.types, ...cdk.types, ...own.types };
  const prefix = `${own.name}.`;
  const short = (fqn) => (fqn.startsWith(prefix) ? fqn.slice(prefix.length) : fqn);
  const foreign = {};

  const typeOf = (type) => {
    if (type.primitive) return type.primitive;
    if (type.collection) return { [type.collection.kind]: typeOf(type.collection.elementtype) };
    if (type.union) return { union: type.union.types.map(typeOf) };
    if (type.fqn && !type.fqn.startsWith(prefix)) foreign[type.fqn] ??= foreignType(types[type.fqn], types);
    return type.fqn ? short(type.fqn) : 'any';
  };
  const named = (list) =>
    Object.fromEntries((list ?? []).map((p) => [`${p.name}${p.optional ? '?' : ''}`, typeOf(p.type)]));

  const structs = {};
  const classes = {};
  const interfaces = {};
  for (const type of Object.values(own.types)) {
    if (type.kind === 'interface' && type.datatype) {
      structs[type.name] = { props: propsOf(type, types, named), bases: basesOf(type, types).map(short) };
    } else if (type.kind === 'interface') interfaces[type.name] = membersOf(type, types);
    else if (type.kind === 'class') classes[type.name] = classOf(type, named, short);
  }
  return { structs, classes, interfaces, foreign };
}

/** All properties of a struct, its bases' too. */
function propsOf(type, types, named) {
  return Object.assign(
    {},
    ...(type.interfaces ?? []).map((fqn) => propsOf(types[fqn], types, named)),
    named(type.properties),
  );
}

function basesOf(type, types) {
  return (type.interfaces ?? []).flatMap((fqn) => [fqn, ...basesOf(types[fqn], types)]);
}

/** Calls of a class: method → parameters; and what its instances have, hidden members included. */
function classOf(type, named, short) {
  const calls = (wanted) =>
    Object.fromEntries(
      (type.methods ?? [])
        .filter((method) => Boolean(method.static) === wanted && (method.parameters ?? []).length > 0)
        .map((method) => [
          method.name,
          { of: named(method.parameters), ...(method.variadic ? { variadic: true } : {}) },
        ]),
    );
  const makes = (type.methods ?? []).filter((m) => m.static && short(m.returns?.type.fqn ?? '') === type.name);
  return {
    statics: calls(true),
    methods: calls(false),
    makes: makes.map((method) => method.name),
    members: hiddenMembersOf(type),
  };
}

/** `_bind`, `_definition`…, which the assembly leaves out, from the declaration beside it. */
function hiddenMembersOf(type) {
  const [file, name] = type.symbolId.split(':');
  const text = readFileSync(join(root, `${file}.d.ts`), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const declared = source.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
  const is = (node, kind) => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
  return (declared?.members ?? [])
    .filter((node) => node.name && !ts.isConstructorDeclaration(node) && !node.questionToken)
    .filter((node) => !is(node, ts.SyntaxKind.StaticKeyword) && !is(node, ts.SyntaxKind.PrivateKeyword))
    .filter((node) => !is(node, ts.SyntaxKind.ProtectedKeyword))
    .map((node) => node.name.text);
}

/** What tells an instance of a type of the CDK: as few members as do. */
function foreignType(type, types) {
  if (type.kind === 'enum') return { enum: enumValues(type) };
  if (type.datatype) return { struct: true };
  return { members: membersOf(type, types) };
}

/** Properties of its own, else those of what it extends, else methods: every implementation has them, imports too. */
function membersOf(type, types) {
  const own = (type.properties ?? []).filter((p) => !p.static && !p.optional && !p.protected);
  if (own.length > 0) return own.map(({ name }) => name);
  const inherited = (type.interfaces ?? [])
    .map((fqn) => membersOf(types[fqn], types))
    .find((members) => members.length > 0);
  const methods = (type.methods ?? []).filter((method) => !method.static && !method.protected);
  return inherited ?? methods.map(({ name }) => name);
}

function enumValues(type) {
  const [, module] = /^aws-cdk-lib\.(?:(\w+)\.)?\w+$/.exec(type.fqn) ?? [];
  const loaded = require(module ? `aws-cdk-lib/${module.replaceAll('_', '-')}` : 'aws-cdk-lib');
  // Numbers stand in an enum twice, under their name and as one.
  return Object.fromEntries(Object.entries(loaded[type.name]).filter(([name]) => !/^\d+$/.test(name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(root, 'assets/shapes'), { recursive: true });
  writeFileSync(join(root, 'assets/shapes/index.json'), JSON.stringify(shapesOf(assembly(root))));
}
