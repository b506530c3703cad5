import { runInNewContext } from 'node:vm';
import { App, Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import {
  ApiDomain,
  ApiGatewayChecks,
  HttpIntegration,
  LambdaCanary,
  RequestValue,
  RestAuthorizer,
  RestEndpointType,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  type RestRouteOptions,
  WebAcl,
  WebSocketGateway,
} from '../../../lib';
import { bodyOf, fn, gateway, testApp } from '../../support/stacks';

const stack = new Stack(new App(), 'Stack');
const handler = fn(stack, 'Fn');
const integration = RestIntegration.mock();

/** What no compiler has seen. */
const untyped = (props: object) => props as Partial<RestGatewayProps>;
const errorOf = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    expect((error as Error).name).toBe('InvalidInputError');
    return (error as Error).message;
  }
  return 'no error';
};
const route = (options: object) => untyped({ routes: { 'GET /a': { integration, ...options } } });

class ByGetter {
  public get integration() {
    return integration;
  }
}

describe('what is not of its type says so', () => {
  test.each<[string, Partial<RestGatewayProps>, string]>([
    [
      'a list for a map of options',
      untyped({ stages: ['prod'] }),
      `RestGateway 'Api': stages must be a map, { name: { accessLog, cache, canary, clientCertificate, dataTrace, description, … } }, got: a list: ["prod"]; write { "prod": {…} }`,
    ],
    [
      'a list for a map of booleans',
      route({ request: { query: ['page', 'size'] } }),
      `RestGateway 'Api': route "GET /a": request.query must be a map, { name: boolean }, got: a list: ["page", "size"]; write { "page": true, "size": true }`,
    ],
    ['a map that is a Map', untyped({ stages: new Map() }), 'stages must be a map, '],
    [
      'one for a list',
      untyped({ cors: { allowOrigins: 'https://a.example' } }),
      'cors.allowOrigins must be a list of strings, got: "https://a.example"; write ["https://a.example"]',
    ],
    ['an element of a list', untyped({ redeployOn: ['a', 1] }), 'redeployOn[1] must be a string, got: 1; write "1"'],
    [
      'a hole in a list',
      untyped({ redeployOn: [undefined] }),
      'redeployOn[0] is undefined; pass a string, or leave it out',
    ],
    [
      'a hole in a list that was left out',
      untyped({ redeployOn: ['a', , 'b'] }),
      'redeployOn[1] is undefined; pass a string, or leave it out',
    ],
    [
      'infinity, which a template would have as null',
      route({ throttle: { rateLimit: 1 / 0, burstLimit: 1 } }),
      'route "GET /a": throttle.rateLimit must be a number, got: Infinity',
    ],
    [
      'a method that was not called, by its name',
      route({ integration: RestIntegration.mock }),
      'integration must be a RestIntegration, e.g. RestIntegration.alb(…), got: the function mock; call it',
    ],
    [
      'an option of a prototype, which a copy loses',
      untyped({
        routes: { 'GET /a': Object.setPrototypeOf({ integration }, { throttle: { rateLimit: 1, burstLimit: 1 } }) },
      }),
      'route "GET /a": throttle is inherited, but options must be own properties; write { ...options, throttle: options.throttle }',
    ],
    [
      'an option of a prototype that is no class either',
      untyped({
        cors: Object.setPrototypeOf(
          { allowOrigins: ['https://a.example'] },
          Object.assign(Object.create(null), { allowCredentials: true }),
        ),
      }),
      'cors.allowCredentials is inherited, but options must be own properties; write { ...options, allowCredentials: options.allowCredentials }',
    ],
    [
      'an option that is a getter of a class',
      untyped({ routes: { 'GET /a': new ByGetter() } }),
      'route "GET /a": integration is inherited, but options must be own properties; write { ...options, integration: options.integration }',
    ],
    [
      'a token for a whole list, each of whose values must be known',
      { binaryMediaTypes: Token.asList({ Ref: 'Types' }) },
      'binaryMediaTypes is a token for a whole list, but integrations need to know each type; write [a, b], whose values may be tokens',
    ],
    [
      'a value of a map',
      untyped({ stages: { prod: { variables: { a: 1 } } } }),
      'stage "prod": variables["a"] must be a string, got: 1; write "1"',
    ],
    [
      'an element that is undefined',
      untyped({ routes: { 'GET /a': undefined } }),
      'route "GET /a": must be options, { integration }, got: undefined',
    ],
    [
      'text for a number',
      route({ throttle: { rateLimit: '10', burstLimit: 5 } }),
      'route "GET /a": throttle.rateLimit must be a number, got: "10"; write 10',
    ],
    [
      'what is no number',
      route({ throttle: { rateLimit: NaN, burstLimit: 5 } }),
      'throttle.rateLimit must be a number, got: NaN',
    ],
    [
      'text for a boolean',
      route({ apiKeyRequired: 'false' }),
      'apiKeyRequired must be a boolean, got: "false"; write false',
    ],
    ['a number for options', route({ throttle: 10 }), 'throttle must be options, { burstLimit, rateLimit }, got: 10'],
    ['what is missing inside', route({ throttle: { rateLimit: 1 } }), 'throttle.burstLimit is missing; pass a number'],
    ['null', route({ summary: null }), 'summary is null; pass a string, or leave it out'],
    [
      'an enumeration by its word',
      untyped({ endpointType: 'private' }),
      `endpointType must be one of RestEndpointType, got: "private". Write RestEndpointType.PRIVATE`,
    ],
    [
      'an enumeration of nothing like it',
      untyped({ endpointType: 'vpc' }),
      'Allowed: RestEndpointType.REGIONAL, RestEndpointType.EDGE, RestEndpointType.PRIVATE',
    ],
    [
      'an enumeration of the CDK by its name',
      untyped({ stages: { prod: { executionLogging: 'error' } } }),
      'stage "prod": executionLogging must be one of MethodLoggingLevel, got: "error". Write MethodLoggingLevel.ERROR',
    ],
    [
      'an object for an instance',
      route({ request: { body: { type: 'object' } } }),
      'request.body must be a JsonSchema, e.g. JsonSchema.fromFile(…), got: { type }',
    ],
    [
      'an instance for options',
      untyped({ routes: { 'GET /a': handler } }),
      'route "GET /a": must be options, { integration }, got: a Function',
    ],
    [
      'another class of the library',
      untyped({ webAcl: RequestValue.body() }),
      'webAcl must be a WebAcl, e.g. WebAcl.fromArn(…), got: a RequestValue',
    ],
    [
      'a function that was not called',
      untyped({ defaultAuthorizer: RestAuthorizer.iam }),
      'defaultAuthorizer must be a RestAuthorizer, e.g. RestAuthorizer.auth0(…), got: the function iam; call it',
    ],
    [
      'a name for a topic',
      untyped({ alarms: { topic: 'arn:aws:sns:eu-west-1:111111111111:t' } }),
      'alarms.topic must be an ITopic of aws-cdk-lib/aws-sns, got: "arn:aws:sns:',
    ],
    [
      'an unknown option, near',
      route({ throtle: {} }),
      'route "GET /a": has no option "throtle". Did you mean "throttle"?',
    ],
    [
      'an unknown option inside',
      untyped({ cors: { allowOrigins: ['*'], headers: [] } }),
      'cors: has no option "headers". Allowed: ',
    ],
    ['an option with an unlikely name', route({ ['__proto__x']: 1 }), 'has no option "__proto__x"'],
    ['a token for a map', untyped({ stages: Lazy.any({ produce: () => ({}) }) }), 'stages must be a map, '],
  ])('%s', (_, props, message) => {
    expect(errorOf(() => gateway(props))).toContain(message);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a number for a Duration',
      () => RestIntegration.lambda(handler, { timeout: 10 as never }),
      'RestIntegration.lambda: timeout must be a Duration, e.g. Duration.seconds(10), got: 10',
    ],
    [
      'no function',
      () => RestIntegration.lambda(undefined as never),
      'RestIntegration.lambda: fn is missing; pass an IFunction of aws-cdk-lib/aws-lambda',
    ],
    [
      'a topic for a function',
      () => HttpIntegration.lambda(new Topic(stack, 'Topic') as never),
      'HttpIntegration.lambda: fn must be an IFunction of aws-cdk-lib/aws-lambda, got: a Topic',
    ],
    [
      'no reason',
      () => RestAuthorizer.none(undefined as never),
      'RestAuthorizer.none: reason is missing; pass a string',
    ],
    [
      'an index for options',
      () => [handler].map(RestIntegration.lambda as never),
      'RestIntegration.lambda: options must be options, ',
    ],
    [
      'a rule with a typo',
      () => new ApiGatewayChecks({ profil: 'x' } as never),
      'ApiGatewayChecks: has no option "profil". Did you mean "profile"?',
    ],
    ['props that are no object', () => gateway('props' as never), `RestGateway 'Api': `],
    [
      'no props',
      () => new ApiDomain(new Stack(), 'Name', undefined as never),
      `ApiDomain 'Name': props is missing; pass options, `,
    ],
    [
      'null as props that may be left out',
      () => new RestGateway(new Stack(), 'Api', null as never),
      `RestGateway 'Api': props is null; pass options, { access, `,
    ],
    [
      'a route that is added',
      () => gateway().api.addRoute('GET /b', { integration, cors: {} } as never),
      `RestGateway 'Api': route "GET /b": has no option "cors"`,
    ],
    [
      'options of a grant',
      () => gateway().api.grantExecute(handler, { stage: 'x' } as never),
      `RestGateway 'Api': grantExecute: has no option "stage". Did you mean "stages"?`,
    ],
    [
      'an integration of the CDK',
      () => gateway(route({ integration: new HttpLambdaIntegration('I', handler) })),
      'its integration is a HttpLambdaIntegration, which REST APIs do not accept. Use RestIntegration',
    ],
  ])('%s', (_, make, message) => {
    expect(errorOf(make)).toContain(message);
  });
});

