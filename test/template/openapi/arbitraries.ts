import fc from 'fast-check';
import { type Json } from '../../support/stacks';

const ANY = 'x-amazon-apigateway-any-method';
const NAMES = ['a', 'b', 'id', 'Order', 'order-line'];
const name = fc.constantFrom(...NAMES);
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });
const record = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields).map((value) => JSON.parse(JSON.stringify(value)) as Json);

/** A path with variables, which are greedy at the end. */
const path = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'v1.0', '{id}', '{x}'), { maxLength: 3 }), fc.constantFrom('', '{proxy+}'))
  .map(([segments, last]) => [...new Set([...segments, ...(last === '' ? [] : [last])])])
  // A REST API has one variable at a place.
  .map((segments) => segments.map((one, index) => (/^\{(id|x)\}$/.test(one) ? `{v${index}}` : one)))
  .map((segments) => `/${segments.join('/')}`);

const schema: fc.Arbitrary<Json> = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    record({
      type: fc.constantFrom('string', 'integer', 'boolean'),
      description: optional(name),
      nullable: optional(fc.boolean()),
    }),
    record({ type: fc.constant('string'), enum: fc.uniqueArray(name, { minLength: 1 }), example: optional(name) }),
    name.map((one) => ({ $ref: `#/components/schemas/${one}` })),
    record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom(...NAMES, 'x-amazon-id', '$ref-like'), tie('schema'), { maxKeys: 3 }),
      required: optional(fc.uniqueArray(name, { minLength: 1 })),
      additionalProperties: optional(fc.boolean()),
    }),
    record({ type: fc.constant('array'), items: tie('schema'), maxItems: optional(fc.nat(9)) }),
    record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ),
})).schema;

const parameter = fc.oneof(
  { arbitrary: fc.constantFrom('Page', 'Trace').map((one) => ({ $ref: `#/components/parameters/${one}` })), weight: 1 },
  {
    // A REST API has one parameter of a name, wherever it is.
    arbitrary: record({
      name: fc.constantFrom('q', 'X-Id', 'session'),
      required: optional(fc.boolean()),
      schema: fc.constant({ type: 'string' }),
    }).map((one): Json => ({ ...one, in: { q: 'query', 'X-Id': 'header', session: 'cookie' }[one.name as 'q'] })),
    weight: 3,
  },
);

const SCHEMES: Json = {
  sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  users: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': {
      type: 'cognito_user_pools',
      providerARNs: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc'],
    },
  },
  jwt: {
    type: 'oauth2',
    'x-amazon-apigateway-authorizer': {
      type: 'jwt',
      identitySource: '$request.header.Authorization',
      jwtConfiguration: { issuer: 'https://issuer.example.com/', audience: ['web'] },
    },
  },
  custom: {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': { type: 'request', identitySource: 'method.request.querystring.key' },
  },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://issuer.example.com/.well-known/openid-configuration' },
  code: {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: 'https://issuer.example.com/authorize',
        tokenUrl: 'https://issuer.example.com/token',
        scopes: { read: 'reads' },
      },
    },
  },
};
const requirement = fc
  .tuple(fc.constantFrom(...Object.keys(SCHEMES)), fc.boolean())
  .map(([one, scopes]) => ({ [one]: scopes && ['users', 'jwt', 'oidc', 'code'].includes(one) ? ['read'] : [] }));

