import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { fn, ids, resource, testApp } from '../support/stacks';

describe('1000 routes over 10 functions in one stack', () => {
  const app = testApp();
  const stack = new Stack(app, 'Large');
  const integrations = Array.from({ length: 10 }, (_, index) => HttpIntegration.lambda(fn(stack, `Function${index}`)));
  new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`GET /r${i}/{id}`, { integration: integrations[i % 10] }]),
    ),
  });
  const assembly = app.synth();
  const { template } = assembly.getStackByName('Large');

  test('are at most 45 resources', () => {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(45);
  });

  test('are at most 260 bytes each, functions and stage included, in a template without indentation', () => {
    expect(Buffer.byteLength(JSON.stringify(template)) / 1000).toBeLessThanOrEqual(260);
  });

  test('have one permission for each function', () => {
    expect(ids(template, 'AWS::Lambda::Permission')).toHaveLength(10);
  });

  test('are all there, with ten integrations', () => {
    const { paths, components } = resource(template, 'AWS::ApiGatewayV2::Api').Properties.Body;
    expect(Object.keys(paths)).toHaveLength(1000);
    expect(Object.keys(components['x-amazon-apigateway-integrations'])).toHaveLength(10);
    expect(Object.keys(components.parameters)).toEqual(['id']);
  });

  test('have no finding but that of their number', () => {
    const findings = runRules(readModel(readAssembly(assembly.directory))).filter(
      ({ severity }) => severity !== 'info',
    );
    expect(findings.map(({ message }) => message).filter((message) => !/1000/.test(message))).toEqual([]);
  });
});
