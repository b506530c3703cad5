import { breaks, type Draft, keeps } from '../support';

const narrow = (changes: object) => (draft: Draft) => Object.assign(draft.narrow, changes);
const CALLER = 'method.request.header.Authorization';
/** The key of GET /orders/{id}, beside what tells its callers apart. */
const keys = (...names: string[]): { resources: (draft: Draft) => void; body: (draft: Draft) => void } => ({
  resources: (draft) => Object.assign(draft.integration, { CacheKeyParameters: [CALLER, ...names] }),
  body: (draft) => Object.assign(draft.call('get', '/orders/{id}'), { cacheKeyParameters: [CALLER, ...names] }),
});

describe('the cache of a stage', () => {
  breaks('REST-CACHE1', 'no encryption', { both: narrow({ CacheDataEncrypted: undefined }) });
  breaks('REST-CACHE1', 'encryption turned off', { both: narrow({ CacheDataEncrypted: false }) });
  breaks('REST-CACHE1', 'a stage that the deployment describes', {
    both: (draft) => draft.set('Deployment', { StageDescription: { CachingEnabled: true } }),
  });
  keeps('REST-CACHE1', 'a method that is not cached', {
    both: narrow({ CacheDataEncrypted: false, CachingEnabled: false }),
  });

  breaks('REST-CACHE2', 'caching without a cache', { both: (draft) => draft.unset('Stage', 'CacheClusterEnabled') });
  keeps('REST-CACHE2', 'a cache from a parameter', {
    both: (draft) => draft.set('Stage', { CacheClusterEnabled: { Ref: 'Cache' } }),
  });

  breaks('REST-CACHE6', 'more than an hour', { both: narrow({ CacheTtlInSeconds: 3601 }) });
  keeps('REST-CACHE6', 'an hour', { both: narrow({ CacheTtlInSeconds: 3600 }) });

  breaks('REST-CACHE7', 'a cached POST', {
    also: ['REST-CACHE4'],
    both: narrow({ HttpMethod: 'POST', ResourcePath: '/~1orders' }),
  });
  keeps('REST-CACHE7', 'a POST whose cache is turned off', {
    both: narrow({ HttpMethod: 'POST', ResourcePath: '/~1orders', CachingEnabled: false }),
  });

  breaks('REST-CACHE8', 'a size that there is not', {
    both: (draft) => draft.set('Stage', { CacheClusterSize: '1' }),
  });
  for (const size of ['1.6', '237', 118]) {
    keeps('REST-CACHE8', `${size} GB`, { both: (draft) => draft.set('Stage', { CacheClusterSize: size }) });
  }
});

describe('the key of the cache', () => {
  breaks('REST-CACHE3', 'a path variable outside of the key', keys());
  breaks('REST-CACHE3', 'a query parameter where nothing is keyed', {
    also: ['REST-CACHE4'],
    resources: (draft) => {
      Object.assign(draft.narrow, { ResourcePath: '/~1orders' });
      draft.set('ListOrders', { RequestParameters: { 'method.request.querystring.page': false } });
    },
    body: (draft) => {
      Object.assign(draft.narrow, { ResourcePath: '/~1orders' });
      Object.assign(draft.operation('get', '/orders'), {
        parameters: [{ name: 'page', in: 'query', schema: { type: 'string' } }],
      });
    },
  });
  breaks('REST-CACHE3', 'caching for all methods', {
    also: ['REST-CACHE4'],
    resources: (draft) => {
      Object.assign(draft.integration, { CacheKeyParameters: [] });
      Object.assign(draft.narrow, { CachingEnabled: undefined });
      Object.assign(draft.wide, { CachingEnabled: true, CacheDataEncrypted: true });
    },
  });
  keeps('REST-CACHE3', 'a method that the stage does not cache', {
    also: ['REST-CACHE4'],
    resources: (draft) => {
      Object.assign(draft.integration, { CacheKeyParameters: [] });
      Object.assign(draft.narrow, { CachingEnabled: false });
      Object.assign(draft.wide, { CachingEnabled: true, CacheDataEncrypted: true });
    },
  });
  keeps('REST-CACHE3', 'a stage without cache', {
    also: ['REST-CACHE2'],
    resources: (draft) => {
      Object.assign(draft.integration, { CacheKeyParameters: [] });
      draft.set('Stage', { CacheClusterEnabled: false });
    },
  });
  keeps('REST-CACHE3', 'a variable that is keyed as the integration has it', {
    resources: (draft) =>
      Object.assign(draft.integration, {
        RequestParameters: { 'integration.request.path.id': 'method.request.path.id' },
        CacheKeyParameters: ['integration.request.path.id', CALLER],
      }),
  });

  breaks(
    'REST-CACHE5',
    'a key that is not declared',
    keys('method.request.path.id', 'method.request.querystring.page'),
  );
  keeps('REST-CACHE5', 'a declared query parameter', {
    resources: (draft) => {
      keys('method.request.path.id', 'method.request.querystring.page').resources(draft);
      draft.set('GetOrder', {
        RequestParameters: {
          'method.request.path.id': true,
          'method.request.querystring.page': true,
          [CALLER]: false,
        },
      });
    },
  });
});

describe('callers of a cached route', () => {
  breaks('REST-CACHE4', 'a key without the caller', {
    resources: (draft) => Object.assign(draft.integration, { CacheKeyParameters: ['method.request.path.id'] }),
    body: (draft) =>
      Object.assign(draft.call('get', '/orders/{id}'), { cacheKeyParameters: ['method.request.path.id'] }),
  });
  keeps('REST-CACHE4', 'the caller in a mapped parameter', {
    resources: (draft) =>
      Object.assign(draft.integration, {
        RequestParameters: { 'integration.request.header.Who': 'context.authorizer.claims.sub' },
        CacheKeyParameters: ['method.request.path.id', 'integration.request.header.Who'],
      }),
  });
  keeps('REST-CACHE4', 'a key that cannot be told', {
    resources: (draft) => Object.assign(draft.integration, { CacheKeyParameters: { 'Fn::ImportValue': 'key' } }),
  });

  const open = (draft: Draft): void => draft.set('GetOrder', { AuthorizationType: 'NONE', AuthorizerId: undefined });
  breaks('REST-CACHE9', 'an open route', { also: ['ALL-AUTH1'], resources: open });
  keeps('REST-CACHE9', 'an open route under a policy', {
    also: ['ALL-AUTH1'],
    resources: (draft) => {
      open(draft);
      const deny = { Effect: 'Deny', Principal: '*', Action: 'execute-api:InvalidateCache', Resource: '*' };
      draft.set('Api', { Policy: { Version: '2012-10-17', Statement: [deny] } });
    },
  });
});
