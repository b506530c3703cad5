import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  type CfnRestApi,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  type IAuthorizer,
  JsonSchemaType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type MethodOptions,
  RequestAuthorizer,
  ResponseType,
  RestApi,
  type RestApiProps,
  type StageOptions,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type Finding } from '../../../lib/checks/rule';
import { findings, ids } from '../support';

const CACHE_KEY = [
  'method.request.path.id',
  'method.request.querystring.fields',
  'method.request.header.Authorization',
];
const ORIGIN = "'https://app.example.com'";
const ORIGIN_HEADER = 'method.response.header.Access-Control-Allow-Origin';

interface Options {
  readonly api?: RestApiProps;
  readonly deploy?: StageOptions;
  readonly origins?: string[];
  readonly credentials?: boolean;
  readonly get?: MethodOptions;
  readonly cacheKey?: string[];
  readonly authorizer?: (fn: Function) => IAuthorizer;
  readonly more?: (api: RestApi) => void;
}

const handler = (stack: Stack, id: string): Function =>
  new Function(stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('//') });

/** A careful user of the L2, in one stack; and the same with one thing changed. */
function careful({ api: props, deploy, origins, credentials, get, cacheKey, authorizer, more }: Options = {}): unknown {
  const stack = new Stack(new App(), 'Stack');
  const fn = handler(stack, 'Fn');
  const logs = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new CfnAccount(stack, 'Account', { cloudWatchRoleArn: role.roleArn });
  const guard =
    authorizer?.(fn) ??
    new CognitoUserPoolsAuthorizer(stack, 'Users', { cognitoUserPools: [new UserPool(stack, 'Pool')] });
  const api = new RestApi(stack, 'Api', {
    cloudWatchRole: false,
    endpointTypes: [EndpointType.REGIONAL],
    ...props,
    deployOptions: {
      tracingEnabled: true,
      loggingLevel: MethodLoggingLevel.ERROR,
      throttlingRateLimit: 100,
      throttlingBurstLimit: 50,
      cacheClusterEnabled: true,
      methodOptions: {
        '/orders/{id}/GET': { cachingEnabled: true, cacheDataEncrypted: true, cacheTtl: Duration.minutes(1) },
      },
      accessLogDestination: new LogGroupLogDestination(logs),
      accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      ...deploy,
    },
  });
  (api.node.defaultChild as CfnRestApi).securityPolicy = 'TLS_1_2';
  const integration = new LambdaIntegration(fn, { cacheKeyParameters: cacheKey ?? CACHE_KEY });
  const guarded: MethodOptions = { authorizer: guard };
  const orders = api.root.addResource('orders', {
    defaultCorsPreflightOptions: {
      allowOrigins: origins ?? ['https://app.example.com'],
      allowCredentials: credentials,
    },
  });
  orders.addMethod('POST', new LambdaIntegration(fn), {
    ...guarded,
    requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
    requestModels: {
      'application/json': api.addModel('Model', { modelName: 'Order', schema: { type: JsonSchemaType.OBJECT } }),
    },
  });
  const requestParameters = Object.fromEntries(CACHE_KEY.map((key) => [key, key.includes('.path.')]));
  orders.addResource('{id}').addMethod('GET', integration, { ...guarded, requestParameters, ...get });
  for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) {
    api.addGatewayResponse(type.responseType, {
      type,
      responseHeaders: { 'Access-Control-Allow-Origin': "'https://app.example.com'" },
    });
  }
  api.deploymentStage.node.addDependency(account);
  new CfnWebACLAssociation(stack, 'Waf', {
    webAclArn: 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b',
    resourceArn: api.deploymentStage.stageArn,
  });
  more?.(api);
  const assembly = (stack.node.root as App).synth();
  return assembly.getStackByName(stack.stackName).template;
}

/** Hints are for whoever asks: the L2 has no default that meets them all. */
const worth = (template: unknown): Finding[] => findings(template).filter(({ severity }) => severity !== 'info');

const found = (options: Options): string[] => ids(worth(careful(options)));

test('a careful user has no finding', () => {
  expect(worth(careful())).toEqual([]);
});

