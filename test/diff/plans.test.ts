import { ref, resource } from '../template/source-of';
import { between, type Loose, shop, sourceWith } from './shop';

const edited = (edit: (r: Loose) => void) => {
  const resources = shop();
  edit(resources);
  return sourceWith(resources);
};
const seen = (before: (r: Loose) => void, after: (r: Loose) => void) =>
  between(edited(before), edited(after)).map((one) => `${one.class} | ${one.subject} | ${one.aspect}`);

describe('limits of single methods in a usage plan', () => {
  const limits = (prod: number, dev: number) => (r: Loose) => {
    r.Dev = resource('AWS::ApiGateway::Stage', { ...r.Prod.Properties, StageName: 'dev' });
    const stage = (name: string, RateLimit: number) => ({
      ...{ ApiId: ref('Api'), Stage: ref(name) },
      Throttle: { '/orders/GET': { RateLimit, BurstLimit: 1 } },
    });
    r.Plan.Properties.ApiStages = [stage('Prod', prod), stage('Dev', dev)];
  };

  test('are those of each stage', () => {
    expect(seen(limits(9, 5), limits(8, 5))).toEqual(['breaking | basic | rate limit of /orders/GET in shop/prod']);
    expect(seen(limits(9, 5), limits(9, 4))).toEqual(['breaking | basic | rate limit of /orders/GET in shop/dev']);
    expect(seen(limits(9, 5), limits(5, 9))).toHaveLength(2);
  });
});

test('caching of a whole stage is reported once', () => {
  const cached = (r: Loose) => (r.Prod.Properties.MethodSettings[0].CachingEnabled = true);
  expect(seen(() => undefined, cached)).toEqual(['unknown | prod | caching']);
  expect(seen(cached, () => undefined)).toEqual(['harmless | prod | caching']);
});

test('a stage of a plan is the same by its name and by a reference', () => {
  const named = (r: Loose) => (r.Plan.Properties.ApiStages[0].Stage = 'prod');
  expect(seen(() => undefined, named)).toEqual([]);
});

describe('an API key', () => {
  const enabled = (value?: boolean) => (r: Loose) => {
    if (value === undefined) delete r.Key.Properties.Enabled;
    else r.Key.Properties.Enabled = value;
  };

  test('is disabled if the template does not say', () => {
    expect(seen(enabled(), enabled(true))).toEqual(['opening | partner | enabled']);
    expect(seen(enabled(true), enabled())).toEqual(['breaking | partner | enabled']);
    expect(seen(enabled(), enabled(false))).toEqual([]);
  });
});
