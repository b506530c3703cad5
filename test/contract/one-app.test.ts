import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack } from 'aws-cdk-lib';
import { type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import * as ts from 'typescript';
import { adviceOn, adviceFor } from '../../lib/authoring/shapes/foreign';
import { structOf } from '../../lib/authoring/shapes/data';
import { ids, type Json, templateOf } from '../support/stacks';
import { sharedFactories } from '../authoring/shapes/kinds';
import { http } from './http';
import { type Gateway, type Kind } from './kind';
import { rest } from './rest';
import { newStack } from './support';
import { webSocket } from './websocket';

const TEXT = readFileSync(join(__dirname, 'one-app.ts.txt'), 'utf8');
const KINDS: readonly Kind[] = [rest, http, webSocket];
const nameOf = ({ name }: Kind): string => name.replace('Gateway', '');

/** Whether the library has advice for those who write it for this kind. */
function lacks(kind: string, type: string, member: string): boolean {
  const struct = structOf(`${kind}${type}`);
  if (struct) return adviceOn(struct, member) !== undefined;
  return Object.hasOwn(adviceFor(`${kind}${type}`), member);
}

/** The app of one kind: the names of the classes replaced, and nothing but that; lines of what it lacks are left out. */
function written(kind: Kind): string {
  const lines = TEXT.split('\n').filter((line) => {
    const [, type, member] = / \/\/ (\w+)\.(\w+)$/.exec(line) ?? [];
    return type === undefined || !lacks(nameOf(kind), type, member);
  });
  return lines.join('\n').replace(/\bRest(?=[A-Z])/g, nameOf(kind));
}

interface App {
  readonly gateway: Gateway;
  readonly byAuthorizer: readonly Gateway[];
  readonly authorizers: readonly string[];
  readonly integrations: readonly string[];
  readonly metrics: readonly Metric[];
  readonly parts: readonly unknown[];
  readonly texts: readonly string[];
}

function build(kind: Kind): App & { readonly template: Json } {
  const { outputText } = ts.transpileModule(written(kind), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { build?: (stack: Stack, first: string, keyOf: (name: string) => string) => App } = {};
  new Function('exports', 'require', outputText)(exported, require);
  const stack = newStack();
  const keyOf = (name: string) => (kind === webSocket ? name : `POST /${name}`);
  const app = exported.build?.(stack, kind.keys[0], keyOf) as App;
  return { ...app, template: templateOf(stack) };
}

test('the app of every kind is legal TypeScript', () => {
  const folder = __dirname;
  const sources = new Map(KINDS.map((kind) => [join(folder, `one-${nameOf(kind)}.ts`), written(kind)]));
  const config = ts.readConfigFile(join(folder, '../../tsconfig.dev.json'), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(folder, '../..'));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists.call(host, file);
  host.readFile = (file) => sources.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = sources.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, language, ...rest)
      : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...sources.keys()], { ...options, noEmit: true, noUnusedLocals: false }, host);
  const wrong = [...sources.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  expect(ts.formatDiagnostics(wrong, host)).toBe('');
}, 240_000);

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('the app as a %s', (_, kind) => {
  const { gateway, byAuthorizer, authorizers, integrations, metrics, parts, texts, template } = build(kind);

  test('has each authorizer and integration that it shares with another kind', () => {
    expect([...authorizers].sort()).toEqual(sharedFactories(nameOf(kind), 'Authorizer'));
    expect([...integrations].sort()).toEqual(sharedFactories(nameOf(kind), 'Integration'));
    expect(byAuthorizer.map(({ node }) => node.id)).toEqual(authorizers.map((name) => `By-${name}`));
  });

  test('has its stages, alarms, domain and what else was said', () => {
    const own = (type: string) =>
      ids(template, type).filter((id) => id.startsWith('Api') && !id.includes('Authorizer'));
    expect(own(kind.types.api)).toHaveLength(1);
    const stages = own(kind.types.stage).map((id) => template.Resources[id].Properties as Json);
    expect(stages.map(({ StageName }) => String(StageName)).sort()).toEqual(['dev', 'live']);
    expect(JSON.stringify(template.Resources[own(kind.types.api)[0]])).toContain('orders');
    const alarms = Object.values<Json>(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThanOrEqual(3);
    const types = new Set(Object.values<Json>(template.Resources).map(({ Type }) => Type as string));
    for (const type of ['AWS::CloudWatch::Dashboard', 'AWS::Budgets::Budget', 'AWS::Logs::QueryDefinition'])
      expect([type, types.has(type)]).toEqual([type, true]);
    expect([...types].some((type) => /^AWS::ApiGateway(V2)?::DomainName$/.test(type))).toBe(true);
    expect(JSON.stringify(template.Resources)).toContain('execute-api:Invoke');
    expect(gateway.node.id).toBe('Api');
    expect(metrics.map(({ namespace }) => namespace)).toEqual(metrics.map(() => 'AWS/ApiGateway'));
    expect(parts.every((part) => typeof part === 'object' && part !== null)).toBe(true);
    expect(texts.every((text) => typeof text === 'string' && text !== '')).toBe(true);
  });

  test('leaves out nothing that it could do', () => {
    const marks = [...TEXT.matchAll(/ \/\/ (\w+)\.(\w+)$/gm)].map(([, type, member]) => [type, member] as const);
    expect(marks.length).toBeGreaterThan(10);
    for (const [type, member] of marks) {
      const nowhere = KINDS.every((one) => lacks(nameOf(one), type, member));
      const everywhere = KINDS.every((one) => !lacks(nameOf(one), type, member));
      expect([type, member, nowhere, everywhere]).toEqual([type, member, false, false]);
    }
  });
});
