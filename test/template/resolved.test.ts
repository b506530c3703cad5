import { type Resolved } from '../../lib/template/model/resolved';
import { type Expression } from '../../lib/template/model/expression';
import { apiOf, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

const rest = resource('AWS::ApiGateway::RestApi');

function schemaOf(Schema: unknown, sections: Record<string, unknown> = {}): Resolved | undefined {
  const model = resource('AWS::ApiGateway::Model', { RestApiId: ref('Api'), Name: 'Order', Schema });
  const state = resource('AWS::ApiGateway::Model', { RestApiId: ref('Api') });
  return modelOf({ Api: rest, Order: model, State: state }, sections).restApis[0].models[0].resolvedSchema;
}

describe('the schema of a model', () => {
  test('has the reference to another model in its URL', () => {
    const $ref = { 'Fn::Sub': 'https://apigateway.amazonaws.com/restapis/${Api}/models/${State}' };
    const schema = schemaOf({ type: 'object', properties: { state: { $ref } }, required: ['state'] });
    expect(schema).toEqual({
      type: 'object',
      properties: { state: { $ref: 'https://apigateway.amazonaws.com/restapis/<Api>/models/<State>' } },
      required: ['state'],
    });
    const found = (schema as { properties: { state: { $ref: Expression } } }).properties.state.$ref;
    expect(found.parts[3]).toEqual({ kind: 'resource', template: 'app.json', logicalId: 'State' });
  });

  test('keeps what is no text, and lists inside of lists', () => {
    const schema = { enum: [1, 'a', true, [['b']]], minimum: 0, additionalProperties: false, default: '' };
    expect(schemaOf(schema)).toEqual(schema);
  });

  test('has functions of CloudFormation evaluated, and leaves out what these take away', () => {
    const conditions = { Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } };
    const choice = { 'Fn::If': ['Yes', { type: 'string' }, { type: 'number' }] };
    expect(
      schemaOf({ properties: { a: choice, b: ref('AWS::NoValue'), c: { 'Fn::Split': ['-', 'x-y'] } } }, conditions),
    ).toEqual({ properties: { a: { type: 'string' }, c: ['x', 'y'] } });
    expect(schemaOf({ title: { 'Fn::ImportValue': 'x' } })).toEqual({ title: '<unknown>' });
  });

  test('may be one text, or absent', () => {
    expect(schemaOf({ 'Fn::Sub': '{"title":"${Api}"}' })).toEqual('{"title":"<Api>"}');
    expect(schemaOf(undefined)).toBeUndefined();
  });

  test('keeps references inside of its document', () => {
    const order = { $ref: '#/definitions/State' };
    const { models } = apiOf({
      swagger: '2.0',
      paths: {},
      definitions: { Order: order, State: { enum: [null, 'a'] } },
    });
    expect(models.map(({ name, resolvedSchema }) => [name, resolvedSchema])).toEqual([
      ['Order', order],
      ['State', { enum: [null, 'a'] }],
    ]);
  });

  test('is there for HTTP and WebSocket APIs', () => {
    const model = modelOf({
      Api: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }),
      Model: resource('AWS::ApiGatewayV2::Model', { ApiId: ref('Api'), Name: 'M', Schema: { title: ref('Api') } }),
      Http: resource('AWS::ApiGatewayV2::Api', {
        Body: { openapi: '3.0.1', paths: {}, components: { schemas: { Order: { title: ref('Api') } } } },
      }),
    });
    expect(model.webSocketApis[0].models[0].resolvedSchema).toEqual({ title: '<Api>' });
    expect(model.httpApis[0].models[0].resolvedSchema).toEqual({ title: '<Api>' });
  });
});

describe('a policy', () => {
  const policy = { Statement: [{ Effect: 'Deny', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:x' } }] };
  const resolved = { Statement: [{ Effect: 'Deny', Resource: 'arn:<AWS::Partition>:x' }] };

  test('of an API is resolved from the property, else from the document', () => {
    const body = { openapi: '3.0.1', paths: {}, 'x-amazon-apigateway-policy': policy };
    expect(apiOf(body).resolvedPolicy).toEqual(resolved);
    expect(apiOf(body, { Policy: { Statement: [] } }).resolvedPolicy).toEqual({ Statement: [] });
    expect(modelOf({ Api: rest }).restApis[0].resolvedPolicy).toBeUndefined();
  });

  test('of a private domain is resolved', () => {
    const domain = resource('AWS::ApiGateway::DomainNameV2', { DomainName: 'x.example.com', Policy: policy });
    const { domainNames } = modelOf({ Domain: domain, Open: resource('AWS::ApiGateway::DomainName') });
    expect(domainNames.map(({ resolvedPolicy }) => resolvedPolicy)).toEqual([undefined, resolved]);
  });
});
