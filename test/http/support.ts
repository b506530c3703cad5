import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, type HttpGatewayProps, HttpIntegration } from '../../lib';
import { type Json, resource, templateOf, testApp } from '../support/stacks';

/** A stack with one gateway; what the test does not say is the least that is legal. */
export function gateway(
  props: Partial<HttpGatewayProps> = {},
  app = testApp(),
): { stack: Stack; api: HttpGateway; app: ReturnType<typeof testApp> } {
  const stack = new Stack(app, 'Stack');
  const api = new HttpGateway(stack, 'Api', {
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.http('https://example.com/') } },
    ...props,
  });
  return { stack, api, app };
}

/** The OpenAPI document of the only HTTP API of a stack. */
export function bodyOf(stack: Stack): Json {
  return resource(templateOf(stack), 'AWS::ApiGatewayV2::Api').Properties.Body;
}

/** The integration of an operation, its reference followed. */
export function integrationOf(body: Json, path: string, method = 'get'): Json {
  const operation = body.paths[path][method === 'any' ? 'x-amazon-apigateway-any-method' : method];
  const name = operation['x-amazon-apigateway-integration'].$ref.split('/').pop();
  return body.components['x-amazon-apigateway-integrations'][name];
}
