import { breaks, type Draft, findings, goodBody, goodResources, keeps, type Json } from '../support';

/** One more path of the Body, as GET /orders. */
const path =
  (...paths: string[]) =>
  (draft: Draft) => {
    paths.forEach((name) => Object.assign(draft.body.paths, { [name]: { get: draft.operation('get', '/orders') } }));
  };
const allowAll = (draft: Draft): void => {
  draft.unset('FnPermission', 'SourceArn');
  draft.set('FnPermission', { SourceAccount: { Ref: 'AWS::AccountId' } });
};
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

const dependOn = (draft: Draft, ...names: string[]): void => {
  (draft.resources.Deployment.DependsOn as unknown as string[]).push(...names);
};

describe('routes that are there already', () => {
  const twice = (draft: Draft, more: object = {}): void => {
    draft.add('Again', 'AWS::ApiGateway::Method', draft.props('ListOrders'), more);
    dependOn(draft, 'Again');
  };
  breaks('REST-ROUTE1', 'a method of the same path and verb', { resources: (draft) => twice(draft) });
  keeps('REST-ROUTE1', 'one that another stack may have instead', {
    resources: (draft) => twice(draft, { Condition: 'IsOther' }),
  });
  keeps('REST-ROUTE1', 'another verb', {
    resources: (draft) => {
      draft.add('Delete', 'AWS::ApiGateway::Method', { ...draft.props('ListOrders'), HttpMethod: 'DELETE' });
      dependOn(draft, 'Delete');
    },
  });

  breaks('REST-ROUTE2', 'a resource of the same name', {
    resources: (draft) => draft.add('Again', 'AWS::ApiGateway::Resource', draft.props('Orders')),
  });
  keeps('REST-ROUTE2', 'the same name under another parent', {
    resources: (draft) =>
      draft.add('Nested', 'AWS::ApiGateway::Resource', { ...draft.props('Orders'), ParentId: { Ref: 'Orders' } }),
  });
  keeps('REST-ROUTE2', 'a name that cannot be told', {
    resources: (draft) => {
      for (const id of ['A', 'B']) {
        draft.add(id, 'AWS::ApiGateway::Resource', { ...draft.props('Orders'), PathPart: { 'Fn::ImportValue': id } });
      }
    },
  });
});

describe('characters of a path', () => {
  for (const part of ['a b', '{id}.json', 'a/b', 'ä', 'a|b']) {
    breaks('REST-ROUTE5', `"${part}" as a resource`, {
      resources: (draft) => draft.add('Odd', 'AWS::ApiGateway::Resource', { ...draft.props('Orders'), PathPart: part }),
    });
  }
  for (const route of ['/files/a b', '/files/{id}.json', '/files/ä']) {
    breaks('REST-ROUTE5', `${route} in a Body`, {
      body: (draft) => {
        path(route)(draft);
        draft.unset('FnPermission', 'SourceArn');
        draft.set('FnPermission', { SourceAccount: '1' });
      },
    });
  }
  for (const part of ['orders.v2', 'batch:get', '$metadata', '{proxy+}', '{order_id}', 'a-b_c']) {
    keeps('REST-ROUTE5', `"${part}"`, {
      resources: (draft) => draft.add('Odd', 'AWS::ApiGateway::Resource', { ...draft.props('Orders'), PathPart: part }),
    });
  }
});

describe('ALL-ROUTE9', () => {
  const ping = (route: string, mapped: unknown) => ({
    body: (draft: Draft) => {
      path(route)(draft);
      draft.unset('FnPermission', 'SourceArn');
      draft.set('FnPermission', { SourceAccount: '1' });
      draft.add('Mapping', 'AWS::ApiGateway::BasePathMapping', { DomainName: 'api.example.com', RestApiId: mapped });
    },
  });
  breaks('ALL-ROUTE9', '/ping behind a domain', ping('/ping', { Ref: 'Api' }));
  breaks('ALL-ROUTE9', '/sping behind a domain', ping('/sping', { Ref: 'Api' }));
  keeps('ALL-ROUTE9', '/ping behind the domain of another API', ping('/ping', { 'Fn::ImportValue': 'api' }));
  keeps('ALL-ROUTE9', 'a deeper /ping', ping('/orders/new/ping', { Ref: 'Api' }));
});
