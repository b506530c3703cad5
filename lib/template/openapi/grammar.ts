/**
 * What stands where in an OpenAPI 3.0 document. A kind is `text`, `uri`, `flag`, `number`, `value` (anything), `schema`,
 * `requirement` or a shape below; `[kind]` is a list, `{kind}` a map by names of any form, `<kind>` one whose `x-…` are
 * extensions.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html
 */
export type Kind = string;

export type Shape = Readonly<Record<string, Kind>>;

export const ANY_METHOD = 'x-amazon-apigateway-any-method';
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const OPERATION: Shape = {
  operationId: 'text',
  summary: 'text',
  description: 'text',
  tags: '[text]',
  externalDocs: 'docs',
  deprecated: 'flag',
  security: '[requirement]',
  servers: '[server]',
  parameters: '[parameter]',
  requestBody: 'body',
  responses: '<response>',
  callbacks: '{callback}',
};

const HEADER: Shape = {
  description: 'text',
  required: 'flag',
  deprecated: 'flag',
  allowEmptyValue: 'flag',
  style: 'text',
  explode: 'flag',
  allowReserved: 'flag',
  schema: 'schema',
  content: '{media}',
  example: 'value',
  examples: '{example}',
};

const FLOW: Shape = { authorizationUrl: 'uri', tokenUrl: 'uri', refreshUrl: 'uri', scopes: '{text}' };

export const SHAPES: Readonly<Record<string, Shape>> = {
  document: {
    openapi: 'text',
    info: 'info',
    servers: '[server]',
    tags: '[tag]',
    externalDocs: 'docs',
    security: '[requirement]',
    paths: '<item>',
    components: 'components',
  },
  info: {
    title: 'text',
    description: 'text',
    termsOfService: 'uri',
    contact: 'contact',
    license: 'license',
    version: 'text',
  },
  contact: { name: 'text', url: 'uri', email: 'text' },
  license: { name: 'text', url: 'uri' },
  docs: { description: 'text', url: 'uri' },
  tag: { name: 'text', description: 'text', externalDocs: 'docs' },
  server: { url: 'text', description: 'text', variables: '{variable}' },
  variable: { enum: '[text]', default: 'text', description: 'text' },
  components: {
    securitySchemes: '{scheme}',
    schemas: '{schema}',
    parameters: '{parameter}',
    headers: '{header}',
    requestBodies: '{body}',
    responses: '{response}',
    examples: '{example}',
    links: '{link}',
    callbacks: '{callback}',
  },
  item: {
    $ref: 'text',
    summary: 'text',
    description: 'text',
    servers: '[server]',
    parameters: '[parameter]',
    ...Object.fromEntries(METHODS.map((method) => [method, 'operation'])),
  },
  operation: OPERATION,
  parameter: { name: 'text', in: 'text', ...HEADER },
  header: HEADER,
  body: { description: 'text', required: 'flag', content: '{media}' },
  media: { schema: 'schema', example: 'value', examples: '{example}', encoding: '{encoding}' },
  encoding: { contentType: 'text', headers: '{header}', style: 'text', explode: 'flag', allowReserved: 'flag' },
  response: { description: 'text', headers: '{header}', content: '{media}', links: '{link}' },
  example: { summary: 'text', description: 'text', value: 'value', externalValue: 'uri' },
  link: {
    operationRef: 'text',
    operationId: 'text',
    parameters: '{value}',
    requestBody: 'value',
    description: 'text',
    server: 'server',
  },
  scheme: {
    type: 'text',
    description: 'text',
    name: 'text',
    in: 'text',
    scheme: 'text',
    bearerFormat: 'text',
    flows: 'flows',
    openIdConnectUrl: 'uri',
  },
  flows: { implicit: 'flow', password: 'flow', clientCredentials: 'flow', authorizationCode: 'flow' },
  flow: FLOW,
  keywords: {
    title: 'text',
    description: 'text',
    type: 'text',
    format: 'text',
    nullable: 'flag',
    enum: '[value]',
    default: 'value',
    multipleOf: 'number',
    maximum: 'number',
    exclusiveMaximum: 'flag',
    minimum: 'number',
    exclusiveMinimum: 'flag',
    maxLength: 'number',
    minLength: 'number',
    pattern: 'text',
    maxItems: 'number',
    minItems: 'number',
    uniqueItems: 'flag',
    maxProperties: 'number',
    minProperties: 'number',
    required: '[text]',
    properties: '{schema}',
    additionalProperties: 'rest',
    items: 'schema',
    not: 'schema',
    allOf: '[schema]',
    oneOf: '[schema]',
    anyOf: '[schema]',
    discriminator: 'discriminator',
    readOnly: 'flag',
    writeOnly: 'flag',
    deprecated: 'flag',
    example: 'value',
    externalDocs: 'docs',
    xml: 'xml',
  },
  discriminator: { propertyName: 'text', mapping: '{text}' },
  xml: { name: 'text', namespace: 'text', prefix: 'text', attribute: 'flag', wrapped: 'flag' },
};

/** Shapes that `$ref` may stand for. */
export const REFERABLE = ['parameter', 'header', 'body', 'response', 'example', 'link', 'callback', 'scheme'];

const RESPONSE_OF_INTEGRATION: Shape = {
  statusCode: 'text',
  responseParameters: '{text}',
  responseTemplates: '{text}',
};

/** The extensions of API Gateway that hold texts which YAML takes for numbers; whatever else they hold stays as it is. */
export const OPEN_SHAPES: Readonly<Record<string, Shape>> = {
  any: { ...OPERATION },
  integration: {
    httpMethod: 'text',
    payloadFormatVersion: 'text',
    connectionId: 'text',
    cacheNamespace: 'text',
    cacheKeyParameters: '[text]',
    requestParameters: '{text}',
    requestTemplates: '{text}',
    responses: '{integrationResponse}',
  },
  integrationResponse: RESPONSE_OF_INTEGRATION,
  gatewayResponse: RESPONSE_OF_INTEGRATION,
  authorizer: {
    authorizerPayloadFormatVersion: 'text',
    identityValidationExpression: 'text',
    jwtConfiguration: 'jwt',
  },
  jwt: { issuer: 'text', audience: '[text]' },
  documentation: { version: 'text' },
};

export const EXTENSIONS: Readonly<Record<string, Kind>> = {
  [ANY_METHOD]: 'any',
  'x-amazon-apigateway-authorizer': 'authorizer',
  'x-amazon-apigateway-documentation': 'documentation',
  'x-amazon-apigateway-gateway-responses': '{gatewayResponse}',
  'x-amazon-apigateway-importexport-version': 'text',
  'x-amazon-apigateway-integration': 'integration',
  'x-amazon-apigateway-integrations': '{integration}',
  'x-amazon-apigateway-request-validator': 'text',
};

export const isExtension = (key: string): boolean => key.startsWith('x-');
