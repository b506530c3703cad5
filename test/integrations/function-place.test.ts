import { type App, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Alias, Code, Function, type IFunction, Runtime, Version } from 'aws-cdk-lib/aws-lambda';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { bodyOf, fn, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const ACCOUNT = '111111111111';
const env = { account: ACCOUNT, region: 'eu-west-1' };
const arnOf = (region: string, account = ACCOUNT, name = 'f') => `arn:aws:lambda:${region}:${account}:function:${name}`;
const newStack = (app: App = testApp(), id = 'Stack') => new Stack(app, id, { env });
const imported = (stack: Stack, arn: string) => Function.fromFunctionArn(stack, 'F', arn);

function rest(stack: Stack, f: IFunction, asAuthorizer = false): RestGateway {
  const route = asAuthorizer
    ? { integration: RestIntegration.mock(), authorizer: RestAuthorizer.lambdaToken(f) }
    : { integration: RestIntegration.lambda(f), authorizer: RestAuthorizer.iam() };
  return new RestGateway(stack, 'Api', { webAcl: WebAcl.none('test'), routes: { 'GET /a': route } });
}

const V2: Readonly<Record<string, (stack: Stack, f: IFunction) => unknown>> = {
  'HttpGateway of route': (stack, f) =>
    new HttpGateway(stack, 'Api', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: { 'GET /a': { integration: HttpIntegration.lambda(f) } },
    }),
  'HttpGateway of authorizer': (stack, f) =>
    new HttpGateway(stack, 'Api', {
      defaultAuthorizer: HttpAuthorizer.lambda(f),
      routes: { 'GET /a': { integration: HttpIntegration.http('https://example.com') } },
    }),
  'WebSocketGateway of route': (stack, f) =>
    new WebSocketGateway(stack, 'Api', {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: { $connect: { integration: WebSocketIntegration.lambda(f) } },
    }),
  'WebSocketGateway of authorizer': (stack, f) =>
    new WebSocketGateway(stack, 'Api', {
      defaultAuthorizer: WebSocketAuthorizer.lambda(f),
      routes: { $connect: { integration: WebSocketIntegration.mock() } },
    }),
};

const policiesOf = (template: Json): Json[] =>
  ids(template, 'AWS::IAM::ManagedPolicy')
    .map((id) => template.Resources[id].Properties.PolicyDocument.Statement)
    .flat()
    .filter(({ Action }: Json) => Action === 'lambda:InvokeFunction');

