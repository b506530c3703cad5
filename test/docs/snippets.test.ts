import { join } from 'node:path';
import { App, Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as ts from 'typescript';
import * as library from '../../lib';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { fn } from '../support/stacks';
import { ROOT, documents, read } from './documents';

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

/** What the documents call what is around a snippet. */
function surroundings(app: App, stack: Stack): Record<string, unknown> {
  const made = new Map<string, unknown>();
  const once = <T>(name: string, make: () => T): T => {
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  };
  const functions = Object.fromEntries(
    ['list', 'create', 'get', 'send', 'loans', 'books'].map((name) => [name, () => fn(stack, name)]),
  );
  const { RestAuthorizer, RestIntegration, HttpAuthorizer, HttpIntegration, WebAcl } = library;
  const pool = () => once('pool', () => new UserPool(stack, 'Users'));
  const iam = { 'GET /': { integration: RestIntegration.mock() } };
  const makers: Record<string, () => unknown> = {
    ...functions,
    app: () => app,
    pool,
    users: pool,
    client: () => pool().addClient('Web'),
    queue: () => new Queue(stack, 'Queue', { enforceSSL: true }),
    message: () => library.JsonSchema.fromObject({ type: 'object' }),
    errors: () =>
      new Alarm(stack, 'Errors', {
        metric: new Metric({ namespace: 'Shop', metricName: 'Errors', period: Duration.minutes(1) }),
        threshold: 1,
        evaluationPeriods: 1,
      }),
    zone: () =>
      PublicHostedZone.fromPublicHostedZoneAttributes(stack, 'Zone', {
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        zoneName: 'example.com',
      }),
    apiId: () => 'a1b2c3d4e5',
    issuer: () => 'https://login.example.com/',
    audience: () => ['https://chat.example.com'],
    // What "// …" leaves out of a gateway.
    rest: () => ({ defaultAuthorizer: RestAuthorizer.iam(), webAcl: WebAcl.none('behind CloudFront'), routes: iam }),
    orders: () =>
      new library.RestGateway(stack, 'OrdersApi', {
        defaultAuthorizer: RestAuthorizer.iam(),
        webAcl: WebAcl.none('behind CloudFront'),
        routes: iam,
      }),
    gateway: () => once('orders', makers.orders),
    stock: () =>
      new library.HttpGateway(stack, 'StockApi', {
        defaultAuthorizer: HttpAuthorizer.iam(),
        routes: { 'GET /': { integration: HttpIntegration.http('https://stock.example.com') } },
      }),
  };
  return new Proxy(
    {},
    {
      has: (_, name) => typeof name === 'string' && Object.hasOwn(makers, name),
      get: (_, name) => (typeof name === 'string' ? once(name, makers[name]) : undefined),
    },
  );
}

/** Runs it as the constructor of a stack does, and gives back what is worth a word. */
function findingsOf({ code }: Snippet): string[] {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const whole = code
    .replace(/^\s*\/\/ …$/gm, '...rest,')
    .replaceAll("'openapi.yaml'", JSON.stringify(join(ROOT, 'examples/rest-openapi/openapi.yaml')));
  const { outputText } = ts.transpileModule(whole, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  // `with`, so that nothing is made that a snippet does not name.
  const run = new Function('library', 'around', `with (library) with (around) { ${outputText} }`);
  run.call(stack, { ...library, Aws, Duration, Stack, Validations }, surroundings(app, stack));
  const { directory } = app.synth();
  const sources = readAssembly(directory);
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
