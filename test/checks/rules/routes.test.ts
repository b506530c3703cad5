import { breaks, type Draft, findings, goodBody, goodResources, keeps, type Json } from '../support';

/** One more path of the Body, as GET /orders. */
const path =
  (...paths: string[]) =>
  (draft: Draft) => {
    paths.forEach((name) => Object.assign(draft.body.paths, { [name]: { get: draft.operation('get', '/orders') } }));
  };
const allowAll = (draft: Draft): void => draft.unset('FnPermission', 'SourceArn');
const resource = (draft: Draft, id: string, parent: string, part: string): void => {
  draft.add(id, 'AWS::ApiGateway::Resource', { RestApiId: { Ref: 'Api' }, ParentId: { Ref: parent }, PathPart: part });
  draft.add(`Get${id}`, 'AWS::ApiGateway::Method', { ...draft.props('ListOrders'), ResourceId: { Ref: id } });
  (draft.resources.Deployment.DependsOn as unknown as string[]).push(`Get${id}`);
};

breaks('REST-ROUTE3', 'two variables under one parent', {
  resources: (draft) => resource(draft, 'Other', 'Orders', '{orderId}'),
  body: path('/orders/{orderId}/items'),
});
breaks('REST-ROUTE3', 'a greedy variable beside another', {
  resources: (draft) => resource(draft, 'Other', 'Orders', '{proxy+}'),
  body: path('/orders/{proxy+}'),
});
keeps('REST-ROUTE3', 'the same variable deeper', {
  resources: (draft) => resource(draft, 'Items', 'Order', 'items'),
  body: path('/orders/{id}/items/{item}'),
});
keeps('REST-ROUTE3', 'another variable under another parent', {
  resources: (draft) => resource(draft, 'Item', 'Order', '{item}'),
  body: path('/orders/{id}/{item}', '/orders/new/{name}'),
});

breaks('ALL-ROUTE4', 'a resource below a greedy one', {
  resources: (draft) => {
    draft.set('Order', { PathPart: '{id+}' });
    resource(draft, 'Items', 'Order', 'items');
    draft.narrow.ResourcePath = '/~1orders~1{id+}' as unknown as Json;
  },
  body: path('/orders/new/{rest+}/items'),
});
keeps('ALL-ROUTE4', 'a greedy variable at the end', { body: path('/orders/new/{rest+}') });

describe('ALL-ROUTE8', () => {
  // /orders and /orders/{id} are there already.
  const api = (count: number): Draft => {
    const draft = goodBody();
    allowAll(draft);
    path(...Array.from({ length: count - 2 }, (_, i) => `/r${i}`))(draft);
    return draft;
  };

  test.each([
    [250, []],
    [251, ['info']],
    [300, ['info']],
    [301, ['warning']],
  ])('%i resources', (count, severities) => {
    expect(findings(api(count).template)).toMatchObject(severities.map((severity) => ({ id: 'ALL-ROUTE8', severity })));
  });

  test('counts the resources between, and none twice', () => {
    const draft = api(200);
    path(...Array.from({ length: 50 }, (_, i) => `/deep/d${i}/leaf`))(draft);
    expect(findings(draft.template)).toMatchObject([{ message: expect.stringContaining('301 resources') as string }]);
  });
});

test('a method on the root is no resource of its own', () => {
  const draft = goodResources();
  draft.set('ListOrders', { ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } });
  allowAll(draft);
  expect(findings(draft.template)).toEqual([]);
});
