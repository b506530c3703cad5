import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { type App } from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../lib';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import * as routes from '../../runtime/routes';
import { serve } from '../../runtime/serve/library';
import { compiled } from '../support/compile';
import { documents, read, ROOT } from './documents';
import { examplesIn, inFixture, publicSurface, writtenStructs } from './examples';

// What CDK calls deprecated warns in the log of whoever copies the snippet; here it throws.
process.env.JSII_DEPRECATED = 'fail';

interface Snippet {
  readonly place: string;
  readonly code: string;
}

/** Everything in the documents that is shown as TypeScript. */
const SNIPPETS: readonly Snippet[] = ['README.md', ...documents().filter((file) => file.startsWith('docs/'))].flatMap(
  (file) => {
    const text = read(file);
    return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(({ 1: code, index }) => ({
      place: `${file}:${text.slice(0, index).split('\n').length}`,
      code,
    }));
  },
);

const EXAMPLES = examplesIn(publicSurface()).map(({ name, example }) => ({
  place: `@example of ${name}`,
  code: inFixture(example),
  makesConstructs: /\bthis\b/.test(example),
  example,
}));

const PROGRAMS: readonly Snippet[] = [...SNIPPETS, ...EXAMPLES];

/** Examples without a construct of their own run together: a stack takes more time than they do. */
const RUNS: readonly Snippet[] = [
  ...SNIPPETS,
  ...EXAMPLES.filter(({ makesConstructs }) => makesConstructs),
  {
    place: 'each other @example',
    code: inFixture(EXAMPLES.flatMap((each) => (each.makesConstructs ? [] : [`{\n${each.example}\n}`])).join('\n')),
  },
];

/** What the compiler says of each, as of a program that somebody has written beside the package. */
const messages = (): readonly string[][] =>
  compiled(new Map(PROGRAMS.map(({ code }, i) => [join(ROOT, 'test', `program-${i}.ts`), code])), {
    'cdk-apigateway-constructs': 'lib/index.d.ts',
    'cdk-apigateway-constructs/routes': 'assets/routes/index.d.ts',
    'cdk-apigateway-constructs/serve': 'assets/serve/index.d.ts',
  });

/** A folder as a program finds it: code of functions and a definition. */
function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'snippet-'));
  mkdirSync(join(folder, 'functions'));
  writeFileSync(join(folder, 'functions', 'list.js'), 'exports.handler = async () => ({ statusCode: 200 });');
  copyFileSync(join(ROOT, 'examples', 'rest-openapi', 'openapi.yaml'), join(folder, 'openapi.yaml'));
  return folder;
}

/** Runs it as Node.js does, and gives back the apps that it made, and its tests. */
function ranBy({ code }: Snippet): { apps: App[]; tests: (() => Promise<void>)[] } {
  const apps: App[] = [];
  const tests: (() => Promise<void>)[] = [];
  class NotedApp extends cdk.App {
    constructor(props?: cdk.AppProps) {
      super(props);
      apps.push(this);
    }
  }
  const packages: Readonly<Record<string, object>> = {
    'aws-cdk-lib': Object.create(cdk, { App: { value: NotedApp } }) as object,
    'cdk-apigateway-constructs': library,
    'cdk-apigateway-constructs/routes': routes,
    'cdk-apigateway-constructs/serve': { serve },
    'node:test': { test: (_: string, run: () => Promise<void>) => void tests.push(run) },
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
  return { apps, tests };
}

/** What is worth a word in what it makes; its tests pass. */
async function findingsOf(snippet: Snippet): Promise<string[]> {
  const { apps, tests } = ranBy(snippet);
  expect(apps).toHaveLength(1);
  expect([snippet.code.includes('node:test'), tests.length > 0]).toEqual([tests.length > 0, tests.length > 0]);
  for (const run of tests) await run();
  const sources = readAssembly(apps[0].synth().directory);
  return judge(runRules(readModel(sources)), sources)
    .open.filter(({ severity }) => severity !== 'info')
    .map(({ id, message }) => `${id} ${message}`);
}

describe('examples of the public surface', () => {
  const surface = publicSurface();
  const without = (text: string, types = surface) => {
    const shown = new Set(examplesIn(types).map(({ name }) => name.split('.')[0]));
    return writtenStructs(types, text).filter((name) => !shown.has(name));
  };

  test('there is one for each struct that the documents write', () => {
    const text = readdirSync(join(ROOT, 'docs'))
      // The others are tables of facts.
      .filter((file) => /^(canary|domains|jwt|openapi|websocket)\.md$/.test(file))
      .map((file) => join('docs', file))
      .concat('README.md')
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');
    expect(writtenStructs(surface, text).length).toBeGreaterThan(40);
    expect(without(text)).toEqual([]);
  });

  test('a struct without one is named, deep in another one as well', () => {
    const types = structuredClone(surface) as Record<string, (typeof surface)[string]>;
    const [throttle] = Object.keys(types).filter((name) => name.endsWith('.ThrottleOptions'));
    types[throttle] = { ...types[throttle], docs: {} };
    const text = "new RestGateway(this, 'Api', { stages: { prod: { throttle: { rateLimit: 1, burstLimit: 1 } } } });";
    expect(without(text, types)).toEqual(['ThrottleOptions']);
    expect(without(text)).toEqual([]);
    expect(without("new RestGateway(this, 'Api', { stages: { prod: {} } });", types)).toEqual([]);
  });
});

describe('what the documents show', () => {
  test('is all of the gateways', () => {
    for (const kind of ['RestGateway', 'HttpGateway', 'WebSocketGateway'])
      expect([kind, SNIPPETS.some(({ code }) => code.includes(`new ${kind}(`))]).toEqual([kind, true]);
  });

  test('compiles', () => {
    const wrong = messages().flatMap((found, i) => found.map((message) => `${PROGRAMS[i].place}: ${message}`));
    expect(wrong).toEqual([]);
  });

  test.each(RUNS.map((snippet) => [snippet.place, snippet] as const))(
    '%s runs, and no rule has anything to say',
    async (_, snippet) => {
      expect(await findingsOf(snippet)).toEqual([]);
    },
  );
});
