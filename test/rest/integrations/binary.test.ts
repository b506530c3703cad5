import { Lazy } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  DynamoDbValue,
  RequestValue,
  RestContentHandling,
  RestIntegration,
  RestPassthroughBehavior,
  type RestGatewayProps,
} from '../../../lib';
import { bodyOf, fn, gateway, type Json } from '../../support/stacks';
import { REST } from '../../velocity/emitted';
import { custom, OK } from './support';

const INTEGRATION = 'x-amazon-apigateway-integration';
const TEXT = 'CONVERT_TO_TEXT';
const ONE = { allowOrigins: ['https://a.example.com'] };
const CORS = { allowOrigins: ['https://a.example.com', 'https://b.example.com'] };

/** Every integration of the gateway, its preflights too. */
function integrations(factories: typeof REST, props: Partial<RestGatewayProps>): [string, Json][] {
  const { api, stack } = gateway(props);
  for (const [name, make] of Object.entries(factories))
    make(stack, `On-${name}`).forEach((integration, index) => {
      api.addRoute(`POST /${name}/${index}/{id}`, { integration });
    });
  return Object.entries<Json>(bodyOf(stack).paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]): [string, Json] => [
      `${method} ${path}`,
      operation[INTEGRATION],
    ]),
  );
}

const s3Get = (stack: Parameters<(typeof REST)['sqs']>[0], id: string) => [
  RestIntegration.s3Get(new Bucket(stack, id), { key: RequestValue.path('id') }),
];

describe.each([
  ['one origin', { ...REST, s3Get }, ONE],
  ['several origins', REST, CORS],
])('templates with %s', (_, factories, cors) => {
  test('get text of every answer, once there are binary types', () => {
    const all = integrations(factories, { cors, binaryMediaTypes: ['image/png'] });
    let seen = 0;
    for (const [route, integration] of all) {
      expect([route, integration.contentHandling]).toEqual([route, undefined]);
      for (const [pattern, response] of Object.entries<Json>(integration.responses)) {
        const expected = response.responseTemplates ? TEXT : undefined;
        seen += response.responseTemplates ? 1 : 0;
        expect([route, pattern, response.contentHandling]).toEqual([route, pattern, expected]);
      }
    }
    expect(seen).toBeGreaterThan(50);
  });

  test('are left alone where every payload is text', () => {
    expect(JSON.stringify(integrations(factories, { cors }))).not.toContain('contentHandling');
  });
});

describe('templates of a request', () => {
  const { mock, httpCustom, lambdaCustom, s3Put } = REST;
  const factories = { mock, httpCustom, lambdaCustom, s3Put };

  test.each([
    ...['*/*', 'application/*', 'application/json', 'Application/JSON'].map((type) => [type, type]),
    ['what only the deployment knows', Lazy.string({ produce: () => '*/*' })],
  ])('get text where %s is binary', (_, type) => {
    const all = integrations(factories, { cors: ONE, binaryMediaTypes: [type] });
    expect(all.filter(([, { requestTemplates }]) => requestTemplates)).toHaveLength(9);
    for (const [route, { requestTemplates, contentHandling }] of all)
      expect([route, contentHandling]).toEqual([route, requestTemplates && TEXT]);
  });

  test('leave the type of the body alone where they are for other types', () => {
    const xml = () => [
      RestIntegration.httpCustom('https://a.b', { ...custom, requestTemplates: { 'text/xml': '<a/>' } }),
    ];
    const all = new Map(integrations({ xml }, { binaryMediaTypes: ['application/json'] }));
    expect(all.get('post /xml/0/{id}')).not.toHaveProperty('contentHandling');
  });

  test('do as they are told', () => {
    const asBytes = { contentHandling: RestContentHandling.CONVERT_TO_BINARY };
    const told = () => [
      RestIntegration.httpCustom('https://a.b', {
        ...{ ...custom, ...asBytes },
        responses: [{ ...OK, ...asBytes, templates: { 'application/json': '{}' } }],
      }),
    ];
    const { contentHandling, responses } = new Map(integrations({ told }, { binaryMediaTypes: ['*/*'] })).get(
      'post /told/0/{id}',
    );
    expect([contentHandling, responses.default.contentHandling]).toEqual(['CONVERT_TO_BINARY', 'CONVERT_TO_BINARY']);
  });

  test('do not take bytes that pass beside them', () => {
    const passing = (options: object) => ({
      passing: (stack: Parameters<(typeof REST)['sqs']>[0], id: string) => [
        RestIntegration.lambdaCustom(fn(stack, id), {
          ...custom,
          ...options,
          passthroughBehavior: RestPassthroughBehavior.WHEN_NO_MATCH,
        }),
      ],
    });
    expect(() => integrations(passing({}), { binaryMediaTypes: ['*/*'] })).toThrow(
      'RestGateway \'Api\': route "POST /passing/0/{id}": has a template for a type of binaryMediaTypes, and lets other types through: ' +
        'bytes must become Base64 for the template, and stay bytes for the others. Name the binary types one by one, e.g. ' +
        'binaryMediaTypes: ["image/png"], or set contentHandling, which is for both',
    );
    expect(() => integrations(passing({}), { binaryMediaTypes: ['image/png'] })).not.toThrow();
    const { CONVERT_TO_TEXT } = RestContentHandling;
    expect(() =>
      integrations(passing({ contentHandling: CONVERT_TO_TEXT }), { binaryMediaTypes: ['*/*'] }),
    ).not.toThrow();
  });

  test('of a service go with no type that the service answers with', () => {
    const { api, stack } = gateway({ binaryMediaTypes: ['application/x-amz-json-1.0'] });
    const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const key = { id: DynamoDbValue.string(RequestValue.path('id')) };
    expect(() => api.addRoute('GET /{id}', { integration: RestIntegration.dynamoDbGet(table, { key }) })).toThrow(
      'a template reads the answer of the service, and binaryMediaTypes of the gateway makes "application/x-amz-json-1.0" bytes, ' +
        'which no template can read. Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
    );
  });

  test('cannot pick an origin for bytes', () => {
    const { httpCustom: custom, aws } = REST;
    for (const factory of [{ custom }, { aws }] as (typeof REST)[]) {
      expect(() => integrations(factory, { cors: CORS, binaryMediaTypes: ['*/*'] })).toThrow(
        'the answer is passed on as it is, and picking one of several CORS origins takes a template, which gets bytes as Base64; ' +
          'give cors one origin, or name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
      );
      expect(() => integrations(factory, { cors: ONE, binaryMediaTypes: ['*/*'] })).not.toThrow();
    }
  });
});
