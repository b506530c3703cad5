import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { type App } from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../lib';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/assembly';
import { readModel } from '../../lib/template/read';

// What CDK calls deprecated warns in the log of whoever copies the snippet; here it throws.
process.env.JSII_DEPRECATED = 'fail';

const ROOT = join(__dirname, '..', '..');

interface Snippet {
  readonly place: string;
  readonly code: string;
}

/** Everything in the documents that is shown as TypeScript. */
const SNIPPETS: readonly Snippet[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(({ 1: code, index }) => ({
    place: `${file}:${text.slice(0, index).split('\n').length}`,
    code,
  }));
});

/** A folder as a program finds it: code of functions and a definition. */
function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
  mkdirSync(join(folder, 'functions'));
  writeFileSync(join(folder, 'functions', 'list.js'), 'exports.handler = async () => ({ statusCode: 200 });');
  copyFileSync(join(ROOT, 'examples', 'rest-openapi', 'openapi.yaml'), join(folder, 'openapi.yaml'));
  return folder;
}

/** Runs it as Node.js does, and gives back the apps that it made. */
function appsOf({ code }: Snippet): App[] {
  const apps: App[] = [];
  class NotedApp extends cdk.App {
    constructor(props?: cdk.AppProps) {
      super(props);
      apps.push(this);
    }
  }
  const packages: Readonly<Record<string, object>> = {
    'aws-cdk-lib': Object.create(cdk, { App: { value: NotedApp } }) as object,
    'cdk-apigateway-constructs': library,
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const before = process.cwd();
  process.chdir(workspace());
  try {
    new Function('require', 'exports', outputText)((name: string) => packages[name] ?? require(name), {});
  } finally {
    process.chdir(before);
  }
  return apps;
}

/** What is worth a word in what it makes. */
function findingsOf(snippet: Snippet): string[] {
  const apps = appsOf(snippet);
  expect(apps).toHaveLength(1);
  const sources = readAssembly(apps[0].synth().directory);
  return judge(runRules(readModel(sources)), sources)
    .open.filter(({ severity }) => severity !== 'info')
    .map(({ id, message }) => `${id} ${message}`);
}

describe('what the documents show', () => {
  test('is all of the gateways', () => {
    for (const kind of ['RestGateway', 'HttpGateway', 'WebSocketGateway'])
      expect([kind, SNIPPETS.some(({ code }) => code.includes(`new ${kind}(`))]).toEqual([kind, true]);
  });

  test.each(SNIPPETS.map((snippet) => [snippet.place, snippet] as const))(
    '%s runs, and no rule has anything to say',
    (_, snippet) => {
      expect(findingsOf(snippet)).toEqual([]);
    },
  );
});
