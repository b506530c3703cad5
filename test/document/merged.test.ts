import { App, CfnResource, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { canonical, isSame, merged } from '../../lib/document/merged';
import { PropertyOverrides } from '../../lib/document/property-overrides';
import { type Json } from '../support/stacks';

const leaf = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 3 }),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const key = fc.constantFrom('a', 'b', 'c', 'd.e', 'f\\g');
const { tree } = fc.letrec((tie) => ({
  tree: fc.dictionary(
    key,
    fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.constant('X').map((Ref) => ({ Ref })),
      tie('tree'),
    ),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
}));
const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => ['P', ...keys]);
/** Of one place, or of all properties at once. */
const overrides = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(path, fc.oneof(leaf, fc.constant(undefined), tree)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant<string[]>([]), fc.record({ P: tree }, { requiredKeys: [] })) },
  ),
  { maxLength: 4 },
);

const dotted = (parts: readonly string[]): string =>
  ['Properties', ...parts].map((part) => part.replace(/[.\\]/g, '\\$&')).join('.');

/** What CDK makes of properties and overrides, each at a path below `Properties`. */
function byCdk(properties: Json, all: readonly (readonly [string[], unknown])[]): Json {
  const stack = new Stack(new App(), 'Stack');
  const resource = new CfnResource(stack, 'Resource', {
    type: 'Test::Resource',
    properties: { P: structuredClone(properties) },
  });
  for (const [parts, value] of all) resource.addOverride(dotted(parts), structuredClone(value));
  return stack.resolve(resource._toCloudFormation()).Resources.Resource.Properties?.P;
}

test('overrides come to what CDK makes of them', () => {
  fc.assert(
    fc.property(tree, overrides, (properties, all) => {
      const given = canonical(all);
      const kept = new PropertyOverrides(['P']);
      for (const [parts, value] of all) kept.take(dotted(parts), value);
      expect(canonical(merged(properties, kept.all.P ?? {}) ?? null)).toBe(canonical(byCdk(properties, all) ?? null));
      expect(canonical(all)).toBe(given);
    }),
    { numRuns: 500 },
  );
});

test('nothing that it is given is changed', () => {
  fc.assert(
    fc.property(tree, tree, (target, source) => {
      const before = JSON.stringify([target, source]);
      merged(target, source);
      expect(JSON.stringify([target, source])).toBe(before);
    }),
  );
});

test('two values are the same where their texts are, whatever the order of keys', () => {
  fc.assert(
    fc.property(tree, tree, (a, b) => {
      expect(isSame(a, structuredClone(a))).toBe(true);
      expect(isSame(a, b)).toBe(canonical(a) === canonical(b));
    }),
  );
});

test('no name reaches the prototype of all objects', () => {
  const kept = new PropertyOverrides(['Tags']);
  kept.take('Properties.Tags.__proto__.polluted', 'yes');
  kept.take('Properties.Tags.constructor.polluted', 'yes');
  expect({}).not.toHaveProperty('polluted');
  expect(Object).not.toHaveProperty('polluted');
  expect(merged({}, kept.all)).toEqual({ Tags: { constructor: { polluted: 'yes' } } });
});

test('overrides of other properties are left to CDK', () => {
  const kept = new PropertyOverrides(['Name']);
  expect(kept.take('Properties.Body.info', 1)).toEqual({ value: 1 });
  expect(kept.take('Metadata.Name', 1)).toEqual({ value: 1 });
  expect(kept.take('Properties', { Name: 'a', Body: {} })).toEqual({ value: { Body: {} } });
  expect(kept.all).toEqual({ Name: 'a' });
});
