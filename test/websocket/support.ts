import { type App, Stack } from 'aws-cdk-lib';
import {
  WebSocketAuthorizer,
  WebSocketGateway,
  type WebSocketGatewayProps,
  WebSocketIntegration,
  type WebSocketRouteOptions,
} from '../../lib';
import { type Json, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';

/** A stack with one gateway; what the test does not say is the least that is legal. */
export function gateway(
  props: Partial<WebSocketGatewayProps> = {},
  app = testApp(),
): { stack: Stack; api: WebSocketGateway; app: App } {
  const stack = new Stack(app, 'Stack');
  const api = new WebSocketGateway(stack, 'Api', {
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: connect },
    ...props,
  });
  return { stack, api, app };
}

export const mock = WebSocketIntegration.mock();
export const connect: WebSocketRouteOptions = { integration: mock };

/** All resources of a type of V2, as they are deployed. */
export function all(template: Json, type: string): Json[] {
  return Object.values<Json>(template.Resources)
    .filter(({ Type }) => Type === `AWS::ApiGatewayV2::${type}`)
    .map(({ Properties }) => deployed(Properties));
}

/** A route of the template, as it is deployed. */
export function routeIn(template: Json, key: string): Json {
  return all(template, 'Route').find(({ RouteKey }) => RouteKey === key);
}

/** One route in a stack of its own, as it is deployed. */
export interface Routed {
  readonly route: Json;
  readonly integration: Json;
  readonly request: string;
  /** Integration response key → template; null for none. */
  readonly answers: Record<string, string | null>;
  /** Statements of the roles, by service. */
  readonly policies: Record<string, Json[]>;
  readonly template: Json;
}

export function routed(
  key: string,
  make: (stack: Stack) => WebSocketIntegration,
  options: Partial<WebSocketRouteOptions> = {},
): Routed {
  const { api, stack } = gateway({
    routes: key === '$connect' ? {} : { $connect: connect },
    stages: { prod: { variables: { tenant: 'acme' } } },
  });
  api.addRoute(key, { integration: make(stack), ...options });
  const template = templateOf(stack);
  const route = routeIn(template, key);
  const id = route.Target.replace('integrations/', '');
  const integration = deployed(template.Resources[id].Properties);
  const responses = all(template, 'IntegrationResponse').filter(({ IntegrationId }) => IntegrationId === id);
  const policies = Object.entries<Json>(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
    .map(([name, { Properties }]) => [
      name.replace(/^ApiServices|Policy|[0-9A-F]{8}$/g, ''),
      deployed(Properties.PolicyDocument.Statement),
    ]);
  return {
    route,
    integration,
    request: integration.RequestTemplates?.$default,
    answers: Object.fromEntries(
      responses.map((one) => [one.IntegrationResponseKey, (one.ResponseTemplates?.$default ?? null) as string | null]),
    ),
    policies: Object.fromEntries(policies),
    template,
  };
}
