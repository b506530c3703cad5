import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';
import { fn, type Json, ids, resource, templateOf, testApp } from '../support/stacks';

const ACCOUNT = '111111111111';
const env = { account: ACCOUNT, region: 'eu-west-1' };

function api(stack: Stack, props: Partial<RestGatewayProps>): RestGateway {
  return new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    ...props,
  });
}

/** Logical id without hash → function and source ARN. */
function permissions(stack: Stack): Record<string, { fn: Json; source: string }> {
  const template = templateOf(stack);
  return Object.fromEntries(
    ids(template, 'AWS::Lambda::Permission').map((id) => {
      const { FunctionName, SourceArn, Action, Principal } = template.Resources[id].Properties;
      expect([Action, Principal]).toEqual(['lambda:InvokeFunction', 'apigateway.amazonaws.com']);
      const source = SourceArn['Fn::Join'][1].filter((part: Json) => typeof part === 'string').join('…');
      return [id.slice(0, -8), { fn: FunctionName, source }];
    }),
  );
}

describe('permissions', () => {
  test('are one for each function, in the narrowest pattern that covers its routes', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const [read, write] = [fn(stack, 'Read'), fn(stack, 'Write')];
    api(stack, {
      routes: {
        'GET /orders': { integration: RestIntegration.lambda(read) },
        'GET /orders/{id}': { integration: RestIntegration.lambda(read) },
        'POST /orders': { integration: RestIntegration.lambda(write) },
      },
    });
    expect(permissions(stack)).toEqual({
      ApiInvokeRead: {
        fn: stack.resolve(read.functionArn),
        source: 'arn:…:execute-api:eu-west-1:111111111111:…/prod/GET/orders*',
      },
      ApiInvokeWrite: {
        fn: stack.resolve(write.functionArn),
        source: 'arn:…:execute-api:eu-west-1:111111111111:…/prod/POST/orders',
      },
    });
  });

  test('cover all stages where there are several, and routes added later', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const read = fn(stack, 'Read');
    const gateway = api(stack, {
      routes: { 'GET /a': { integration: RestIntegration.lambda(read) } },
      stages: { dev: {}, prod: {} },
    });
    gateway.addRoute('POST /a', { integration: RestIntegration.lambda(read) });
    expect(permissions(stack).ApiInvokeRead.source).toBe('arn:…:execute-api:eu-west-1:111111111111:…/*/*/a');
  });

  test('let the authorizers of the API, and nothing else, ask an authorizer function', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const decide = fn(stack, 'Decide');
    api(stack, {
      defaultAuthorizer: RestAuthorizer.lambdaToken(decide),
      routes: { 'GET /a': { integration: RestIntegration.mock() } },
    });
    expect(permissions(stack)).toEqual({
      ApiInvokeDecideauthorizer: {
        fn: stack.resolve(decide.functionArn),
        source: 'arn:…:execute-api:eu-west-1:111111111111:…/authorizers/*',
      },
    });
  });

  test('are for the alias or version that is invoked', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const read = fn(stack, 'Read');
    const alias = new Alias(stack, 'Live', { aliasName: 'live', version: read.currentVersion });
    api(stack, {
      routes: {
        'GET /a': { integration: RestIntegration.lambda(alias) },
        'GET /b': { integration: RestIntegration.lambda(read.currentVersion) },
      },
    });
    const made = permissions(stack);
    expect(made.ApiInvokeLive.fn).toEqual(stack.resolve(alias.functionArn));
    expect(Object.values(made).map((permission) => permission.fn)).toContainEqual(
      stack.resolve(read.currentVersion.functionArn),
    );
  });

  test('of lambdaByStage are for each stage its own function', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const read = fn(stack, 'Read');
    const alias = (name: string) => new Alias(stack, name, { aliasName: name, version: read.currentVersion });
    const [dev, prod] = [alias('dev'), alias('prod')];
    api(stack, {
      routes: { 'GET /orders/{id}': { integration: RestIntegration.lambdaByStage({ dev, prod }) } },
      stages: { dev: {}, prod: { stageName: 'v1' } },
    });
    expect(permissions(stack)).toEqual({
      ApiInvokedevdev: {
        fn: stack.resolve(dev.functionArn),
        source: 'arn:…:execute-api:eu-west-1:111111111111:…/dev/GET/orders/*',
      },
      ApiInvokeprodprod: {
        fn: stack.resolve(prod.functionArn),
        source: 'arn:…:execute-api:eu-west-1:111111111111:…/v1/GET/orders/*',
      },
    });
    const template = templateOf(stack);
    const { Variables } = resource(template, 'AWS::ApiGateway::Stage', /prod/).Properties;
    expect(Object.keys(Variables)).toEqual(['lambda_GET_orders_id']);
    expect(JSON.stringify(Variables)).toContain(':prod');
    const { uri } = resource(template, 'AWS::ApiGateway::RestApi').Properties.Body.paths['/orders/{id}'].get[
      'x-amazon-apigateway-integration'
    ];
    expect(uri['Fn::Sub']).toBe(
      'arn:${AWS::Partition}:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:eu-west-1:111111111111:function:${!stageVariables.lambda_GET_orders_id}/invocations',
    );
  });

  test('are for imported functions of the same account as well', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:known`;
    api(stack, {
      routes: { 'GET /a': { integration: RestIntegration.lambda(Function.fromFunctionArn(stack, 'Known', arn)) } },
    });
    expect(permissions(stack).ApiInvokeKnown.fn).toBe(arn);
  });

  test('that cannot be given from here are a warning with the command to run', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const arn = 'arn:aws:lambda:eu-west-1:222222222222:function:theirs';
    const theirs = Function.fromFunctionArn(stack, 'Theirs', arn);
    api(stack, {
      routes: {
        'GET /a': { integration: RestIntegration.lambda(theirs) },
        'GET /b': { integration: RestIntegration.lambda(theirs) },
      },
    });
    expect(permissions(stack)).toEqual({});
    const warnings = Annotations.fromStack(stack).findWarning(
      '*',
      Match.stringLikeRegexp('Invalid permissions on Lambda function'),
    );
    expect(warnings).toHaveLength(1);
    const text = String(warnings[0].entry.data);
    expect(text).toContain(`aws lambda add-permission --function-name ${arn} --statement-id apigateway-`);
    expect(text).toContain(
      '--principal apigateway.amazonaws.com --source-arn "arn:aws:execute-api:eu-west-1:111111111111:<api id>/*"',
    );
    expect(text).not.toContain('Token[');
  });

  test('have ids that do not depend on the order of routes', () => {
    const made = (order: string[]) => {
      const stack = new Stack(testApp(), 'Stack', { env });
      const all: Record<string, Function> = { 'GET /a': fn(stack, 'A'), 'GET /b': fn(stack, 'B') };
      api(stack, {
        routes: Object.fromEntries(order.map((key) => [key, { integration: RestIntegration.lambda(all[key]) }])),
      });
      return ids(templateOf(stack), 'AWS::Lambda::Permission').sort();
    };
    expect(made(['GET /a', 'GET /b'])).toEqual(made(['GET /b', 'GET /a']));
  });
});
