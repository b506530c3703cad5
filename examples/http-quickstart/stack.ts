import { Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';

const CODE = `exports.handler = async () => ({ statusCode: 200, body: '[]' });`;

/** A production-grade HTTP API in twenty lines. */
export class HttpQuickstartStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const fn = (name: string) =>
      new Function(this, name, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) });
    const users = new UserPool(this, 'Users');
    const client = users.addClient('App');
    const events = new Queue(this, 'Events', { enforceSSL: true });

    new HttpGateway(this, 'Orders', {
      description: 'Orders of the shop',
      defaultAuthorizer: HttpAuthorizer.cognito({
        userPools: [users],
        userPoolClients: [client],
        scopes: ['orders/read'],
      }),
      cors: { allowOrigins: ['https://app.example.com'] },
      routes: {
        'GET /orders': { integration: HttpIntegration.lambda(fn('List')) },
        'POST /orders': {
          integration: HttpIntegration.lambda(fn('Create')),
          scopes: ['orders/write'],
          throttle: { rateLimit: 50, burstLimit: 100 },
        },
        'GET /orders/{id}': { integration: HttpIntegration.lambda(fn('Get')) },
        'POST /events': { integration: HttpIntegration.sqs(events) },
        // Its preflights need a separate route, which the gateway creates.
        'ANY /admin/{proxy+}': { integration: HttpIntegration.lambda(fn('Admin')), scopes: ['orders/admin'] },
        'GET /health': {
          integration: HttpIntegration.lambda(fn('Health')),
          authorizer: HttpAuthorizer.none('load balancer probe'),
        },
      },
    });
  }
}
