import { Lazy, type Stack, Token } from 'aws-cdk-lib';
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
/** What only the deployment knows. */
const UNKNOWN = Token.asString({ Ref: 'Type' });
const CORS = { allowOrigins: ['https://a.example.com', 'https://b.example.com'] };

/** Where binary types come from: the prop of the gateway, or an Aspect, a Mixin or an assignment later on. */
type Way = 'prop' | 'resource';
const WAYS: readonly Way[] = ['prop', 'resource'];

/** The gateway with a route for each integration. */
function made(factories: Partial<typeof REST>, { binaryMediaTypes, ...props }: Partial<RestGatewayProps>, way: Way) {
  const { api, stack } = gateway({ ...props, ...(way === 'prop' ? { binaryMediaTypes } : {}) });
  for (const [name, make] of Object.entries(factories))
    make?.(stack, `On-${name}`).forEach((integration, index) => {
      api.addRoute(`POST /${name}/${index}/{id}`, { integration });
    });
  if (way === 'resource') api.cfnApi.binaryMediaTypes = binaryMediaTypes;
  return { api, stack };
}

/** Every integration of the gateway, its preflights too. */
function integrations(
  factories: Partial<typeof REST>,
  props: Partial<RestGatewayProps>,
  way: Way = 'prop',
): [string, Json][] {
  return Object.entries<Json>(bodyOf(made(factories, props, way).stack).paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]): [string, Json] => [
      `${method} ${path}`,
      operation[INTEGRATION],
    ]),
  );
}

/** What is wrong with the gateway: thrown at once for a prop, and found in the finished tree for what comes later. */
function problem(factories: Partial<typeof REST>, props: Partial<RestGatewayProps>, way: Way): string {
  try {
    return made(factories, props, way).api.node.validate().join('\n');
  } catch (error) {
    if (way === 'resource') throw error;
    return (error as Error).message;
  }
}

const s3Get = (stack: Stack, id: string) => [
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

  test.each([['image/png'], ['text/*', 'image/png']])('are the same whenever %s comes', (...binaryMediaTypes) => {
    const [early, late] = WAYS.map((way) => integrations(factories, { cors, binaryMediaTypes }, way));
    expect(late).toEqual(early);
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
    ['what only the deployment knows', UNKNOWN],
    ['what is known late', Lazy.string({ produce: () => '*/*' })],
  ])('get text where %s is binary', (_, type) => {
    for (const way of WAYS) {
      const all = integrations(factories, { cors: ONE, binaryMediaTypes: [type] }, way);
      expect(all.filter(([, { requestTemplates }]) => requestTemplates)).toHaveLength(9);
      for (const [route, { requestTemplates, contentHandling }] of all)
        expect([way, route, contentHandling]).toEqual([way, route, requestTemplates && TEXT]);
    }
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
      passing: (stack: Stack, id: string) => [
        RestIntegration.lambdaCustom(fn(stack, id), {
          ...custom,
          ...options,
          passthroughBehavior: RestPassthroughBehavior.WHEN_NO_MATCH,
        }),
      ],
    });
    for (const way of WAYS) {
      expect(problem(passing({}), { binaryMediaTypes: ['*/*'] }, way)).toBe(
        'RestGateway \'Api\': route "POST /passing/0/{id}": has a template for a type of binaryMediaTypes, and passes other types through: ' +
          'bytes must become Base64 for the template, and stay bytes for the others. Name the binary types one by one, e.g. ' +
          'binaryMediaTypes: ["image/png"], or set contentHandling, which applies to both',
      );
      expect(problem(passing({}), { binaryMediaTypes: [UNKNOWN] }, way)).toContain('passes other types through');
      expect(problem(passing({}), { binaryMediaTypes: ['image/png'] }, way)).toBe('');
      const { CONVERT_TO_TEXT } = RestContentHandling;
      expect(problem(passing({ contentHandling: CONVERT_TO_TEXT }), { binaryMediaTypes: ['*/*'] }, way)).toBe('');
    }
  });

  test.each(WAYS)('of a service take no bytes (%s)', (way) => {
    const { sqs } = REST;
    expect(problem({ sqs }, { binaryMediaTypes: ['application/*'] }, way)).toBe(
      'RestGateway \'Api\': route "POST /sqs/0/{id}": a template reads the body, but binaryMediaTypes of the gateway turns ' +
        '"application/json" into bytes, which no template can read: the response would be a 500. Name the binary types one by one, e.g. ' +
        'binaryMediaTypes: ["image/png"]',
    );
    expect(problem({ sqs }, { binaryMediaTypes: [UNKNOWN] }, way)).toBe('');
    const { s3Put } = REST;
    expect(problem({ s3Put }, { binaryMediaTypes: ['*/*'] }, way)).toBe('');
  });

  test.each(WAYS)('of a service go with no type that the service responds with (%s)', (way) => {
    const get = (stack: Stack, id: string) => {
      const table = new Table(stack, id, { partitionKey: { name: 'id', type: AttributeType.STRING } });
      return [RestIntegration.dynamoDbGet(table, { key: { id: DynamoDbValue.string(RequestValue.path('id')) } })];
    };
    expect(problem({ get }, { binaryMediaTypes: ['application/x-amz-json-1.0'] }, way)).toContain(
      'route "POST /get/0/{id}": a template reads the response of the service, but binaryMediaTypes of the gateway turns ' +
        '"application/x-amz-json-1.0" into bytes, which no template can read. Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
    );
  });

  test.each(WAYS)('cannot pick an origin for bytes (%s)', (way) => {
    const { httpCustom: custom, aws } = REST;
    for (const factory of [{ custom }, { aws }]) {
      expect(problem(factory, { cors: CORS, binaryMediaTypes: ['*/*'] }, way)).toContain(
        'the response is passed on unchanged, but picking one of several CORS origins requires a template, which gets bytes as Base64; ' +
          'give cors one origin, or name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
      );
      expect(problem(factory, { cors: ONE, binaryMediaTypes: ['*/*'] }, way)).toBe('');
    }
  });

  test('of a service are judged by the types that are there at last', () => {
    const { sqs } = REST;
    const { api } = made({ sqs }, { binaryMediaTypes: ['image/png'] }, 'prop');
    api.cfnApi.addPropertyOverride('BinaryMediaTypes', ['*/*']);
    expect(api.node.validate()).toEqual([expect.stringContaining('a template reads the body')]);
    api.cfnApi.addPropertyDeletionOverride('BinaryMediaTypes');
    expect(api.node.validate()).toEqual([]);
  });
});