const operation = record({
  operationId: optional(fc.constantFrom('list', 'get', 'get2', 'save')),
  summary: optional(fc.constant('Says it')),
  tags: optional(fc.array(name, { maxLength: 2 })),
  security: optional(fc.array(requirement, { maxLength: 1 })),
  parameters: optional(fc.uniqueArray(parameter, { maxLength: 3, selector: (one) => JSON.stringify(one) })),
  responses: optional(fc.constant({ 200: { description: 'ok' } })),
  'x-team': optional(fc.constant('orders')),
  'x-amazon-apigateway-integration': fc.constant({ type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com' }),
});
const body = record({
  content: schema.map((one) => ({ 'application/json': { schema: one } })),
  required: fc.constant(true),
});

const item = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.array(operation, { minLength: 4, maxLength: 4 }),
    optional(fc.array(parameter, { maxLength: 2 })),
    body,
  )
  .map(([methods, operations, parameters, requestBody]) => {
    const made = methods.map((method, index) => [
      method,
      { ...operations[index], ...(['put', 'post', 'patch'].includes(method) && { requestBody }) },
    ]);
    return JSON.parse(JSON.stringify({ ...Object.fromEntries(made), parameters })) as Json;
  });

const PARAMETERS = {
  Page: { name: 'page', in: 'query', schema: { type: 'integer' } },
  Trace: { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
};

/** A document as people write it for API Gateway: correct, in its dialect. */
export const openApi: fc.Arbitrary<Json> = fc
  .tuple(
    fc.dictionary(path, item, { maxKeys: 3 }),
    item,
    optional(operation),
    fc.constantFrom('3.0.1', '3.0.3', '3.0'),
    fc.tuple(...NAMES.map(() => schema.filter((one) => one.$ref === undefined))),
  )
  .map(([paths, first, other, version, schemas]) => ({
    openapi: version,
    info: { title: 'Orders', version: '1.0' },
    paths: { '/first': first, ...paths, ...(other && { '/$default': { [ANY]: { ...other, isDefaultRoute: true } } }) },
    components: {
      parameters: PARAMETERS,
      securitySchemes: SCHEMES,
      schemas: Object.fromEntries(NAMES.map((one, index) => [one, schemas[index]])),
    },
  }));

/** The same without what only HTTP APIs have: the default route, and a greedy variable beside another one. */
export const forRest = (document: Json): Json => {
  const paths = Object.entries<Json>(document.paths).filter(([one]) => {
    const besides = one.replace('{proxy+}', '{v');
    return (
      one !== '/$default' &&
      (besides === one || !Object.keys(document.paths).some((other) => other.startsWith(besides)))
    );
  });
  return { ...document, paths: Object.fromEntries(paths) };
};

/** A Swagger 2 document with the same routes. */
export const swagger: fc.Arbitrary<Json> = openApi.map((document) => {
  const { paths } = forRest(document);
  const text = JSON.stringify(paths, (key, value: Json) => {
    if (key === 'parameters' && Array.isArray(value))
      return value
        .filter(({ in: place }) => place !== 'cookie')
        .map(({ schema: _, ...one }) => (one.$ref ? one : { ...one, type: 'string' }));
    if (key === 'requestBody') return undefined;
    return value;
  });
  const { Page, Trace } = PARAMETERS;
  const { sigv4, users, custom } = SCHEMES;
  const moved = JSON.parse(text.replaceAll('#/components/parameters', '#/parameters')) as Json;
  for (const one of Object.values<Json>(moved)) {
    if (one.post)
      one.post.parameters = [
        ...(one.post.parameters ?? []),
        { name: 'body', in: 'body', schema: { $ref: '#/definitions/Order' } },
      ];
    if (one.put) one.put.parameters = [...(one.put.parameters ?? []), { name: 'f', in: 'formData', type: 'file' }];
    for (const each of Object.values<Json>(one)) if (each?.security) each.security = [{ sigv4: [] }];
  }
  const flat = ({ schema: { type }, ...one }: Json): Json => ({ ...one, type });
  return {
    swagger: '2.0',
    info: { title: 'Orders', version: '1.0' },
    basePath: '/v1',
    produces: ['application/json'],
    paths: moved,
    parameters: { Page: flat(Page), Trace: flat(Trace) },
    definitions: JSON.parse(
      JSON.stringify(document.components.schemas).replaceAll('#/components/schemas', '#/definitions'),
    ) as Json,
    securityDefinitions: { sigv4, users, custom, basic: { type: 'basic' } },
  };
});

const odd = fc.constantFrom<unknown>(
  1,
  1.5,
  true,
  'odd',
  '',
  [],
  {},
  ['odd'],
  { odd: 1 },
  { Ref: 'AWS::Region' },
  { Ref: 'Missing' },
  { 'Fn::If': ['Missing', 1, 2] },
  { 'Fn::Sub': 'a-${AWS::Region}' },
  { $ref: '#/components/schemas/Order' },
  { $ref: '#/nowhere' },
  { $ref: 'https://example.com/other.yaml' },
);
const oddKey = fc.constantFrom(
  'Odd key',
  '$default',
  'get',
  'type',
  'x-odd',
  'schema',
  'in',
  'required',
  'default',
  '4xx',
);

/** What may be in a template: something at any place is something else, or beside something that is not expected there. */
export const wild: fc.Arbitrary<Json> = fc
  .tuple(
    fc.oneof(openApi, swagger),
    fc.array(fc.tuple(fc.nat(), odd, optional(oddKey)), { minLength: 1, maxLength: 5 }),
  )
  .map(([document, changes]) => {
    const changed = structuredClone(document);
    for (const [at, value, key] of changes) {
      const places = placesIn(changed);
      const [holder, own] = places[at % places.length];
      const target: Json =
        key === undefined || typeof holder[own] !== 'object' || Array.isArray(holder[own]) ? holder : holder[own];
      target[key === undefined || target === holder ? own : key] = structuredClone(value);
    }
    return changed;
  });

function placesIn(value: Json): [Json, string][] {
  return Object.keys(value).flatMap((key): [Json, string][] => [
    [value, key],
    ...(typeof value[key] === 'object' && value[key] !== null ? placesIn(value[key]) : []),
  ]);
}
