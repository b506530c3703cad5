import { breaks, type Draft, findings, goodResources, keeps, type Json } from '../support';

const wide = (changes: object) => (draft: Draft) => Object.assign(draft.wide, changes);
const narrow = (changes: object) => (draft: Draft) => Object.assign(draft.narrow, changes);
const another = (changes: object) => (draft: Draft) => {
  (draft.stage.MethodSettings as unknown as object[]).push({
    ...changes,
    ThrottlingRateLimit: 1,
    ThrottlingBurstLimit: 1,
  });
};

describe('limits', () => {
  breaks('ALL-THR1', 'no settings at all', {
    also: ['ALL-LOG9'],
    both: (draft) => draft.unset('Stage', 'MethodSettings'),
  });
  breaks('ALL-THR1', 'a rate without burst', { both: wide({ ThrottlingBurstLimit: undefined }) });
  breaks('ALL-THR1', 'limits of one method only', {
    both: (draft) => {
      wide({ ThrottlingBurstLimit: undefined, ThrottlingRateLimit: undefined })(draft);
      narrow({ ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 })(draft);
    },
  });
  keeps('ALL-THR1', 'limits from a parameter', {
    both: wide({ ThrottlingBurstLimit: { Ref: 'Burst' }, ThrottlingRateLimit: { Ref: 'Rate' } }),
  });

  breaks('ALL-THR2', 'a rate of zero', { both: wide({ ThrottlingRateLimit: 0 }) });
  breaks('ALL-THR2', 'a burst of zero for one method', { both: narrow({ ThrottlingBurstLimit: 0 }) });
  keeps('ALL-THR2', 'less than one a second', { both: wide({ ThrottlingRateLimit: 0.5 }) });
});

describe('what a setting is for', () => {
  breaks('REST-THR6', 'a path that does not begin with a slash', {
    both: another({ HttpMethod: 'GET', ResourcePath: 'orders' }),
  });
  breaks('REST-THR6', 'a slash that is not encoded', {
    both: another({ HttpMethod: 'GET', ResourcePath: '/orders/{id}' }),
  });
  breaks('REST-THR6', 'a path that does not exist', {
    both: another({ HttpMethod: 'GET', ResourcePath: '/~1order' }),
  });
  breaks('REST-THR6', 'a method that does not exist', {
    both: another({ HttpMethod: 'DELETE', ResourcePath: '/~1orders' }),
  });
  keeps('REST-THR6', 'a method of the API', { both: another({ HttpMethod: 'POST', ResourcePath: '/~1orders' }) });
  keeps('REST-THR6', 'all methods of a path', { both: another({ HttpMethod: '*', ResourcePath: '/~1orders' }) });
  keeps('REST-THR6', 'a path that cannot be told', {
    both: another({ HttpMethod: 'GET', ResourcePath: { Ref: 'Path' } }),
  });
  keeps('REST-THR6', 'any path of an API that cannot be told', {
    resources: (draft) => {
      draft.set('Orders', { PathPart: { Ref: 'Part' } });
    },
  });

  test('REST-THR6 says which stage and path', () => {
    const draft = goodResources();
    (draft.narrow as Partial<Json>).ResourcePath = '/~1nowhere' as unknown as Json;
    expect(findings(draft.template)[0]).toMatchObject({
      message: expect.stringContaining('stage "prod" is for GET /nowhere') as string,
      logicalId: 'Stage',
      path: 'Properties.MethodSettings.1',
    });
  });
});

describe('limits', () => {
  const wide = (changes: object) => ({ both: (draft: Draft) => Object.assign(draft.wide, changes) });
  breaks('ALL-THR3', 'more than an account has', wide({ ThrottlingRateLimit: 10_001, ThrottlingBurstLimit: 5000 }));
  keeps('ALL-THR3', 'all that an account has', wide({ ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5000 }));

  breaks('ALL-THR4', 'a burst that the rate never fills', wide({ ThrottlingBurstLimit: 99 }));
  keeps('ALL-THR4', 'a tenth of the rate', wide({ ThrottlingBurstLimit: 100 }));
  keeps('ALL-THR4', 'a rate that cannot be told', wide({ ThrottlingBurstLimit: 1, ThrottlingRateLimit: { Ref: 'R' } }));

  const more = (setting: object) => ({
    both: (draft: Draft) => (draft.stage.MethodSettings as unknown as object[]).push(setting),
  });
  breaks('REST-THR7', 'a setting that sets nothing', more({ HttpMethod: 'GET', ResourcePath: '/~1orders' }));
  keeps('REST-THR7', 'a value from elsewhere', {
    ...more({ HttpMethod: 'GET', ResourcePath: '/~1orders', ThrottlingRateLimit: { 'Fn::ImportValue': 'rate' } }),
  });
});
