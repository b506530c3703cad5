import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnDeployment, CfnMethod, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../lib';
import { ApiGatewayChecks } from '../../lib/checks/checks';
import { main } from '../../runtime/cli/main';
import { type Report, synth } from './plugin-support';

const folder = (): string => mkdtempSync(join(tmpdir(), 'previous-'));
const CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };
type Build = (app: App, timeout: number) => void;

/** An API of L1s whose deployment keeps its id; the timeout is what changes. */
function byHand(scope: Construct, timeout: number): void {
  const api = new CfnRestApi(scope, 'Api', { name: 'orders' });
  const method = new CfnMethod(scope, 'Get', {
    ...{ restApiId: api.ref, resourceId: api.attrRootResourceId, httpMethod: 'GET', authorizationType: 'AWS_IAM' },
    integration: {
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'https://example.com',
      timeoutInMillis: timeout,
    },
  });
  const deployment = new CfnDeployment(scope, 'Deployment', { restApiId: api.ref });
  deployment.addResourceDependency(method);
  new CfnStage(scope, 'Stage', { restApiId: api.ref, deploymentId: deployment.ref, stageName: 'prod' });
}

/** The gaps that a synth into the folder reports, and where. */
function gaps(build: Build, timeout: number, outdir: string, checks: () => ApiGatewayChecks): string[] {
  // The checks may be made before or after the app, but before the synth.
  const plugin = checks();
  const app = new App({ outdir, context: CONTEXT });
  build(app, timeout);
  Validations.of(app).addPlugins(plugin);
  const { violations }: Report = synth(app);
  return violations
    .filter(({ ruleName, description }) => ruleName === 'REST-DEP2' && description.includes('since the previous'))
    .map(({ violatingConstructs, severity }) => `${severity} ${violatingConstructs[0].constructPath}`);
}

const inStack: Build = (app, timeout) => byHand(new Stack(app, 'Shop'), timeout);
const inStage: Build = (app, timeout) => byHand(new Stack(new Stage(app, 'Prod'), 'Shop'), timeout);
const nested: Build = (app, timeout) => byHand(new NestedStack(new Stack(app, 'Shop'), 'Inner'), timeout);

