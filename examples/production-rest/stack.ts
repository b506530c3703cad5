import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import {
  AccessLogFormat,
  CacheSize,
  JsonSchema,
  RestAuthorizer,
  GatewayClientCertificate,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebAclRateLimit,
} from '../../lib';

const CODE = `exports.handler = async () => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': 'https://app.example.com' },
  body: '[]',
});`;

/** A REST API with everything that it needs in production, in one call. */
export class ProductionRestStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const users = RestAuthorizer.cognito({ userPools: [new UserPool(this, 'Users')], scopes: ['orders/read'] });
    const fn = (name: string) =>
      new Function(this, name, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) });
    const [list, write] = [fn('List'), fn('Write')].map((handler) => RestIntegration.lambda(handler));
    const order = JsonSchema.fromObject({ type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } });
    const { encryptionKey, pager, chat } = this.surroundings();
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });

    new RestGateway(this, 'Orders', {
      description: 'Orders of the shop',
      domain: { domainName: 'api.example.com', hostedZone: zone },
      defaultAuthorizer: users,
      cors: { allowOrigins: ['https://app.example.com'] },
      routes: {
        'GET /orders': { integration: list, request: { query: {} }, cache: { ttl: Duration.seconds(60) } },
        'POST /orders': {
          integration: write,
          scopes: ['orders/write'],
          request: { body: order },
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
        'GET /orders/{id}': { integration: list },
        'GET /partners/orders': { integration: list, authorizer: RestAuthorizer.iam(), apiKeyRequired: true },
        'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('load balancer probe') },
      },
      stages: {
        prod: {
          throttle: { rateLimit: 500, burstLimit: 250 },
          cache: { size: CacheSize.GB_0_5 },
          clientCertificate: GatewayClientCertificate.generated(),
          accessLog: {
            encryptionKey,
            format: AccessLogFormat.rest({ additional: { client: 'authorizer.claims.client_id' } }),
          },
          executionLog: { encryptionKey },
        },
      },
      usagePlans: {
        partner: {
          throttle: { rateLimit: 10, burstLimit: 20 },
          quota: { limit: 10_000, period: Period.DAY },
          apiKeys: ['acme', 'globex'],
        },
      },
      webAcl: WebAcl.managed({
        rateLimit: 2000,
        rateLimits: [WebAclRateLimit.byApiKey(10_000)],
        denyIps: ['198.51.100.0/24'],
        log: { encryptionKey },
      }),
      alarms: {
        topic: pager,
        warningTopic: chat,
        composite: true,
        routes: { 'POST /orders': { serverErrors: { threshold: 1 }, latency: { threshold: 1000 } } },
        quotaUsage: { partner: 80 },
      },
      dashboard: {},
      savedQueries: true,
      budget: { monthly: 200, notify: ['team@example.com'] },
    });
  }

  /** Resources that an account usually has: a key that encrypts logs, and topics for notifications. */
  private surroundings() {
    const encryptionKey = new Key(this, 'LogKey', { enableKeyRotation: true });
    encryptionKey.grantEncryptDecrypt(new ServicePrincipal(`logs.${this.region}.${this.urlSuffix}`));
    encryptionKey.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const topic = (name: string) => {
      const made = new Topic(this, name, { masterKey: encryptionKey, enforceSSL: true });
      // A topic with its own policy accepts messages only from principals in that policy.
      made.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
      return made;
    };
    return { encryptionKey, pager: topic('Pager'), chat: topic('Chat') };
  }
}