describe('what is of its type is taken', () => {
  const taken = (props: object) => expect(errorOf(() => gateway(untyped(props)))).toBe('no error');

  test('tokens, wherever text, a number, a boolean or a list is', () => {
    taken({
      apiName: Lazy.string({ produce: () => 'a' }),
      description: Fn.ref('X') as never,
      routes: {
        'GET /a': {
          integration,
          apiKeyRequired: Lazy.any({ produce: () => false }),
          summary: Token.asString({ Ref: 'X' }),
          throttle: { rateLimit: Lazy.number({ produce: () => 1 }), burstLimit: Token.asNumber({ Ref: 'Y' }) },
        },
      },
      redeployOn: Token.asList({ Ref: 'Z' }),
      stages: { prod: { variables: { a: Lazy.string({ produce: () => 'b' }) } } },
    });
  });

  test('objects of another realm, without prototype, frozen, and options that are undefined', () => {
    taken({ stages: runInNewContext('({ prod: { description: "x" } })') as object });
    taken({ stages: Object.assign(Object.create(null) as object, { prod: {} }) });
    taken({ routes: { 'GET /a': Object.freeze({ integration, throttle: undefined, nothing: undefined }) } });
  });

  test('an instance in place of options, with members of its own', () => {
    class Options implements RestRouteOptions {
      public readonly integration = integration;
      public readonly other = 1;
      public readonly summary: string = 'of an instance';
    }
    const { stack } = gateway({ routes: { 'GET /a': new Options() } });
    expect(bodyOf(stack).paths['/a'].get.summary).toBe('of an instance');
    class Bad extends Options {
      public override readonly summary = 1 as never;
    }
    expect(errorOf(() => gateway(untyped({ routes: { 'GET /a': new Bad() } })))).toContain('summary must be a string');
  });

  test('instances of a second copy of the CDK, and those that another language implements', () => {
    class Copy {
      public static of(value: object): object {
        return Object.create(Object.getPrototypeOf(value) as object, Object.getOwnPropertyDescriptors(value)) as object;
      }
    }
    const foreignDuration = { __proto__: Copy.of(Duration.prototype), amount: 1, unit: { inMillis: 1000, label: 's' } };
    expect(errorOf(() => LambdaCanary.linear(10, Object.create(foreignDuration) as never))).not.toContain(
      'must be a Duration',
    );
    // As @jsii/kernel makes them: members on the object itself.
    const members = ['architecture', 'functionArn', 'functionName', 'isBoundToVpc', 'latestVersion', 'permissionsNode'];
    const implemented = Object.fromEntries([...members, 'resourceArnsForGrantInvoke'].map((name) => [name, 'x']));
    expect(errorOf(() => RestIntegration.lambda(implemented as never))).toBe('no error');
  });

  test('values of an enumeration that only newer versions of the CDK have', () => {
    taken({ stages: { prod: { accessLog: { retention: 4000 } } } });
    expect(errorOf(() => gateway({ endpointType: RestEndpointType.EDGE }))).toBe('no error');
  });
});

