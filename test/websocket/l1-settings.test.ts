import { CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import fc from 'fast-check';
import { WebSocketAuthorizer, WebSocketGateway } from '../../lib';
import { type Change, changes, comparable, put, synthesized } from '../support/l1-mechanisms';
import { ids, type Json, templateOf, testApp } from '../support/stacks';
import { connect, gateway, mock } from './support';

/** What may be put on the resource, the values of the gateway below among them. */
const SETTINGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ApiKeySelectionExpression: fc.constantFrom('$request.header.x-api-key', '$context.authorizer.usageIdentifierKey'),
  Description: fc.constantFrom('Chat', 'Other', undefined),
  DisableExecuteApiEndpoint: fc.constantFrom(true, false, undefined),
  DisableSchemaValidation: fc.constantFrom(true, false, undefined),
  Name: fc.constantFrom('Api', 'other'),
  RouteSelectionExpression: fc.constantFrom('$request.body.action', '$request.body.kind'),
};

function made(all: readonly Change[], ask = false): { readonly template: Json; readonly again: Json } {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const api = new WebSocketGateway(stack, 'Api', {
    description: 'Chat',
    defaultAuthorizer: WebSocketAuthorizer.iam(),
    routes: { $connect: connect },
  });
  const at = (early: boolean) =>
    all.filter((change) => change.early === early).forEach((one) => put(stack, api.cfnApi, one));
  at(true);
  if (ask) stack.resolve(api.cfnStage('prod').deploymentId);
  api.addRoute('send', { integration: mock });
  at(false);
  return { template: synthesized(app, 'Stack'), again: synthesized(app, 'Stack', true) };
}

const idOf = (template: Json): string => ids(template, 'AWS::ApiGatewayV2::Deployment').join();

/** All that a deployment is a snapshot of. */
function deployed({ Resources: resources }: Json): string {
  const parts = Object.entries<Json>(resources).filter(([, { Type }]) =>
    ['Api', 'Route', 'Integration', 'Authorizer', 'Model'].includes(Type.replace('AWS::ApiGatewayV2::', '')),
  );
  return comparable(
    Object.fromEntries(
      parts.map(([id, { Properties }]) => [id, { ...Properties, ...(id.startsWith('ApiF') && NOT_DEPLOYED) }]),
    ),
  );
}

const NOT_DEPLOYED = { Name: undefined, Description: undefined, Tags: undefined };
const base = made([]).template;

test('whatever is put on the resource, however and whenever, makes a deployment where it is deployed', () => {
  fc.assert(
    fc.property(changes(SETTINGS), fc.boolean(), (all, ask) => {
      const { template, again } = made(all, ask);
      expect(idOf(template) !== idOf(base)).toBe(deployed(template) !== deployed(base));
      expect(again).toEqual(template);
      expect(idOf(made([...all].reverse()).template)).toBe(idOf(template));
    }),
    { numRuns: 60 },
  );
}, 120_000);

const after = (change: (made: ReturnType<typeof gateway>) => void): string => {
  const one = gateway();
  one.api.addRoute('send', { integration: mock });
  change(one);
  return idOf(templateOf(one.stack));
};
const plain = after(() => {});
const part = (api: WebSocketGateway, id: string): Json => api.node.findChild(id);

test.each<[string, (made: ReturnType<typeof gateway>) => void]>([
  ['tags', ({ api }) => Tags.of(api).add('team', 'shop')],
  ['tags by hand', ({ api }) => api.cfnApi.addPropertyOverride('Tags.team', 'shop')],
  ['the same value as an override', ({ api }) => part(api, 'Route-send').addPropertyOverride('RouteKey', 'send')],
  ['metadata of a route', ({ api }) => part(api, 'Route-send').addMetadata('a', 'b')],
  ['the default of a switch', ({ api }) => (api.cfnApi.disableSchemaValidation = false)],
])('the deployment stays with %s', (_, change) => {
  expect(after(change)).toBe(plain);
});

test.each<[string, (made: ReturnType<typeof gateway>) => void]>([
  ['a property of a route', ({ api }) => (part(api, 'Route-send').modelSelectionExpression = '$request.body.kind')],
  ['a property of an integration', ({ api }) => (part(api, 'Integration-send').passthroughBehavior = 'WHEN_NO_MATCH')],
  [
    'a value of a route that only the deployment knows',
    ({ api, stack }) =>
      (part(api, 'Integration-send').timeoutInMillis = new CfnParameter(stack, 'T', { type: 'Number' }).valueAsNumber),
  ],
])('the deployment comes anew with %s', (_, change) => {
  expect(after(change)).not.toBe(plain);
});
