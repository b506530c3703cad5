import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { judge } from '../../lib/checks/acknowledged';
import { runRules } from '../../lib/checks/run';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';

const OPEN = {
  get: {
    'x-amazon-apigateway-integration': {
      type: 'MOCK',
      requestTemplates: { a: '{"statusCode":200}' },
      responses: { default: { statusCode: '200' } },
    },
  },
};

function api(scope: Construct, id: string): CfnRestApi {
  return new CfnRestApi(scope, id, {
    body: { openapi: '3.0.1', info: { title: id }, paths: { '/a': OPEN, '/b': OPEN } },
  });
}

/** Messages of ALL-AUTH1 that are open and acknowledged, after a synthesis with or without paths in the templates. */
function judged(build: (app: App) => void, pathMetadata: boolean): { open: string[]; acknowledged: string[] } {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': pathMetadata } });
  build(app);
  const sources = readAssembly(app.synth().directory);
  const findings = runRules(readModel(sources)).filter(({ id }) => id === 'ALL-AUTH1');
  const { open, acknowledged } = judge(findings, sources);
  const place = ({ template, message }: (typeof open)[number]) => `${template}: ${message.split(' has ')[0]}`;
  return { open: open.map(place), acknowledged: acknowledged.map(place) };
}

describe.each([true, false])('acknowledgements in a cloud assembly, with path metadata: %s', (pathMetadata) => {
  test('of one route leave the others open', () => {
    const result = judged((app) => {
      const made = api(new Stack(app, 'S'), 'Api');
      Validations.of(made).acknowledge({ id: 'ApiGateway::ALL-AUTH1[GET /a]', reason: 'probe' });
    }, pathMetadata);
    expect(result).toEqual({ open: ['S.template.json: GET /b'], acknowledged: ['S.template.json: GET /a'] });
  });

  test('of a rule on the stack cover all of its APIs, and no other stack', () => {
    const result = judged((app) => {
      const stack = new Stack(app, 'S');
      api(stack, 'Api');
      api(new Stack(app, 'T'), 'Api');
      Validations.of(stack).acknowledge({ id: 'ApiGateway::ALL-AUTH1', reason: 'public data' });
    }, pathMetadata);
    expect(result.acknowledged).toEqual(['S.template.json: GET /a', 'S.template.json: GET /b']);
    expect(result.open).toEqual(['T.template.json: GET /a', 'T.template.json: GET /b']);
  });

  test('of another rule cover nothing', () => {
    const result = judged((app) => {
      const stack = new Stack(app, 'S');
      api(stack, 'Api');
      Validations.of(stack).acknowledge(
        { id: 'ApiGateway::ALL-AUTH10', reason: 'x' },
        { id: 'Other::ALL-AUTH1', reason: 'x' },
      );
    }, pathMetadata);
    expect(result.acknowledged).toEqual([]);
  });

  test('work in the stacks of a Stage', () => {
    const result = judged((app) => {
      const made = api(new Stack(new Stage(app, 'Prod'), 'S'), 'Api');
      Validations.of(made).acknowledge({ id: 'ApiGateway::ALL-AUTH1', reason: 'x' });
    }, pathMetadata);
    expect(result.open).toEqual([]);
    expect(result.acknowledged).toHaveLength(2);
  });
});

test('a nested stack is judged by the paths that CDK writes into its template', () => {
  const result = judged((app) => {
    const nested = new NestedStack(new Stack(app, 'S'), 'Nested');
    api(nested, 'Open');
    Validations.of(api(nested, 'Api')).acknowledge({ id: 'ApiGateway::ALL-AUTH1', reason: 'x' });
  }, true);
  expect(result.open).toHaveLength(2);
  expect(result.acknowledged).toHaveLength(2);
});
