import { Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { RestAuthorizer, RestGateway, WebAcl } from '../../lib';
import { JWT_LOG_FINDINGS, jwtFunctionFindings } from '../../lib/jwt/acknowledgements';
import { gateway, ids, resource, templateOf } from '../support/stacks';
import { nagFindings } from '../support/strict';
import { configOf, functionOf, ISSUER, jwt, mock, routes, schemesOf } from './jwt-support';

describe('the resources', () => {
  const template = templateOf(
    gateway({
      defaultAuthorizer: jwt({ scopes: ['b', 'a'], requiredClaims: { token_use: 'access' } }),
      routes: routes({ 'GET /a': {}, 'GET /b': {} }),
    }).stack,
  );
  const name = 'jwt-login.example.com';

  test('are one request authorizer with the token for its identity', () => {
    const schemes = schemesOf(template);
    expect(Object.keys(schemes)).toEqual([name]);
    expect(schemes[name]).toMatchObject({
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        type: 'request',
        identitySource: 'method.request.header.Authorization',
        authorizerResultTtlInSeconds: 300,
      },
    });
    const [fn] = ids(template, 'AWS::Lambda::Function').filter((id) => /Authorizer/.test(id));
    expect(JSON.stringify(schemes[name]['x-amazon-apigateway-authorizer'].authorizerUri)).toContain(
      `\${${fn}.Arn}/invocations`,
    );
    const { paths } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
    expect(paths['/a'].get.security).toEqual([{ [name]: [] }]);
  });

  test('tell the function what it must know, and the function understands it', () => {
    expect(configOf(template)).toEqual({
      issuer: ISSUER,
      audience: ['https://api.example.com'],
      scopes: ['a', 'b'],
      header: 'authorization',
      clockToleranceSeconds: 30,
      algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
      requiredClaims: { token_use: 'access' },
      routeScopes: undefined,
    });
    expect(functionOf(template)).toMatchObject({
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 10,
      Runtime: 'nodejs24.x',
    });
    expect(functionOf(template)).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('are a role that may write its own log and nothing else', () => {
    const [logs] = ids(template, 'AWS::Logs::LogGroup').filter((id) => /Authorizer/.test(id));
    const policy = resource(template, 'AWS::IAM::ManagedPolicy', /ApiAuthorizer/).Properties;
    expect(policy.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [logs, 'Arn'] },
      },
    ]);
    const role = resource(template, 'AWS::IAM::Role', /ApiAuthorizer/).Properties;
    expect(Object.keys(role)).toEqual(['AssumeRolePolicyDocument']);
    expect(role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'lambda.amazonaws.com' });
    expect(template.Resources[logs]).toMatchObject({
      Properties: { RetentionInDays: 365 },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    expect(functionOf(template).LoggingConfig).toEqual({ LogGroup: { Ref: logs }, LogFormat: 'JSON' });
  });

  test('let the API invoke the function as an authorizer only', () => {
    const permission = resource(template, 'AWS::Lambda::Permission').Properties;
    expect(JSON.stringify(permission.SourceArn)).toContain('/authorizers/*');
    expect(JSON.stringify(permission.FunctionName)).toContain('Authorizer');
  });

  test('are one set for each name, whatever the number and the order of routes', () => {
    const two = {
      'GET /a': { authorizer: jwt() },
      'GET /b': { authorizer: jwt({ authorizerName: 'other', audience: ['b'] }) },
      'GET /c': { authorizer: jwt() },
    };
    const one = templateOf(gateway({ routes: routes(two) }).stack);
    const other = templateOf(gateway({ routes: routes(Object.fromEntries(Object.entries(two).reverse())) }).stack);
    const functions = ids(one, 'AWS::Lambda::Function').filter((id) => /Authorizer/.test(id));
    expect(functions).toHaveLength(2);
    expect(ids(other, 'AWS::Lambda::Function').sort()).toEqual(ids(one, 'AWS::Lambda::Function').sort());
  });

  test('two gateways of a stack may share an authorizer, and have a function each', () => {
    const authorizer = jwt();
    const { stack } = gateway({ defaultAuthorizer: authorizer });
    new RestGateway(stack, 'Other', {
      defaultAuthorizer: authorizer,
      webAcl: WebAcl.none('test'),
      routes: routes({ 'GET /': {} }),
    });
    expect(ids(templateOf(stack), 'AWS::Lambda::Function').filter((id) => /Authorizer/.test(id))).toHaveLength(2);
  });

  test('take values of the deployment', () => {
    const parameter = (id: string) => Token.asString({ Ref: id });
    const template = templateOf(
      gateway({
        defaultAuthorizer: RestAuthorizer.auth0({
          domain: parameter('Domain'),
          audience: [parameter('Audience')],
          scopes: [parameter('Scope')],
        }),
      }).stack,
    );
    const variables = functionOf(template).Environment.Variables;
    expect(variables.ISSUER).toEqual({ 'Fn::Join': ['', ['https://', { Ref: 'Domain' }, '/']] });
    expect(variables.AUDIENCE).toEqual({ 'Fn::Join': ['', ['["', { Ref: 'Audience' }, '"]']] });
    expect(Object.keys(schemesOf(template))).toEqual(['auth0']);
    expect(() =>
      jwt({
        issuer: Lazy.string({ produce: () => 'http://late' }),
        clockTolerance: Duration.seconds(Lazy.number({ produce: () => 1000 })),
      }),
    ).not.toThrow();
  });

  test('have no finding of cdk-nag left, and what is acknowledged is found', () => {
    const { app, stack } = gateway({ defaultAuthorizer: jwt() });
    expect(nagFindings(app).filter(({ path }) => /Authorizer-/.test(path))).toEqual([]);
    const names = new Set([...jwtFunctionFindings(false), ...JWT_LOG_FINDINGS].map(({ id }) => id));
    const made = stack.node
      .findAll()
      .filter(({ node }) => /Authorizer-/.test(node.path))
      .flatMap(({ node }) => node.metadata);
    const acknowledged = made
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.keys(data as object));
    expect(new Set(acknowledged)).toEqual(names);
  });
});

