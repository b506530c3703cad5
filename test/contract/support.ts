import { type App, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { ids, type Json, templateOf, testApp } from '../support/stacks';
import { deployed } from '../support/velocity';
import { type Kind, type Made, type Props, type RouteProps, type StageView } from './kind';

/** What a kind is held to: what it is about and what it says → the test. */
export type Cases = Readonly<Record<string, (kind: Kind) => void>>;

export const ACCOUNT = '111111111111';
export const env = { account: ACCOUNT, region: 'eu-west-1' };

export function newStack(app: App = testApp(), id = 'Stack'): Stack {
  return new Stack(app, id, { env });
}

/** A route to somewhere, where it does not matter to where. */
export function anyRoute({ integrations }: Kind, more: Partial<RouteProps> = {}): RouteProps {
  return { integration: integrations.http('https://example.com/'), ...more };
}

/** A gateway of the kind. */
export function gatewayOf(kind: Kind, scope: Construct, id: string, props: Props): Made {
  const gateway = kind.create(scope, id, { ...kind.least, ...props });
  return {
    gateway,
    api: gateway.cfnApi,
    apiId: gateway.apiId,
    addRoute: (key, route) => gateway.addRoute(key, route),
  };
}

/** A stack with one gateway; what the case does not say is the least that is legal. */
export function make(kind: Kind, props: Props = {}, stack = newStack()): Made & { readonly stack: Stack } {
  const made = gatewayOf(kind, stack, 'Api', {
    defaultAuthorizer: kind.authorizers.iam(),
    stages: { prod: {} },
    routes: { [kind.keys[0]]: anyRoute(kind) },
    ...props,
  });
  return { ...made, stack };
}

/** The stages of a template by name. */
export function stagesIn(kind: Kind, template: Json): Record<string, StageView> {
  const views = ids(template, kind.types.stage).map((id) =>
    kind.stageView(deployed(template.Resources[id].Properties) as Json),
  );
  return Object.fromEntries(views.map((view) => [view.name, view]));
}

/** The permissions of a stack, sorted by what may invoke. */
export function permissionsOf(stack: Stack): { readonly fn: string; readonly source: string }[] {
  const template = templateOf(stack);
  return ids(template, 'AWS::Lambda::Permission')
    .map((id) => {
      const properties = deployed(template.Resources[id].Properties) as Json;
      expect(properties).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
      const source = String(properties.SourceArn);
      expect(source).toMatch(/^arn:aws:execute-api:eu-west-1:111111111111:/);
      return { fn: String(properties.FunctionName), source: source.slice(source.indexOf('/') + 1) };
    })
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The id of the deployment that the stages serve. */
export function deploymentId(kind: Kind, props: Props = {}, change: (made: Made) => void = () => undefined): string {
  const made = make(kind, { stages: { prod: kind.deployed }, ...props });
  change(made);
  const found = ids(templateOf(made.stack), kind.types.deployment);
  expect(found).toHaveLength(1);
  return found[0];
}
