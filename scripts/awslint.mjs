// The rules of CDK's own linter, on the public surface. awslint knows the types of CDK under the names of its first version, with
// which none of the rules for constructs, durations, grants and imports fires; here it reads those of today.
//   node scripts/awslint.mjs [FOLDER OF A JSII PACKAGE]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { root } from './install.mjs';

const require = createRequire(import.meta.url);
const linter = require.resolve('awslint/lib');
const renamed = [
  [/@aws-cdk\/core(?=['.])/g, 'aws-cdk-lib'],
  [/@aws-cdk\/aws-(\w+)\.(?=[A-Z])/g, 'aws-cdk-lib.aws_$1.'],
  // `no-unused-type` looks at packages of that name alone.
  [/startsWith\('@aws-cdk\/aws-'\)/g, "startsWith('')"],
];
const missing = new Set(renamed);
const load = require.extensions['.js'];
require.extensions['.js'] = (module, file) => {
  if (!file.startsWith(dirname(linter) + sep)) return load(module, file);
  let code = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
  for (const change of renamed) {
    const [old, now] = change;
    if (code.search(old) >= 0) missing.delete(change);
    code = code.replace(old, now);
  }
  module._compile(code, file);
};
const { ALL_RULES_LINTER, DiagnosticLevel } = require(linter);
if (missing.size > 0) throw new Error(`awslint no longer has ${[...missing].map(([old]) => old).join(' and ')}`);

const { TypeSystem } = createRequire(linter)('jsii-reflect');
const system = new TypeSystem();
const folder = resolve(process.argv[2] ?? root);
await system.load(folder, { validate: false });
const [assembly] = system.roots;

const named = (type) => type.unionOfTypes ?? [type.arrayOfType ?? type.mapOfType].filter(Boolean).flatMap(named);
const isUnion = (type) => named(type).length > 0;
/** awslint looks for unions in the props of constructs alone; in a method they are an `Object` in Java as well. */
const unions = assembly.types
  .filter((type) => type.isClassType() || type.isInterfaceType())
  .flatMap((type) => [
    ...type.ownProperties.filter((property) => isUnion(property.type)),
    ...[type.initializer, ...type.ownMethods].filter((method) => method?.parameters.some(({ type }) => isUnion(type))),
  ])
  .map(({ parentType, name }) => ({
    rule: { code: 'no-unions' },
    scope: `${parentType.fqn}.${name}`,
    message: 'must not take a union: make a method or a prop for each type',
  }));
const found = [
  ...ALL_RULES_LINTER.eval(assembly, { include: ['*'] }).filter(({ level }) => level >= DiagnosticLevel.Warning),
  ...unions,
].map(({ rule, scope, message }) => ({ key: `${rule.code}:${scope}`, message }));

/** What stays as it is, with the reason. */
const excluded = parse(readFileSync(join(root, 'scripts', 'awslint.yaml'), 'utf8')) ?? {};
const open = found.filter(({ key }) => !Object.hasOwn(excluded, key));
const past = Object.keys(excluded).filter((key) => !found.some((each) => each.key === key));
for (const { key, message } of open) console.error(`${key} ${message.trim()}`);
for (const key of past) console.error(`${key} is found no longer: remove it from scripts/awslint.yaml`);
process.exitCode = open.length + past.length > 0 ? 1 : 0;
