import { breaks, type Draft, findings, goodResources, ids, keeps, type Json } from '../support';

describe('permissions', () => {
  const arn = (rest: string): object => ({
    'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${rest}`,
  });
  const allow =
    (...rests: string[]) =>
    (draft: Draft) => {
      rests.forEach((rest, index) =>
        draft.add(`P${index}`, 'AWS::Lambda::Permission', { ...draft.props('FnPermission'), SourceArn: arn(rest) }),
      );
      delete (draft.resources as Partial<Json>).FnPermission;
    };
  const forAlias = (draft: Draft, alias: string, permitted?: string): void => {
    const uri = `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Fn.Arn}:${alias}/invocations`;
    draft.integration.Uri = { 'Fn::Sub': uri } as unknown as Json;
    if (permitted !== undefined) {
      const name = { 'Fn::Sub': `\${Fn.Arn}:${permitted}` };
      draft.add('AliasPermission', 'AWS::Lambda::Permission', { ...draft.props('FnPermission'), FunctionName: name });
    }
  };

  breaks('ALL-AUTH33', 'a function without permission', {
    both: (draft) => delete (draft.resources as Partial<Json>).FnPermission,
  });
  breaks('ALL-AUTH33', 'a permission for another path', { both: allow('*/*/customers*') });
  breaks('ALL-AUTH33', 'a permission for another verb', { both: allow('*/POST/orders', '*/POST/orders/*') });
  breaks('ALL-AUTH33', 'a permission for the test stage alone', { both: allow('test-invoke-stage/*/*') });
  breaks('ALL-AUTH33', 'a permission for another service', {
    both: (draft) => draft.set('FnPermission', { Principal: 's3.amazonaws.com' }),
  });
  breaks('ALL-AUTH33', 'a permission for another API', {
    both: (draft) => {
      draft.add('Other', 'AWS::ApiGateway::RestApi', {
        Name: 'other',
        ...(draft.props('Api').Body && { Body: draft.body }),
      });
      draft.set('Other', { EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: 'TLS_1_2' });
      draft.set('FnPermission', {
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Other}/*/*' },
      });
      if (draft.props('Other').Body) {
        draft.props('Other').Body = { openapi: '3.0.1', paths: {} } as unknown as Json;
      }
    },
  });
  breaks('ALL-AUTH33', 'an alias that has none of its own', {
    resources: (draft) => forAlias(draft, 'live'),
  });
  breaks('ALL-AUTH33', 'an authorizer that may not be asked', {
    resources: (draft) => {
      draft.resources.Authorizer.Properties = {
        RestApiId: { Ref: 'Api' },
        Type: 'TOKEN',
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerUri: draft.integration.Uri,
      } as unknown as Json;
      for (const method of ['ListOrders', 'CreateOrder', 'GetOrder']) {
        draft.set(method, { AuthorizationType: 'CUSTOM' });
      }
    },
  });
  keeps('ALL-AUTH33', 'one statement for the API', { both: allow('*') });
  keeps('ALL-AUTH33', 'one statement a method', {
    both: allow('prod/GET/orders', '*/POST/orders', '*/GET/orders/*'),
  });
  keeps('ALL-AUTH33', 'the path as the API writes it', { both: allow('*/*/orders', '*/GET/orders/{id}') });
  keeps('ALL-AUTH33', 'a permission for anybody', {
    both: (draft) => draft.unset('FnPermission', 'SourceArn'),
    also: ['ALL-AUTH31'],
  });
  keeps('ALL-AUTH33', 'a source that cannot be told', {
    both: (draft) => draft.set('FnPermission', { SourceArn: { 'Fn::ImportValue': 'arn' } }),
  });
  keeps('ALL-AUTH33', 'a function by its name', {
    both: (draft) => {
      draft.set('Fn', { FunctionName: 'orders' });
      draft.set('FnPermission', { FunctionName: 'orders' });
    },
  });
  keeps('ALL-AUTH33', 'credentials', {
    resources: (draft) => {
      delete (draft.resources as Partial<Json>).FnPermission;
      for (const method of ['ListOrders', 'CreateOrder', 'GetOrder']) {
        Object.assign(draft.props(method).Integration, { Credentials: { 'Fn::GetAtt': ['Role', 'Arn'] } });
      }
    },
  });
  keeps('ALL-AUTH33', 'an alias with a permission', { resources: (draft) => forAlias(draft, 'live', 'live') });

  test('ALL-AUTH33 speaks of each function once', () => {
    const draft = goodResources();
    delete (draft.resources as Partial<Json>).FnPermission;
    const found = findings(draft.template);
    expect(found).toHaveLength(1);
    expect(found[0].message).toContain('GET /orders, POST /orders');
    expect(found[0].key).toBe('Fn');
  });

  breaks('ALL-AUTH34', 'an alias from a stage variable without permission', {
    resources: (draft) => {
      forAlias(draft, '${!stageVariables.alias}', 'dev');
      draft.set('Stage', { Variables: { alias: 'prod' } });
    },
  });
  keeps('ALL-AUTH34', 'a permission for each value', {
    resources: (draft) => {
      forAlias(draft, '${!stageVariables.alias}', 'prod');
      draft.set('Stage', { Variables: { alias: 'prod' } });
    },
  });
  keeps('ALL-AUTH34', 'a permission for an alias resource', {
    resources: (draft) => {
      forAlias(draft, '${!stageVariables.alias}');
      draft.set('Stage', { Variables: { alias: 'prod' } });
      draft.add('Live', 'AWS::Lambda::Alias', { FunctionName: { Ref: 'Fn' }, FunctionVersion: '1', Name: 'prod' });
      draft.add('AliasPermission', 'AWS::Lambda::Permission', {
        ...draft.props('FnPermission'),
        FunctionName: { Ref: 'Live' },
      });
    },
  });

  test('the functions of other stacks count too', () => {
    const draft = goodResources();
    const { Fn, FnPermission, ...api } = draft.resources;
    const there = {
      Resources: { Fn, FnPermission },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Export: { Name: 'FnArn' } } },
    };
    const uri = {
      'Fn::Join': [
        '',
        [
          'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/',
          { 'Fn::ImportValue': 'FnArn' },
          '/invocations',
        ],
      ],
    };
    for (const method of ['ListOrders', 'CreateOrder', 'GetOrder']) {
      api[method].Properties.Integration.Uri = uri as unknown as Json;
    }
    delete FnPermission.Properties.SourceArn as unknown;
    Object.assign(FnPermission.Properties, { SourceAccount: '123456789012' });
    expect(ids(findings({ Resources: api }, there))).toEqual([]);
    Object.assign(FnPermission.Properties, { Principal: 'events.amazonaws.com' });
    expect(ids(findings({ Resources: api }, there))).toEqual(['ALL-AUTH33']);
  });
});
