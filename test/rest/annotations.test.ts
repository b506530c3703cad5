import { Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { type IConstruct } from 'constructs';
import { JsonSchema, RestAuthorizer, RestIntegration } from '../../lib';
import { bodyOf, gateway, ids, templateOf } from '../support/stacks';

const mock = RestIntegration.mock();
const body = JsonSchema.fromObject({ type: 'object' });

/** Ids that the gateway acknowledges on its API. */
function acknowledged(routes: Parameters<typeof gateway>[0]): string[] {
  const { stack, api } = gateway(routes);
  templateOf(stack);
  return api.cfnApi.node.metadata
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.keys(data as object));
}

describe('what a gateway acknowledges', () => {
  test('open routes, each by its own name and with its reason', () => {
    const ids = acknowledged({
      routes: {
        'GET /health': { integration: mock, authorizer: RestAuthorizer.none('probe') },
        'GET /orders': { integration: mock },
      },
    });
    expect(ids.filter((id) => id.startsWith('ApiGateway::'))).toEqual(['ApiGateway::ALL-AUTH1[GET-/health]']);
  });

  test('responses that all callers may see, only where that is said and somebody is asked', () => {
    const cache = { perCaller: false };
    const ids = acknowledged({
      routes: {
        'GET /shared': { integration: mock, cache },
        'GET /open': { integration: mock, cache, authorizer: RestAuthorizer.none('public') },
      },
      stages: { prod: { cache: {} } },
    });
    expect(ids.filter((id) => id.includes('CACHE4'))).toEqual(['ApiGateway::REST-CACHE4[GET-/shared]']);
  });

  test('is one record for all routes, which CDK takes as those of its own', () => {
    const { stack, api } = gateway({
      routes: Object.fromEntries(
        ['a', 'b'].map((name) => [
          `GET /${name}`,
          { integration: mock, authorizer: RestAuthorizer.none(`because ${name}`) },
        ]),
      ),
    });
    Validations.of(stack).acknowledge({ id: 'ApiGateway::ALL-AUTH1[GET /a]', reason: 'because a' });
    templateOf(stack);
    const records = (construct: IConstruct) =>
      construct.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    const [own] = records(api.cfnApi);
    expect(own.data).toEqual({
      'ApiGateway::ALL-AUTH1[GET-/a]': 'because a',
      'ApiGateway::ALL-AUTH1[GET-/b]': 'because b',
    });
    expect(own.data).toMatchObject(records(stack)[0].data as object);
  });

  test('missing validator resources only while every route with a body is validated', () => {
    const id = 'AwsSolutions::AwsSolutions-APIG2';
    expect(acknowledged({ routes: { 'POST /a': { integration: mock, request: { body } } } })).toContain(id);
    expect(
      acknowledged({
        routes: { 'POST /a': { integration: mock, request: { body } }, 'PUT /b': { integration: mock } },
      }),
    ).not.toContain(id);
  });
});

test('keywords of a model that API Gateway may not check are warnings, once a schema', () => {
  const schema = JsonSchema.fromObject({ type: 'array', items: { type: 'string' }, minItems: 1 });
  const { stack } = gateway({
    routes: {
      'POST /a': { integration: mock, request: { body: schema } },
      'POST /b': { integration: mock, request: { body: schema } },
    },
  });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('minItems'));
  expect(warnings).toHaveLength(1);
});

test('documentation is published under its version, on every stage', () => {
  const { stack } = gateway({
    documentationVersion: '2026-11',
    routes: { 'GET /a': { integration: mock, summary: 'All', description: 'All of them' } },
    stages: { dev: {}, prod: {} },
  });
  const template = templateOf(stack);
  const [id] = ids(template, 'AWS::ApiGateway::DocumentationVersion');
  expect(template.Resources[id].Properties.DocumentationVersion).toBe('2026-11');
  for (const stage of ids(template, 'AWS::ApiGateway::Stage').map((key) => template.Resources[key])) {
    expect(stage.Properties.DocumentationVersion).toBe('2026-11');
    expect(stage.DependsOn).toContain(id);
  }
  expect(bodyOf(stack).paths['/a'].get).toMatchObject({ summary: 'All', description: 'All of them' });
});
