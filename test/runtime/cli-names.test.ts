import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../runtime/cli/main';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-names-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Stands for a name in the templates below. */
const NAME = 'NAMExNAME';
/** A name of the same kinds of characters that no object has. */
const plainName = (name: string): string => name.replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X');

const lambda = { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations' };
const integration = { type: 'aws_proxy', httpMethod: 'POST', uri: lambda };
const authorizer = { type: 'request', authorizerUri: lambda, identitySource: `method.request.header.${NAME}` };

const REST = {
  Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
  [NAME]: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Name: NAME,
      Body: {
        openapi: '3.0.1',
        info: { title: NAME, version: '1' },
        paths: {
          [`/${NAME}/{${NAME}}`]: {
            get: {
              operationId: NAME,
              security: [{ [NAME]: [NAME] }],
              parameters: [{ name: NAME, in: 'query', required: true, schema: { type: 'string' } }],
              requestBody: { content: { [NAME]: { schema: { $ref: `#/components/schemas/${NAME}` } } } },
              'x-amazon-apigateway-integration': {
                ...integration,
                cacheKeyParameters: [`method.request.path.${NAME}`],
                requestParameters: { [`integration.request.path.${NAME}`]: `stageVariables.${NAME}` },
                requestTemplates: { [NAME]: `$stageVariables.${NAME}` },
              },
              'x-amazon-apigateway-request-validator': NAME,
            },
          },
        },
        components: {
          schemas: { [NAME]: { type: 'object', properties: { [NAME]: { $ref: `#/components/schemas/${NAME}` } } } },
          securitySchemes: {
            [NAME]: { type: 'apiKey', name: NAME, in: 'header', 'x-amazon-apigateway-authorizer': authorizer },
          },
        },
        'x-amazon-apigateway-request-validators': { [NAME]: { validateRequestBody: true } },
        'x-amazon-apigateway-gateway-responses': { [NAME]: { responseTemplates: { [NAME]: NAME } } },
      },
    },
  },
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: NAME } } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: { Ref: NAME },
      DeploymentId: { Ref: 'Deployment' },
      StageName: NAME,
      Variables: { [NAME]: 'value' },
    },
  },
};

const V2 = {
  [NAME]: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: NAME, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  },
  Model: { Type: 'AWS::ApiGatewayV2::Model', Properties: { ApiId: { Ref: NAME }, Name: NAME, Schema: { [NAME]: {} } } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: NAME },
      IntegrationType: 'HTTP',
      IntegrationUri: `https://example.com/\${stageVariables.${NAME}}`,
      RequestTemplates: { [NAME]: NAME },
      TemplateSelectionExpression: NAME,
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: NAME },
      RouteKey: NAME,
      AuthorizationType: NAME,
      Target: { 'Fn::Sub': 'integrations/${Integration}' },
      RequestModels: { [NAME]: NAME },
      ModelSelectionExpression: NAME,
      RequestParameters: { [NAME]: { Required: true } },
    },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: NAME },
      StageName: NAME,
      StageVariables: { [NAME]: 'value' },
      RouteSettings: { [NAME]: { ThrottlingBurstLimit: 1 } },
    },
  },
};

const SAM = {
  [NAME]: {
    Type: 'AWS::Serverless::Api',
    Properties: {
      StageName: NAME,
      Variables: { [NAME]: 'value' },
      Auth: {
        DefaultAuthorizer: NAME,
        Authorizers: { [NAME]: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/x' } },
      },
      Models: { [NAME]: { type: 'object' } },
      GatewayResponses: { UNAUTHORIZED: { ResponseParameters: { Headers: { [NAME]: "'x'" } } } },
    },
  },
  Function: {
    Type: 'AWS::Serverless::Function',
    Properties: {
      Handler: 'a.b',
      Runtime: 'nodejs24.x',
      InlineCode: 'x',
      Events: {
        [NAME]: {
          Type: 'Api',
          Properties: {
            Path: `/${NAME}`,
            Method: 'get',
            RestApiId: { Ref: NAME },
            Auth: { Authorizer: NAME },
            RequestModel: { Model: NAME },
            RequestParameters: [`method.request.querystring.${NAME}`],
          },
        },
      },
    },
  },
};

const LOOP = {
  ...REST,
  'Fn::ForEach::Loop': [NAME, ['a'], { [`Log\${${NAME}}`]: { Type: 'AWS::Logs::LogGroup', Properties: {} } }],
};

const COMMANDS = [
  ['check', '--severity', 'info', '--format', 'json'],
  ['check', '--severity', 'info'],
  ['routes', '--format', 'json'],
  ['openapi'],
  ['openapi', '--format', 'yaml', '--clean'],
  ['advise', '--format', 'json'],
  ['adopt'],
  ['adopt', '--format', 'json'],
];

function outputs(template: object, name: string): string[] {
  const file = join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(template).replaceAll(NAME, name));
  // SAM makes names of models of it, in lower case and without what is no letter.
  const derived = new RegExp(`\\b${name.replaceAll('_', '')}\\b`, 'gi');
  return COMMANDS.map((words) => {
    let told = '';
    const io = { stdout: (text: string) => (told += text), stderr: (text: string) => (told += text), color: false };
    main([...words, file], io);
    // Where names stand in order, others come first.
    // SAM has a hash of what is no letter.
    const plain = told.replace(/Stage[0-9a-f]{10}\b/g, 'Stage');
    return plain.replaceAll(name, NAME).replace(derived, NAME).split('\n').sort().join('\n');
  });
}

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])('the name %s', (name) => {
  test.each([
    ['REST', { Resources: REST }],
    ['WebSocket', { Resources: V2 }],
    ['SAM', { Transform: 'AWS::Serverless-2016-10-31', Resources: SAM }],
    ['a loop', { Transform: 'AWS::LanguageExtensions', Resources: LOOP }],
  ])('is a name like any other in %s', (_, template) => {
    const [like, odd] = [outputs(template, plainName(name)), outputs(template, name)];
    expect(like.every((text) => text.includes(NAME) || text.includes('no REST or HTTP API') || text === '\n[]')).toBe(
      true,
    );
    expect(odd).toEqual(like);
  });
});
