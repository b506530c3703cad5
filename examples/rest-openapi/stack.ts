import { join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { OpenApiDefinition, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

const CODE = "exports.handler = async () => ({ statusCode: 200, body: '[]' });";

/** A REST API whose routes, models and security come from an OpenAPI document without anything specific to AWS. */
export class RestOpenApiStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const fn = (name: string) =>
      new Function(this, name, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(CODE) });
    const loans = fn('Loans');

    RestGateway.fromOpenApi(this, 'Library', {
      definition: OpenApiDefinition.fromFile(join(__dirname, 'openapi.yaml')),
      integrations: {
        lendBook: RestIntegration.lambda(loans),
        openingHours: RestIntegration.mock({ body: '{ "monday": "9-18" }' }),
      },
      defaultIntegration: RestIntegration.lambda(fn('Books')),
      authorizers: {
        members: RestAuthorizer.cognito({ userPools: [new UserPool(this, 'Members')] }),
        openingHours: RestAuthorizer.none('public information'),
      },
      webAcl: WebAcl.managed({ rateLimit: 2000 }),
    });
  }
}