describe('a subclass', () => {
  interface OwnProps extends RestGatewayProps {
    readonly team: string;
  }
  class Own extends RestGateway {
    constructor(scope: Construct, id: string, props: OwnProps) {
      super(scope, id, props);
    }
  }
  const props = {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /': { integration } },
  };

  test('may have props of its own beside them', () => {
    expect(errorOf(() => new Own(new Stack(testApp(), 'S'), 'Api', { ...props, team: 'a' }))).toBe('no error');
  });

  test('but inside of them none, and none of another kind', () => {
    const make = (more: object) => () => new Own(new Stack(testApp(), 'S'), 'Api', { ...props, team: 'a', ...more });
    expect(errorOf(make({ stages: { prod: { team: 'a' } } }))).toContain('stage "prod": has no option "team"');
    expect(errorOf(make({ httpApiName: 'a' }))).toContain('httpApiName: the name of an API is apiName, in all kinds');
    expect(errorOf(make({ description: 1 }))).toContain('description must be a string, got: 1');
  });
});

test('a WebSocket gateway, too', () => {
  expect(
    errorOf(
      () =>
        new WebSocketGateway(new Stack(), 'Api', {
          stages: { prod: { routes: { $connect: { cache: true } } } },
        } as never),
    ),
  ).toBe(
    `WebSocketGateway 'Api': stage "prod": routes["$connect"]: cache: messages are not cached; respond from your own store`,
  );
});
