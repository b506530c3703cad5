import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { HttpIntegration, RestAuthorizer } from '../../lib';
import { type Json, resource, templateOf } from '../support/stacks';
import { asWritten, EVERYTHING, turned } from './everything';
import { http, newStack, rest } from './support';

/** The template, and the documents in it as the text that a deployment is told apart by. */
function made(kind: string, order: typeof asWritten): { template: Json; bodies: string[] } {
  const stack = newStack();
  EVERYTHING[kind](stack, order);
  const template = templateOf(stack);
  const bodies = Object.values<Json>(template.Resources)
    .map(({ Properties }) => Properties?.Body)
    .filter((body) => body !== undefined)
    .map((body) => JSON.stringify(body));
  return { template, bodies };
}

test.each(Object.keys(EVERYTHING))('%s: the order in which a user writes things changes nothing', (kind) => {
  const one = made(kind, asWritten);
  const other = made(kind, turned);
  expect(Object.keys(one.template.Resources).length).toBeGreaterThan(8);
  expect(other.template).toEqual(one.template);
  if (kind !== 'domain') expect(other.bodies).toEqual(one.bodies);
});

test('the name of an authorizer does not follow the order of its user pools', () => {
  const nameOf = (...ids: string[]) => {
    const stack = newStack();
    const pools = Object.fromEntries(['Staff', 'Clients'].map((id) => [id, new UserPool(stack, id)]));
    rest(stack, { defaultAuthorizer: RestAuthorizer.cognito({ userPools: ids.map((id) => pools[id]) }) });
    return Object.keys(
      resource(templateOf(stack), 'AWS::ApiGateway::RestApi').Properties.Body.components.securitySchemes,
    );
  };
  expect(nameOf('Staff', 'Clients')).toEqual(['cognito-Clients-Staff']);
  expect(nameOf('Clients', 'Staff')).toEqual(['cognito-Clients-Staff']);
});

test('the methods of CORS do not follow the order of routes', () => {
  const methodsOf = (...methods: string[]) => {
    const stack = newStack();
    const integration = HttpIntegration.http('https://example.com/');
    const routes = Object.fromEntries(methods.map((method) => [`${method} /`, { integration }]));
    http(stack, { routes, cors: { allowOrigins: ['https://a.example'] } });
    return resource(templateOf(stack), 'AWS::ApiGatewayV2::Api').Properties.Body['x-amazon-apigateway-cors']
      .allowMethods;
  };
  expect(methodsOf('POST', 'DELETE', 'GET')).toEqual(['DELETE', 'GET', 'POST']);
  expect(methodsOf('GET', 'POST', 'DELETE')).toEqual(['DELETE', 'GET', 'POST']);
  expect(methodsOf('ANY')).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
});

test('the order is really another one', () => {
  expect(turned({ a: 1, b: 2 })).toEqual({ b: 2, a: 1 });
  expect(Object.keys(turned({ a: 1, b: 2 }))).toEqual(['b', 'a']);
  expect(turned(['a', 'b'])).toEqual(['b', 'a']);
});
