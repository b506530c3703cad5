import { DecisionCache } from '../../lib/serve/lambda-authorizer';

const setUp = (most: number) => {
  let now = 0;
  const cache = new DecisionCache<string>(
    () => now,
    (value) => value.length,
    most,
  );
  return { cache, later: (ms: number) => (now += ms) };
};

describe('what is kept of decisions and responses', () => {
  test('is the latest, up to what all may come to', () => {
    const { cache } = setUp(10);
    for (const key of ['a', 'b', 'c', 'd']) cache.put(key, `${key}xx`, 60);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([undefined, 'bxx', 'cxx', 'dxx']);
    cache.put('long', 'x'.repeat(8), 60);
    expect(['b', 'c', 'd', 'long'].map((key) => cache.get(key)?.length)).toEqual([undefined, undefined, undefined, 8]);
  });

  test('counts once if it is put again, and not at all once it is dropped or over', () => {
    const { cache, later } = setUp(6);
    for (let at = 0; at < 10; at++) cache.put('a', 'xxx', 60);
    cache.put('b', 'xxx', 1);
    expect(cache.get('a')).toBe('xxx');
    later(2000);
    expect(cache.get('b')).toBeUndefined();
    cache.put('c', 'xxx', 60);
    expect(cache.get('a')).toBe('xxx');
    cache.drop('a');
    cache.put('d', 'xxx', 60);
    expect(cache.get('c')).toBe('xxx');
  });

  test('is nothing that is larger than all may be', () => {
    const { cache } = setUp(2);
    cache.put('a', 'xxx', 60);
    expect(cache.get('a')).toBeUndefined();
  });

  test('does not grow with the tokens that clients show', () => {
    const cache = new DecisionCache<number>(() => 0);
    for (let at = 0; at < 20_000; at++) cache.put(`token ${at}`, at, 300);
    expect([cache.get('token 0'), cache.get('token 9999'), cache.get('token 10000')]).toEqual([
      undefined,
      undefined,
      10_000,
    ]);
  });
});
