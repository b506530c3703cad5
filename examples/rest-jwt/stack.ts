import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

const CODE = `exports.handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({ hello: event.requestContext.authorizer.principalId }),
});`;

/** A REST API for the users of an identity provider that is not AWS's, with scopes per route. */
export class RestJwtStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const fn = new Function(this, 'Fn', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(CODE),
    });
    const integration = RestIntegration.lambda(fn);

    new RestGateway(this, 'Invoices', {
      description: 'Invoices, for the users of an Auth0 tenant and the back office of an Entra ID tenant',
      defaultAuthorizer: RestAuthorizer.auth0({
        domain: 'example.eu.auth0.com',
        audience: ['https://invoices.example.com'],
        scopes: ['invoices:read'],
      }),
      routes: {
        'GET /invoices': { integration },
        'GET /invoices/{id}': { integration },
        'DELETE /invoices/{id}': { integration, scopes: ['invoices:write', 'invoices:admin'] },
        'GET /me': { integration, scopes: [] },
        'GET /health': { integration: RestIntegration.mock(), authorizer: RestAuthorizer.none('load balancer probe') },
        'GET /back-office/{proxy+}': {
          integration,
          authorizer: RestAuthorizer.entraId({
            authorizerName: 'back-office',
            tenantId: '11111111-2222-3333-4444-555555555555',
            audience: ['22222222-3333-4444-5555-666666666666'],
            requiredClaims: { roles: 'Invoices.Read' },
            resultsCacheTtl: Duration.minutes(1),
          }),
        },
      },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }
}
