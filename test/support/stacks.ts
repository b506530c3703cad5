import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';

/** JSON as a template holds it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into templates of any shape
export type Json = any;

/** A function of a stack, with its code inline. */
export function fn(scope: Construct, id: string): Function {
  return new Function(scope, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
  });
}

/** An app that reports findings and goes on: these tests look at templates, faulty ones too. */
export function testApp(): App {
  return new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
}

/** A stack with one gateway; what the test does not say is the least that is legal. */
export function gateway(
  props: Partial<RestGatewayProps> = {},
  app = testApp(),
): { stack: Stack; api: RestGateway; app: App } {
  const stack = new Stack(app, 'Stack');
  const routes = { 'GET /': { integration: RestIntegration.mock() } };
  const api = new RestGateway(stack, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes,
    ...props,
  });
  return { stack, api, app };
}

/** The template of a stack. */
export function templateOf(stack: Stack): Json {
  return Template.fromStack(stack).toJSON();
}

/** The only resource of a type, or the one whose logical id matches. */
export function resource(template: Json, type: string, id = /./): Json {
  const found = Object.entries<Json>(template.Resources).filter(([key, body]) => body.Type === type && id.test(key));
  if (found.length !== 1)
    throw new Error(`expected one ${type}, found: ${found.map(([key]) => key).join(', ') || 'none'}`);
  return found[0][1];
}

/** All logical ids of a type. */
export function ids(template: Json, type: string): string[] {
  return Object.keys(template.Resources).filter((key) => template.Resources[key].Type === type);
}

/** The OpenAPI document of the only API of a stack. */
export function bodyOf(stack: Stack): Json {
  return resource(templateOf(stack), 'AWS::ApiGateway::RestApi').Properties.Body;
}
