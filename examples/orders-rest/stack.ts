import { Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import {
  CacheSize,
  JsonSchema,
  GatewayApiKeySource,
  RestAuthorizer,
  GatewayClientCertificate,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../lib';

const ECHO = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.path) });';
const AUTHORIZE = 'exports.handler = async () => { throw new Error("Unauthorized"); };';

/** Every feature of a REST gateway in one API. */
export class OrdersRestStack extends Stack {
  public readonly gateway: RestGateway;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const list = this.fn('List', ECHO);
    const write = this.fn('Write', ECHO);
    const search = this.fn('Search', ECHO);
    const tokenAuthorizer = this.fn('PartnerAuthorizer', AUTHORIZE);
    const requestAuthorizer = this.fn('TenantAuthorizer', AUTHORIZE);
    const alias = (stage: string) =>
      new Alias(this, `Search-${stage}`, { aliasName: stage, version: search.currentVersion });

    const users = RestAuthorizer.cognito({ userPools: [new UserPool(this, 'Users')], scopes: ['orders/read'] });
    const partners = RestAuthorizer.lambdaToken(tokenAuthorizer, {
      identitySource: 'method.request.header.X-Partner-Token',
      validationRegex: '^[A-Za-z0-9]{32}$',
      resultsCacheTtl: Duration.minutes(1),
    });
    const tenants = RestAuthorizer.lambda(requestAuthorizer, {
      identitySources: ['method.request.header.Authorization', 'method.request.querystring.tenant'],
    });

    this.gateway = new RestGateway(this, 'Orders', {
      apiName: 'orders',
      description: 'Orders of the shop, for its pages, partners and services',
      defaultAuthorizer: users,
      cors: {
        allowOrigins: ['https://app.example.com', 'https://admin.example.com'],
        allowCredentials: true,
        exposeHeaders: ['X-Request-Id'],
        maxAge: Duration.hours(1),
      },
      binaryMediaTypes: ['application/pdf', 'image/png'],
      minimumCompressionSize: Size.kibibytes(1),
      apiKeySource: GatewayApiKeySource.HEADER,
      documentationVersion: '1',
      redeployOn: ['catalogue v3'],
      gatewayResponses: {
        THROTTLED: { headers: { 'Retry-After': '1' } },
        BAD_REQUEST_BODY: {
          templates: {
            'application/json':
              '{"message":$context.error.messageString,"detail":"$context.error.validationErrorString"}',
          },
        },
      },
      routes: {
        'GET /orders': {
          integration: RestIntegration.lambda(list),
          request: { query: { page: false, customer: true } },
          cache: { ttl: Duration.seconds(60) },
          operationName: 'listOrders',
          summary: 'The orders of one customer',
        },
        'POST /orders': {
          integration: RestIntegration.lambda(write, { timeout: Duration.seconds(10) }),
          scopes: ['orders/write'],
          request: { body: orderSchema(), headers: { 'Idempotency-Key': true } },
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
        // The function does not read the query, so the cache key does not include it.
        'GET /orders/{id}': { integration: RestIntegration.lambda(list), request: { query: {} }, cache: {} },
        'GET /orders/{id}/events': { integration: RestIntegration.lambda(list, { streamResponse: true }) },
        'GET /partners/{id}': { integration: RestIntegration.lambda(list), authorizer: partners },
        'GET /tenants/{id}': { integration: RestIntegration.lambda(list), authorizer: tenants },
        'GET /search': { integration: RestIntegration.lambdaByStage({ dev: alias('dev'), prod: alias('prod') }) },
        'ANY /catalogue/{proxy+}': {
          integration: RestIntegration.http('https://${stageVariables.catalogue}/v1/{proxy}'),
          authorizer: RestAuthorizer.iam(),
        },
        'GET /health': {
          integration: RestIntegration.mock({ body: '{"status":"ok"}' }),
          authorizer: RestAuthorizer.none('load balancer probe'),
        },
      },
      stages: {
        dev: {
          description: 'For those who build the shop',
          variables: { catalogue: 'catalogue.dev.example.com' },
          throttle: { rateLimit: 20, burstLimit: 10 },
          accessLog: { retention: RetentionDays.ONE_MONTH },
        },
        prod: {
          variables: { catalogue: 'catalogue.example.com' },
          cache: { size: CacheSize.GB_0_5, ttl: Duration.minutes(2) },
          routes: { 'GET /search': { throttle: { rateLimit: 200, burstLimit: 100 } } },
          clientCertificate: GatewayClientCertificate.generated(),
          tags: { tier: 'production' },
        },
      },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });

    const warehouse = new Role(this, 'Warehouse', { assumedBy: new AccountRootPrincipal() });
    this.gateway.grantExecute(warehouse, { routes: ['ANY /catalogue/{proxy+}'], stages: ['prod'] });
    this.gateway.grantInvalidateCache(warehouse, { stages: ['prod'] });
    this.gateway.stage('prod').metricServerError().createAlarm(this, 'Errors', {
      threshold: 5,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private fn(id: string, code: string): Function {
    return new Function(this, id, {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(code),
      timeout: Duration.seconds(10),
    });
  }
}

function orderSchema(): JsonSchema {
  return JsonSchema.fromObject(
    {
      type: 'object',
      required: ['customer', 'lines'],
      additionalProperties: false,
      properties: {
        customer: { type: 'string', pattern: '^[A-Z0-9]{8}$' },
        lines: { type: 'array', items: { $ref: '#/definitions/line' } },
      },
      definitions: {
        line: {
          type: 'object',
          required: ['sku', 'count'],
          properties: { sku: { type: 'string' }, count: { type: 'integer', minimum: 1 } },
        },
      },
    },
    { modelName: 'Order' },
  );
}