describe('a synth is compared with the one before', () => {
  test.each<[string, Build, string]>([
    ['a stack', inStack, 'Shop/Deployment'],
    ['a stack of a Stage', inStage, 'Prod/Shop/Deployment'],
    ['a nested stack', nested, 'Shop/Inner/Deployment'],
  ])('%s, in the folder that is written to', (_, build, path) => {
    const outdir = folder();
    const before = process.env.CDK_OUTDIR;
    process.env.CDK_OUTDIR = outdir;
    try {
      const run = (timeout: number): string[] => gaps(build, timeout, outdir, () => new ApiGatewayChecks());
      expect(run(5000)).toEqual([]); // There is none before.
      expect(run(5000)).toEqual([]); // Nothing changed.
      expect(run(6000)).toEqual([`warning ${path}`]);
    } finally {
      if (before === undefined) delete process.env.CDK_OUTDIR;
      else process.env.CDK_OUTDIR = before;
    }
  });

  test('with a folder that is given, time and again', () => {
    const [deployed, outdir] = [folder(), folder()];
    gaps(inStack, 5000, deployed, () => new ApiGatewayChecks());
    const run = (timeout: number): string[] =>
      gaps(inStack, timeout, outdir, () => new ApiGatewayChecks({ previousAssembly: deployed }));
    expect(run(6000)).toEqual(['warning Shop/Deployment']);
    expect(run(6000)).toEqual(['warning Shop/Deployment']);
    expect(run(5000)).toEqual([]);
  });

  test('gateways of this library rename their deployment', () => {
    const outdir = folder();
    const build: Build = (app, timeout) => {
      const stack = new Stack(app, 'Shop');
      new RestGateway(stack, 'Rest', {
        defaultAuthorizer: RestAuthorizer.iam(),
        routes: { 'GET /': { integration: RestIntegration.http(`https://example.com/${timeout}`) } },
        webAcl: WebAcl.none('test'),
      });
      new HttpGateway(stack, 'Http', {
        defaultAuthorizer: HttpAuthorizer.iam(),
        routes: { 'GET /a': { integration: HttpIntegration.http(`https://example.com/${timeout}`) } },
      });
    };
    gaps(build, 1, outdir, () => new ApiGatewayChecks());
    expect(gaps(build, 2, outdir, () => new ApiGatewayChecks({ previousAssembly: outdir }))).toEqual([]);
  });

  test('a folder that is given must be one, what was left behind need not be', () => {
    const dir = folder();
    const wrong = (previousAssembly: string) => () => new ApiGatewayChecks({ previousAssembly });
    expect(wrong(join(dir, 'gone'))).toThrow(/^ApiGatewayChecks: previousAssembly: There is no folder ".*gone"/);
    expect(wrong(dir)).toThrow(/^ApiGatewayChecks: previousAssembly: ".*" contains no manifest\.json/);
    writeFileSync(
      join(dir, 'manifest.json'),
      '{"artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"}}}}',
    );
    writeFileSync(join(dir, 'S.json'), '{"Type":"AWS::ApiGateway::Deployment"');
    expect(wrong(dir)).toThrow(/S\.json", line 1, column 38: it is not valid JSON/);
    process.env.CDK_OUTDIR = dir;
    expect(gaps(inStack, 1, dir, () => new ApiGatewayChecks())).toEqual([]);
    mkdirSync(join(dir, 'empty'));
    expect(() => new ApiGatewayChecks()).not.toThrow();
    process.env.CDK_OUTDIR = join(dir, 'empty');
    expect(() => new ApiGatewayChecks()).not.toThrow();
    delete process.env.CDK_OUTDIR;
  });
});

describe('apigw check --previous', () => {
  const run = (...args: string[]) => {
    let [out, err] = ['', ''];
    const io = { stdout: (text: string) => void (out += text), stderr: (text: string) => void (err += text) };
    const code = main(['check', '--rule', 'REST-DEP2', '--format', 'json', ...args], { ...io, color: false });
    return {
      code,
      err,
      messages: out === '' ? [] : (JSON.parse(out) as { message: string }[]).map(({ message }) => message),
    };
  };
  const [old, now] = [folder(), folder()];
  beforeAll(() => {
    gaps(inStack, 5000, old, () => new ApiGatewayChecks());
    gaps(inStack, 6000, now, () => new ApiGatewayChecks());
  });
  const changed =
    'GET / changed since the previous assembly but Deployment did not, so its stages do not get the change';

  test('compares assemblies, also several at once, and single templates', () => {
    expect(run(now)).toEqual({ code: 0, err: '', messages: [] });
    expect(run(now, '--previous', old)).toEqual({ code: 0, err: '', messages: [changed] });
    expect(run(now, '--previous', now).messages).toEqual([]);
    expect(run(folderOf(now), now, '--previous', old).messages).toEqual([changed]);
    writeFileSync(join(now, 'then.json'), JSON.stringify({ Resources: {} }));
    expect(run(join(now, 'Shop.template.json'), '--previous', join(old, 'Shop.template.json')).messages).toEqual([
      changed,
    ]);
    expect(run(join(now, 'Shop.template.json'), '--previous', join(now, 'then.json')).messages).toEqual([]);
  });

  test('tells what it cannot compare', () => {
    expect(run(now, '--previous', join(now, 'gone'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('gone') as string,
    });
    const other = folder();
    gaps(
      (app) => void new CfnResource(new Stack(app, 'Other'), 'A', { type: 'A::B::C' }),
      1,
      other,
      () => new ApiGatewayChecks(),
    );
    gaps(
      (app) => void new CfnResource(new Stack(app, 'More'), 'A', { type: 'A::B::C' }),
      1,
      now,
      () => new ApiGatewayChecks(),
    );
    const { code, err } = run(now, join(now, 'Shop.template.json'), '--previous', other);
    expect({ code, err }).toEqual({
      code: 2,
      err: `apigw: --previous: no template in "${other}" has the name or the stack of one in "${now}", "${join(now, 'Shop.template.json')}".\n`,
    });
  });

  /** Another assembly, of nothing in particular. */
  function folderOf(beside: string): string {
    const dir = join(beside, 'second');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'manifest.json'), '{"artifacts":{}}');
    return dir;
  }
});
