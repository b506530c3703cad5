import { ApiDocument } from '../../../lib/template/sam/document';

test('paths that are added one after the other are not gone over again for each', () => {
  const document = new ApiDocument({ swagger: '2.0' });
  let looks = 0;
  document.root.paths = new Proxy<Record<string, unknown>>(
    {},
    {
      ownKeys: (paths) => {
        looks++;
        return Reflect.ownKeys(paths);
      },
    },
  );
  for (let index = 0; index < 100; index++) {
    expect(document.addOperation(`/r${index}`, 'get')).toEqual({});
    document.operation(`/r${index}`, 'get');
  }
  expect(looks).toBeLessThan(10);
  expect(Object.keys(document.paths)).toHaveLength(100);
});

test('paths that are put in the place of others are the paths', () => {
  const document = new ApiDocument({ swagger: '2.0', paths: { '/a': {} } });
  expect(Object.keys(document.paths)).toEqual(['/a']);
  document.root.paths = { '/b': {} };
  expect(Object.keys(document.paths)).toEqual(['/b']);
  document.root.paths = { 'Fn::Transform': {} };
  expect(document.paths).toEqual({});
  expect(document.addOperation('/c', 'get')).toBeUndefined();
});