describe('the presets', () => {
  const audience = ['api'];
  const tenantId = '11111111-AAAA-3333-4444-555555555555';
  test.each<[string, RestAuthorizer, string, string]>([
    [
      'auth0',
      RestAuthorizer.auth0({ domain: 'Example.EU.auth0.com', audience }),
      'https://example.eu.auth0.com/',
      'auth0-example.eu.auth0.com',
    ],
    [
      'okta',
      RestAuthorizer.okta({ domain: 'example.okta.com', audience }),
      'https://example.okta.com/oauth2/default',
      'okta-example.okta.com-oauth2-default',
    ],
    [
      'okta with a server',
      RestAuthorizer.okta({ domain: 'example.okta.com', authorizationServer: 'aus1', audience }),
      'https://example.okta.com/oauth2/aus1',
      'okta-example.okta.com-oauth2-aus1',
    ],
    [
      'entraId',
      RestAuthorizer.entraId({ tenantId, audience }),
      `https://login.microsoftonline.com/${tenantId.toLowerCase()}/v2.0`,
      `entraId-login.microsoftonline.com-${tenantId.toLowerCase()}-v2.0`,
    ],
  ])('%s knows its issuer', (_, authorizer, issuer, name) => {
    const config = authorizer.bind({ stack: new Stack(), routeKey: 'GET /' });
    expect(config.issuer).toBe(issuer);
    expect(config.authorizerName).toBe(name);
  });
});

describe('scopes of routes', () => {
  const many = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`GET /things/{thing}/parts${i}`, { scopes: [`scope:${i % 7}`] }]),
    );

  test('are told to the function, and the decision is kept per route', () => {
    const template = templateOf(
      gateway({
        defaultAuthorizer: jwt({ scopes: ['read'] }),
        routes: routes({
          'GET /a': {},
          'POST /a': { scopes: ['write', 'admin'] },
          'GET /open': { scopes: [] },
          'ANY /b/{id}': { scopes: ['admin', 'write'] },
        }),
      }).stack,
    );
    expect(functionOf(template).Environment.Variables.ROUTE_SCOPES).toBe(
      '[[["admin","write"],["ANY /b/{id}","POST /a"]],[[],["GET /open"]]]',
    );
    expect(schemesOf(template)['jwt-login.example.com']['x-amazon-apigateway-authorizer'].identitySource).toBe(
      'method.request.header.Authorization, context.httpMethod, context.resourcePath',
    );
    const { paths } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body;
    expect(paths['/a'].post.security).toEqual([{ 'jwt-login.example.com': [] }]);
  });

  test('of an ANY route do not hold for a route of one method beside it', () => {
    const beside = {
      'ANY /a': { scopes: [] },
      'GET /a': {},
      'GET /b': {},
      'POST /a': { authorizer: RestAuthorizer.iam() },
    };
    const template = templateOf(
      gateway({ defaultAuthorizer: jwt({ scopes: ['read'] }), routes: routes(beside) }).stack,
    );
    expect(functionOf(template).Environment.Variables.ROUTE_SCOPES).toBe('[[[],["ANY /a"]],[null,["GET /a"]]]');
    expect(configOf(template).routeScopes).toEqual(
      new Map<string, unknown>([
        ['ANY /a', []],
        ['GET /a', 'default'],
      ]),
    );
  });

  test('may be added later', () => {
    const { stack, api } = gateway({ defaultAuthorizer: jwt() });
    api.addRoute('GET /later', { integration: mock, scopes: ['late'] });
    expect(configOf(templateOf(stack)).routeScopes).toEqual(new Map([['GET /later', ['late']]]));
  });

  test('of many routes are packed, and come out as they went in', () => {
    const template = templateOf(gateway({ defaultAuthorizer: jwt(), routes: routes(many(250)) }).stack);
    expect(functionOf(template).Environment.Variables.ROUTE_SCOPES).toMatch(/^br:/);
    const { routeScopes } = configOf(template);
    expect(routeScopes?.size).toBe(250);
    expect(routeScopes?.get('GET /things/{thing}/parts9')).toEqual(['scope:2']);
  });

  test('that are too many for the environment are an error that names the ways out', () => {
    const random = fc.sample(fc.stringMatching(/^[a-z0-9]{40}$/), { numRuns: 250, seed: 1 });
    const { stack } = gateway({
      defaultAuthorizer: jwt(),
      routes: routes(Object.fromEntries(random.map((path) => [`GET /${path}`, { scopes: [path] }]))),
    });
    expect(() => templateOf(stack)).toThrow(
      /authorizer "jwt-login\.example\.com": the scopes of its 250 routes and the other settings take \d+ bytes, but the environment of its function holds 4096; set the scopes that most routes need on the authorizer, and on routes only those that differ, or give other routes a separate authorizer \(authorizerName\)/,
    );
  });
});
