import { Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { JsonSchema, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

const CODE = `exports.handler = async () => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': 'https://app.example.com' },
  body: '[]',
});`;

/** A production-grade REST API in twenty lines. */
export class QuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const fn = (name: string) =>
      new Function(this, name, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) });
    const order = { type: 'object', required: ['sku'], properties: { sku: { type: 'string', minLength: 1 } } };

    new RestGateway(this, 'Orders', {
      description: 'Orders of the shop',
      defaultAuthorizer: RestAuthorizer.cognito({ userPools: [new UserPool(this, 'Users')], scopes: ['orders/read'] }),
      cors: { allowOrigins: ['https://app.example.com'] },
      routes: {
        'GET /orders': { integration: RestIntegration.lambda(fn('List')) },
        'POST /orders': {
          integration: RestIntegration.lambda(fn('Create')),
          scopes: ['orders/write'],
          request: { body: JsonSchema.fromObject(order) },
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
        'GET /orders/{id}': { integration: RestIntegration.lambda(fn('Get')) },
        'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('load balancer probe') },
      },
      stages: { prod: {} },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }
}
