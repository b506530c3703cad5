import { Stack } from 'aws-cdk-lib';
import { JsonSchema, RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { fn, ids, type Json, resource, testApp } from '../support/stacks';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** A stack with an API of N paths, four methods each, over ten functions. */
function large(paths: number): { text: string; template: Json; warnings: string[] } {
  const app = testApp();
  const stack = new Stack(app, 'Large');
  const functions = Array.from({ length: 10 }, (_, i) => fn(stack, `F${i}`));
  const routes: NonNullable<RestGatewayProps['routes']> = {};
  for (let i = 0; i < paths; i++) {
    for (const method of METHODS)
      routes[`${method} /r${i}`] = { integration: RestIntegration.lambda(functions[i % 10]) };
  }
  new RestGateway(stack, 'Api', { defaultAuthorizer: RestAuthorizer.iam(), webAcl: WebAcl.none('test'), routes });
  const assembly = app.synth();
  const text = JSON.stringify(assembly.getStackByName('Large').template, undefined, 1);
  const notes = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => /warning|error/.test(type)));
  const findings = runRules(readModel(readAssembly(assembly.directory))).filter(
    ({ id, severity }) => severity !== 'info' && id !== 'REST-VAL2' && id !== 'REST-WAF1',
  );
  return {
    text,
    template: JSON.parse(text),
    warnings: [...notes.map(({ data }) => String(data)), ...findings.map(({ message }) => message)],
  };
}

describe('300 paths with 4 methods over 10 functions', () => {
  const { text, template, warnings } = large(300);

  test('are at most 45 resources', () => {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(45);
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(10);
  });

  test('are a template under 1 MB, without a warning', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(warnings).toEqual([]);
    expect(large(301).warnings).toEqual([expect.stringMatching(/301.*300|300.*301/)]);
  });

  test('are all there', () => {
    const { paths } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
    expect(Object.values<object>(paths).flatMap((item) => Object.keys(item))).toHaveLength(1200);
  });
});

test('the number of resources does not depend on the number of routes', () => {
  const count = (paths: number) => Object.keys(large(paths).template.Resources).length;
  expect(count(100)).toBe(count(10));
});

describe('300 paths with models, plans, two stages, cache and CORS together', () => {
  const app = testApp();
  const stack = new Stack(app, 'Full');
  const functions = Array.from({ length: 10 }, (_, i) => fn(stack, `F${i}`));
  const routes: NonNullable<RestGatewayProps['routes']> = {};
  for (let i = 0; i < 300; i++) {
    const integration = RestIntegration.lambda(functions[i % 10]);
    const sku = { type: 'string', minLength: (i % 9) + 1 };
    routes[`GET /r${i}`] = { integration, cache: { perCaller: false }, request: { query: { page: false } } };
    routes[`POST /r${i}`] = {
      integration,
      apiKeyRequired: true,
      request: { body: JsonSchema.fromObject({ type: 'object', properties: { sku } }, { modelName: `Item${i}` }) },
    };
  }
  new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.managed(),
    cors: { allowOrigins: ['https://app.example.com'] },
    routes,
    stages: { dev: {}, prod: { cache: {} } },
    usagePlans: {
      free: { throttle: { rateLimit: 1, burstLimit: 2 }, apiKeys: ['demo'] },
      paid: { throttle: { rateLimit: 50, burstLimit: 100 }, apiKeys: ['acme', 'globex'] },
    },
  });
  const { template } = app.synth().getStackByName('Full');

  test('are under 60 resources beside the functions and their roles', () => {
    expect(Object.keys(template.Resources).length - 2 * functions.length).toBeLessThan(60);
  });

  test('are a template under 1 MB, where the stack has suppressTemplateIndentation', () => {
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(1_000_000);
  });
});