describe('a function of another Region', () => {
  test('is called in its Region by a REST API, with a role that may call it and nothing else', () => {
    const stack = newStack();
    rest(stack, imported(stack, arnOf('us-east-1')));
    const template = templateOf(stack);
    const integration = bodyOf(stack).paths['/a'].get['x-amazon-apigateway-integration'];
    expect(JSON.stringify(integration.uri)).toContain(
      `:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arnOf('us-east-1')}/invocations`,
    );
    const role = integration.credentials['Fn::GetAtt'][0];
    expect(template.Resources[role].Type).toBe('AWS::IAM::Role');
    expect(policiesOf(template)).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf('us-east-1') },
    ]);
    expect(ids(template, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('decides so as well, for the authorizer of a REST API', () => {
    const stack = newStack();
    rest(stack, imported(stack, arnOf('us-east-1')), true);
    const template = templateOf(stack);
    const { 'x-amazon-apigateway-authorizer': made } = bodyOf(stack).components.securitySchemes['lambda-F'];
    expect(JSON.stringify(made.authorizerUri)).toContain(`:apigateway:us-east-1:lambda:`);
    expect(template.Resources[made.authorizerCredentials['Fn::GetAtt'][0]].Type).toBe('AWS::IAM::Role');
    expect(policiesOf(template)).toHaveLength(1);
    expect(ids(template, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('may be of this app, in a stack of its own', () => {
    const app = testApp();
    const props = { crossRegionReferences: true };
    const own = new Stack(app, 'Own', { env, ...props });
    const other = new Stack(app, 'Other', { env: { ...env, region: 'us-east-1' }, ...props });
    rest(own, fn(other, 'F'));
    const template = templateOf(own);
    expect(JSON.stringify(bodyOf(own).paths['/a'])).toContain(':apigateway:us-east-1:lambda:');
    expect(ids(template, 'AWS::Lambda::Permission')).toEqual([]);
    expect(policiesOf(template)).toHaveLength(1);
  });

  test.each(Object.keys(V2))('is refused by an %s', (name) => {
    const stack = newStack();
    const [kind] = name.split('Gateway');
    expect(() => V2[name](stack, imported(stack, arnOf('us-east-1')))).toThrow(
      `the function "Stack/F" is in us-east-1, and the API in eu-west-1; ${kind === 'Http' ? 'HTTP' : kind} APIs call only functions in their ` +
        'own Region: create the function there as well, or use RestGateway, which calls functions in other Regions with a role',
    );
  });

  test('is refused where it is in another partition', () => {
    const stack = newStack();
    expect(() => rest(stack, imported(stack, `arn:aws-cn:lambda:cn-north-1:${ACCOUNT}:function:f`))).toThrow(
      'the function "Stack/F" is in cn-north-1, and the API in eu-west-1, which is another AWS partition; create the function in the Region of the API',
    );
  });

  test('is refused by lambdaByStage of any kind, whose variable holds a name only', () => {
    const stack = newStack();
    const f = imported(stack, arnOf('us-east-1'));
    expect(
      () =>
        new RestGateway(stack, 'Api', {
          defaultAuthorizer: RestAuthorizer.iam(),
          routes: { 'GET /a': { integration: RestIntegration.lambdaByStage({ prod: f }) } },
        }),
    ).toThrow(
      `RestGateway 'Api': route "GET /a": the function of stage "prod" is in us-east-1; a stage variable can only refer to functions in the API's ` +
        'Region (eu-west-1): pass a function in that Region, or use lambda(fn) on a gateway for each environment',
    );
  });

  test('is called in its own Region, where that of the API is not known', () => {
    const stack = new Stack(testApp(), 'Stack');
    rest(stack, imported(stack, arnOf('us-east-1')));
    expect(JSON.stringify(bodyOf(stack).paths['/a'])).toContain(':apigateway:us-east-1:lambda:');
  });

  test.each(Object.keys(V2))('of the own Region is called as before by an %s', (name) => {
    const stack = newStack();
    V2[name](stack, imported(stack, arnOf('eu-west-1')));
    expect(JSON.stringify(templateOf(stack))).toContain(
      `:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arnOf('eu-west-1')}`,
    );
  });
});

describe('a function of another account', () => {
  const warningsOf = (stack: Stack) =>
    Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('aws lambda add-permission'))
      .map(({ entry }) => String(entry.data));

  test('gets no permission from here, and a command for its owner', () => {
    const stack = newStack();
    rest(stack, imported(stack, arnOf('eu-west-1', '222222222222')));
    expect(ids(templateOf(stack), 'AWS::Lambda::Permission')).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining(`add-permission --function-name ${arnOf('eu-west-1', '222222222222')} `),
    ]);
  });

  test('… in its Region', () => {
    const stack = newStack();
    rest(stack, imported(stack, arnOf('us-east-1', '222222222222')));
    const template = templateOf(stack);
    expect(policiesOf(template)).toEqual([]);
    expect(JSON.stringify(bodyOf(stack).paths['/a'])).toContain(':apigateway:us-east-1:lambda:');
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('add-permission --region us-east-1 --function-name arn:aws:lambda:us-east-1:2'),
    ]);
  });

  test('is no other when it is made in this app', () => {
    const app = testApp();
    const own = newStack(app, 'Own');
    const other = new Stack(app, 'Other', { env: { ...env, account: '222222222222' } });
    const f = new Function(other, 'F', { ...FUNCTION, functionName: 'f' });
    rest(own, f);
    expect(ids(templateOf(own), 'AWS::Lambda::Permission')).toEqual([]);
    expect(warningsOf(own)).toHaveLength(1);
  });
});

const FUNCTION = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('//') };

describe('lambdaByStage', () => {
  const valueOf = (of: (stack: Stack) => IFunction): unknown => {
    const stack = newStack();
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      routes: { 'GET /a': { integration: RestIntegration.lambdaByStage({ prod: of(stack) }) } },
    });
    return resource(templateOf(stack), 'AWS::ApiGateway::Stage').Properties.Variables.lambda_GET_a;
  };

  test.each([
    ['an alias', 'f:live'],
    ['a version', 'f:7'],
    ['a name', 'f'],
  ])('names %s of an imported function as it was given', (_, name) => {
    expect(valueOf((stack) => imported(stack, arnOf('eu-west-1', ACCOUNT, name)))).toBe(name);
    expect(valueOf((stack) => Function.fromFunctionName(stack, 'F', name))).toBe(name);
    expect(
      valueOf((stack) =>
        Function.fromFunctionAttributes(stack, 'F', { functionArn: arnOf('eu-west-1', ACCOUNT, name) }),
      ),
    ).toBe(name);
  });

  test('takes all that follows in an ARN that only the deployment knows', () => {
    expect(valueOf((stack) => imported(stack, Fn.importValue('Orders')))).toEqual({
      'Fn::Select': [1, { 'Fn::Split': [':function:', { 'Fn::ImportValue': 'Orders' }] }],
    });
  });

  test('names imported aliases and versions whole', () => {
    const version = (stack: Stack) => Version.fromVersionArn(stack, 'V', arnOf('eu-west-1', ACCOUNT, 'f:7'));
    expect(valueOf(version)).toBe('f:7');
    expect(
      valueOf((stack) => Alias.fromAliasAttributes(stack, 'A', { aliasName: 'live', aliasVersion: version(stack) })),
    ).toBe('f:live');
  });

  test('refers to what is made here', () => {
    expect(valueOf((stack) => fn(stack, 'F'))).toEqual({ Ref: expect.stringMatching(/^F/) });
  });
});
