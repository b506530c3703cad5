import { Stack, type StackProps } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type Construct } from 'constructs';
import { GatewayApiKey, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

const CODE = 'exports.handler = async () => ({ statusCode: 200, body: "[]" });';

/** An API as a product: two plans, and one key per customer. */
export class RestUsagePlansStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const fn = new Function(this, 'Events', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(CODE),
    });

    new RestGateway(this, 'Metered', {
      defaultAuthorizer: RestAuthorizer.iam(),
      apiKeyRequired: true,
      routes: {
        'GET /events': { integration: RestIntegration.lambda(fn) },
        'GET /events/{id}': { integration: RestIntegration.lambda(fn) },
        'GET /health': {
          integration: RestIntegration.mock(),
          authorizer: RestAuthorizer.none('load balancer probe'),
          apiKeyRequired: false,
        },
      },
      stages: { sandbox: {}, prod: {} },
      apiKeys: {
        acme: GatewayApiKey.generated({ description: 'Acme Corporation' }),
        // A caller that reads the key from the same secret.
        globex: GatewayApiKey.fromSecret(Secret.fromSecretNameV2(this, 'GlobexKey', 'api-keys/globex'), {
          field: 'value',
        }),
        legacy: GatewayApiKey.fromApiKeyId('a1b2c3d4e5'),
      },
      usagePlans: {
        trial: {
          description: 'To try it out',
          stages: ['sandbox'],
          quota: { limit: 1000, period: Period.DAY },
          apiKeys: ['acme', 'globex', 'legacy'],
        },
        partner: {
          description: 'For customers',
          stages: ['prod'],
          throttle: { rateLimit: 10, burstLimit: 20 },
          quota: { limit: 100_000, period: Period.MONTH },
          routes: { 'GET /events': { throttle: { rateLimit: 2, burstLimit: 5 } } },
          apiKeys: ['acme', 'globex'],
        },
      },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }
}
