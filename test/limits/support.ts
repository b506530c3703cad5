import { App, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import {
  HttpAuthorizer,
  HttpGateway,
  type HttpGatewayProps,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  type WebSocketGatewayProps,
  WebSocketIntegration,
} from '../../lib';
import { templateOf } from '../support/stacks';

export const newStack = (region = 'eu-west-1'): Stack =>
  new Stack(new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } }), 'Stack', {
    env: { account: '111122223333', region },
  });

/** The least that a gateway takes, and what the test says. */
export function rest(scope: Construct, props: Partial<RestGatewayProps> = {}): RestGateway {
  const routes = { 'GET /': { integration: RestIntegration.mock() } };
  return new RestGateway(scope, 'Api', {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes,
    ...props,
  });
}

export function http(scope: Construct, props: Partial<HttpGatewayProps> = {}): HttpGateway {
  const routes = { 'GET /': { integration: HttpIntegration.http('https://example.com/') } };
  return new HttpGateway(scope, 'Api', { defaultAuthorizer: HttpAuthorizer.iam(), routes, ...props });
}

export function webSocket(scope: Construct, props: Partial<WebSocketGatewayProps> = {}): WebSocketGateway {
  const routes = { $connect: { integration: WebSocketIntegration.mock() } };
  return new WebSocketGateway(scope, 'Api', { defaultAuthorizer: WebSocketAuthorizer.iam(), routes, ...props });
}

/** What a whole synthesis says against it: some limits are known only when all is there. */
export function said(make: (stack: Stack) => unknown): string {
  const stack = newStack();
  try {
    make(stack);
    templateOf(stack);
    return stack.node
      .findAll()
      .flatMap((construct) => [
        ...construct.node.metadata.filter(({ type }) => /error/.test(type)).map(({ data }) => String(data)),
        ...construct.node.validate(),
      ])
      .join('\n');
  } catch (error) {
    return String(error);
  }
}

export const names = (count: number, prefix = 'n'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
export const map = <T>(count: number, value: T, prefix = 'n'): Record<string, T> =>
  Object.fromEntries(names(count, prefix).map((name) => [name, value]));
