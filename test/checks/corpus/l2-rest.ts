import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  CfnAccount,
  type CfnRestApi,
  CfnUsagePlanKey,
  CognitoUserPoolsAuthorizer,
  DomainName,
  EndpointAccessMode,
  EndpointType,
  type IAuthorizer,
  JsonSchemaType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
  type RestApiBase,
  type RestApiBaseProps,
  SecurityPolicy,
  SpecRestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnApiMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnPermission, type Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { type IConstruct } from 'constructs';
import { formatOf, resourcesOf } from './bases';
import { find, handler, newStack, resourcesNamed } from './l2';
import { type ValueMap } from './patch';

const CACHE_KEY = ['method.request.path.id', 'method.request.querystring.fields', 'method.request.header.Authorization'];

/** Constructs by the names that their resources have in the other bases. */
type Named = Record<string, IConstruct>;

interface Surroundings {
  readonly props: RestApiBaseProps;
  readonly fn: Function;
  readonly pool: UserPool;
  readonly named: Named;
}

/** What stands around the API before it is there. */
function surroundings(stack: Stack): Surroundings {
  const fn = handler(stack, 'Fn');
  const LogsKey = new Key(stack, 'LogsKey');
  const logs = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR, encryptionKey: LogsKey });
  const pool = new UserPool(stack, 'Pool');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new CfnAccount(stack, 'Account', { cloudWatchRoleArn: role.roleArn });
  const props: RestApiBaseProps = {
    restApiName: 'orders',
    cloudWatchRole: false,
    deployOptions: {
      variables: { table: 'orders' },
      tracingEnabled: true,
      loggingLevel: MethodLoggingLevel.ERROR,
      metricsEnabled: true,
      throttlingRateLimit: 1000,
      throttlingBurstLimit: 500,
      cacheClusterEnabled: true,
      methodOptions: {
        '/orders/{id}/GET': { cachingEnabled: true, cacheDataEncrypted: true, cacheTtl: Duration.minutes(1) },
      },
      accessLogDestination: new LogGroupLogDestination(logs),
      accessLogFormat: AccessLogFormat.custom(formatOf('rest-raw')),
    },
  };
  return { props, fn, pool, named: { Fn: fn, Logs: logs, LogsKey, Pool: pool, Role: role, Account: account } };
}

/** The routes of the API, one construct each. */
function routes(api: RestApi, fn: Function, authorizer: IAuthorizer): Named {
  const lambda = { scopePermissionToMethod: false };
  const Orders = api.root.addResource('orders');
  const Order = Orders.addResource('{id}');
  const Validator = api.addRequestValidator('Validator', {
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const Model = api.addModel('Model', { modelName: 'Order', schema: { type: JsonSchemaType.OBJECT } });
  const responseHeaders = { 'Access-Control-Allow-Origin': "'https://app.example.com'" };
  return {
    ...{ Orders, Order, Validator, Model },
    ListOrders: Orders.addMethod('GET', new LambdaIntegration(fn, lambda), { authorizer }),
    CreateOrder: Orders.addMethod('POST', new LambdaIntegration(fn, lambda), {
      authorizer,
      requestValidator: Validator,
      requestModels: { 'application/json': Model },
    }),
    GetOrder: Order.addMethod('GET', new LambdaIntegration(fn, { ...lambda, cacheKeyParameters: CACHE_KEY }), {
      authorizer,
      requestParameters: Object.fromEntries(CACHE_KEY.map((key) => [key, key.includes('.path.')])),
    }),
    Preflight: Orders.addCorsPreflight({ allowOrigins: ['https://app.example.com'] }),
    Clients: api.addGatewayResponse('Clients', { type: ResponseType.DEFAULT_4XX, responseHeaders }),
    Servers: api.addGatewayResponse('Servers', { type: ResponseType.DEFAULT_5XX, responseHeaders }),
    FnPermission: find(api, CfnPermission),
  };
}

/** What looks at the API, or leads to it. */
function outside(stack: Stack, api: RestApiBase, account: IConstruct): Named {
  const stage = api.deploymentStage;
  stage.node.addDependency(account);
  const plan = api.addUsagePlan('Plan', { apiStages: [{ api, stage }], throttle: { rateLimit: 10, burstLimit: 20 } });
  const key = api.addApiKey('Key', { description: 'acme' });
  plan.addApiKey(key);
  return {
    ...{ Api: api, Stage: stage, Plan: plan, Key: key, PlanKey: find(plan, CfnUsagePlanKey) },
    Deployment: api.latestDeployment ?? stage,
    ExecutionLogs: new LogGroup(stack, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${api.restApiId}/prod`,
      retention: RetentionDays.ONE_YEAR,
    }),
    Failures: api.metricServerError().createAlarm(stack, 'Failures', { threshold: 1, evaluationPeriods: 1 }),
    Waf: new CfnWebACLAssociation(stack, 'Waf', {
      webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/b',
      resourceArn: stage.stageArn,
    }),
  };
}

function domain(stack: Stack, api: RestApi): Named {
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
  const name = new DomainName(stack, 'Domain', {
    domainName: 'api.example.com',
    endpointType: EndpointType.REGIONAL,
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
    endpointAccessMode: EndpointAccessMode.STRICT,
  });
  name.addApiMapping(api.deploymentStage);
  return { Domain: name, Path: find(name, CfnApiMapping) };
}

interface RestL2Options {
  /** A Lambda authorizer in the place of the user pool. */
  readonly tokens?: boolean;
  readonly domain?: boolean;
}

/** The API of rest-raw as a careful user of the L2 writes it. */
export function restL2(options: RestL2Options = {}): ValueMap {
  const stack = newStack();
  const { props, fn, pool, named } = surroundings(stack);
  const authorizer = options.tokens
    ? new TokenAuthorizer(stack, 'Authorizer', { handler: fn })
    : new CognitoUserPoolsAuthorizer(stack, 'Authorizer', { cognitoUserPools: [pool] });
  const api = new RestApi(stack, 'Api', {
    ...props,
    endpointTypes: [EndpointType.REGIONAL],
    ...(options.domain && { disableExecuteApiEndpoint: true }),
  });
  (api.node.defaultChild as CfnRestApi).securityPolicy = 'TLS_1_2';
  return resourcesNamed(stack, {
    ...{ ...named, Authorizer: authorizer },
    ...routes(api, fn, authorizer),
    ...outside(stack, api, named.Account),
    ...(options.domain && domain(stack, api)),
  });
}

/** The document of rest-body in the hands of a careful user of the L2. */
export function specRestL2(): ValueMap {
  const stack = newStack();
  const { props, fn, named } = surroundings(stack);
  const { Body } = (resourcesOf('rest-body').Api as { Properties: { Body: ValueMap } }).Properties;
  const api = new SpecRestApi(stack, 'Api', {
    ...props,
    endpointTypes: [EndpointType.REGIONAL],
    apiDefinition: ApiDefinition.fromInline(Body),
    failOnWarnings: true,
  });
  (api.node.defaultChild as CfnRestApi).securityPolicy = 'TLS_1_2';
  fn.addPermission('FnPermission', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApi('*', '/orders*'),
  });
  return resourcesNamed(stack, {
    ...{ ...named, FnPermission: find(fn, CfnPermission) },
    ...outside(stack, api, named.Account),
  });
}
