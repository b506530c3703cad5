import { breaks, keeps, type Json } from '../support';

describe('usage plans and keys', () => {
  breaks('REST-KEY2', 'a plan without a key', {
    resources: (draft) => {
      delete (draft.resources as Partial<Json>).PlanKey;
    },
  });
  keeps('REST-KEY2', 'a key that was made elsewhere', {
    resources: (draft) => draft.set('PlanKey', { KeyId: 'a1b2c3d4e5' }),
  });

  const stages = (more: object) => ({ ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' }, ...more }] });
  const throttled = (count: number) => ({
    Throttle: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`/orders/${index}/GET`, { RateLimit: 1, BurstLimit: 1 }]),
    ),
  });
  breaks('REST-KEY3', 'a plan that limits nothing', { resources: (draft) => draft.unset('Plan', 'Throttle') });
  keeps('REST-KEY3', 'a quota', {
    resources: (draft) => {
      draft.unset('Plan', 'Throttle');
      draft.set('Plan', { Quota: { Limit: 1000, Period: 'DAY' } });
    },
  });
  keeps('REST-KEY3', 'a throttle of one method', {
    resources: (draft) => {
      draft.unset('Plan', 'Throttle');
      draft.set('Plan', stages(throttled(1)));
    },
  });
  keeps('REST-KEY3', 'method throttles that cannot be told', {
    resources: (draft) => {
      draft.unset('Plan', 'Throttle');
      draft.set('Plan', stages({ Throttle: { 'Fn::Transform': { Name: 'Throttles' } } }));
    },
  });

  breaks('REST-KEY4', 'a limit without a period', {
    resources: (draft) => draft.set('Plan', { Quota: { Limit: 10 } }),
  });
  breaks('REST-KEY4', 'a period that is none', {
    resources: (draft) => draft.set('Plan', { Quota: { Limit: 10, Period: 'HOUR' } }),
  });
  keeps('REST-KEY4', 'a period that cannot be told', {
    resources: (draft) => draft.set('Plan', { Quota: { Limit: 10, Period: { 'Fn::ImportValue': 'period' } } }),
  });

  breaks('REST-KEY6', 'a fixed name', { resources: (draft) => draft.set('Key', { Name: 'acme' }) });
  keeps('REST-KEY6', 'a name that cannot be told', {
    resources: (draft) => draft.set('Key', { Name: { 'Fn::ImportValue': 'name' } }),
  });

  breaks('REST-KEY7', 'throttles of 21 methods', { resources: (draft) => draft.set('Plan', stages(throttled(21))) });
  keeps('REST-KEY7', 'throttles of 20 methods', { resources: (draft) => draft.set('Plan', stages(throttled(20))) });

  breaks('REST-KEY5', 'a written key', {
    resources: (draft) => draft.set('Key', { Value: 'abcdefghijklmnopqrstuvwxyz' }),
  });
  keeps('REST-KEY5', 'a key from a secret', {
    resources: (draft) => draft.set('Key', { Value: '{{resolve:secretsmanager:acme:SecretString:key}}' }),
  });
});