test('a careless one has many', () => {
  const stack = new Stack(new App(), 'Stack');
  const api = new RestApi(stack, 'Api');
  api.root.addMethod('POST', new LambdaIntegration(handler(stack, 'Fn')));
  const { template } = (stack.node.root as App).synth().getStackByName('Stack') as { template: unknown };
  expect(ids(worth(template))).toEqual([
    'ALL-AUTH1',
    'ALL-LOG1',
    'ALL-LOG9',
    'ALL-THR1',
    'REST-OBS1',
    'REST-TLS1',
    'REST-VAL2',
    'REST-WAF1',
  ]);
});

test.each<[string, string[], Options]>([
  ['no authorizer', ['ALL-AUTH1'], { get: { authorizationType: AuthorizationType.NONE, authorizer: undefined } }],
  [
    'no authorizer but a key',
    ['REST-AUTH2', 'REST-KEY1'],
    { get: { authorizationType: AuthorizationType.NONE, authorizer: undefined, apiKeyRequired: true } },
  ],
  ['a key without a plan', ['REST-KEY1'], { get: { apiKeyRequired: true } }],
  ['no tracing', ['REST-OBS1'], { deploy: { tracingEnabled: false } }],
  ['data trace', ['ALL-LOG10'], { deploy: { dataTraceEnabled: true } }],
  ['the common log format', ['ALL-LOG3'], { deploy: { accessLogFormat: AccessLogFormat.clf() } }],
  ['no throttle', ['ALL-THR1'], { deploy: { throttlingRateLimit: undefined } }],
  [
    'a cache without encryption',
    ['REST-CACHE1'],
    { deploy: { methodOptions: { '/orders/{id}/GET': { cachingEnabled: true } } } },
  ],
  [
    'a setting for no method',
    ['REST-THR6'],
    { deploy: { methodOptions: { '/order/GET': { throttlingRateLimit: 1, throttlingBurstLimit: 1 } } } },
  ],
  ['a cache without key', ['REST-CACHE3', 'REST-CACHE4'], { cacheKey: [] }],
  [
    'a cache for all callers',
    ['REST-CACHE4'],
    { cacheKey: ['method.request.path.id', 'method.request.querystring.fields'] },
  ],
  ['a key that is not declared', ['REST-CACHE5'], { cacheKey: [...CACHE_KEY, 'method.request.querystring.q'] }],
  ['any origin', ['ALL-CORS7'], { origins: ['*'] }],
  ['any origin with credentials', ['ALL-CORS7', 'REST-CORS2'], { origins: ['*'], credentials: true }],
  ['a preflight where all is binary', ['REST-CORS5'], { api: { binaryMediaTypes: ['*/*'] } }],
  ['a second variable', ['REST-ROUTE3'], { more: (api) => api.root.getResource('orders')?.addResource('{order}') }],
  [
    'a second account',
    ['REST-LOG13'],
    { more: (api) => void new CfnAccount(api, 'Second', { cloudWatchRoleArn: 'arn:aws:iam::123456789012:role/x' }) },
  ],
  [
    'a stage variable that is not there',
    ['ALL-DEP16'],
    {
      more: (api) =>
        api.root.getResource('orders')?.addMethod(
          'DELETE',
          new LambdaIntegration(handler(Stack.of(api), 'Put'), {
            proxy: false,
            requestTemplates: { 'application/json': '$stageVariables.x' },
            integrationResponses: [{ statusCode: '200', responseParameters: { [ORIGIN_HEADER]: ORIGIN } }],
          }),
          {
            authorizationType: AuthorizationType.IAM,
            methodResponses: [{ statusCode: '200', responseParameters: { [ORIGIN_HEADER]: true } }],
          },
        ),
    },
  ],
])('%s', (_, expected, options) => {
  expect(found(options)).toEqual(expected);
});

test.each<[string, (fn: Function) => IAuthorizer]>([
  ['token', (fn) => new TokenAuthorizer(fn, 'Token', { handler: fn })],
  [
    'request',
    (fn) =>
      new RequestAuthorizer(fn, 'Request', { handler: fn, identitySources: ['method.request.header.Authorization'] }),
  ],
])('a Lambda %s authorizer of the L2 may be asked', (_, authorizer) => {
  expect(found({ authorizer })).toEqual([]);
});
