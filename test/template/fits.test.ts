import * as fc from 'fast-check';
import { RESOURCE_PROPERTIES } from '../../lib/facts/resource-properties';
import { parseJson } from '../../lib/template/reader/numerals';
import { Node } from '../../lib/template/reader/node';
import { App, type Scope } from '../../lib/template/reader/scope';
import { Fits } from '../../lib/template/shapes/fits';
import { type Fields, fieldsOf, type Shape } from '../../lib/template/shapes/grammar';
import { Odd } from '../../lib/template/shapes/odd';
import { source } from '../checks/support';

const TYPE = 'AWS::ApiGateway::Method';

/** A template with the properties, and a nested stack if it is to have one. */
function scopeOf(properties: unknown, nested: boolean): Scope {
  const Fn = { Type: 'AWS::Lambda::Function' };
  const Nested = { Type: 'AWS::CloudFormation::Stack' };
  const Outputs = { List: { Value: { 'Fn::Split': [',', 'a,b'] } } };
  // As a file is read: numbers keep their spelling.
  const text = JSON.stringify({ Resources: { One: { Type: TYPE, Properties: properties }, Fn, Nested } });
  const main = source(parseJson(text.replaceAll('1234', '0.10')) as object, 'main.json');
  const child = {
    ...source({ Resources: {}, Outputs }, 'nested.json'),
    parent: { file: 'main.json', logicalId: 'Nested' },
  };
  return new App(nested ? [main, child] : [main]).scopes.get('main.json')!;
}

function judged(properties: unknown, fields: Fields, nested = false) {
  const scope = scopeOf(properties, nested);
  const node = Node.properties(scope, 'One');
  const odd = new Odd();
  odd.properties(node, fields, TYPE);
  return { fits: new Fits(scope).object(node.written, fields), found: odd.found };
}

const FUNCTIONS = [
  { Ref: 'Fn' },
  { Ref: 'Missing' },
  { Ref: 'AWS::NoValue' },
  { 'Fn::GetAtt': ['Fn', 'Arn'] },
  { 'Fn::GetAtt': ['Nested', 'Outputs.List'] },
  { 'Fn::Sub': 'a${Fn}' },
  { 'Fn::Join': ['', ['a', { Ref: 'Fn' }]] },
  { 'Fn::Split': [',', 'a,b'] },
  { 'Fn::If': ['Condition', 'a', { Ref: 'AWS::NoValue' }] },
  { 'Fn::Transform': { Name: 'Macro' }, a: 'b' },
];
const scalar = fc.constantFrom<unknown>('text', '', 'true', '7', '{{resolve:ssm:a}}', 7, 1234, true, false, null);
const anything = fc.oneof(scalar, fc.constantFrom<unknown>(...FUNCTIONS, [], ['a'], {}, { a: 'b' }));

/** Mostly what fits the shape. */
function valueOf(shape: Shape): fc.Arbitrary<unknown> {
  const other = { arbitrary: anything, weight: 1 };
  const often = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary, weight: 6 }, other);
  switch (shape.kind) {
    case 'boolean':
      return often(fc.boolean());
    case 'number':
      return often(fc.integer());
    case 'list':
      return often(fc.array(valueOf(shape.of), { maxLength: 2 }));
    case 'map':
      return often(fc.dictionary(fc.constantFrom('a', 'b', 'Ref', 'Fn::Sub'), valueOf(shape.of), { maxKeys: 2 }));
    case 'object':
      return often(propertiesOf(shape.fields));
    default:
      return often(fc.constantFrom('text', 'a'.repeat(40)));
  }
}

function propertiesOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const all = [...fields].map(([name, { shape, isRequired }]) =>
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), valueOf(shape))
      .map(([chance, value]) => (chance < (isRequired ? 9 : 3) ? [[name, value] as const] : [])),
  );
  const unknown = fc.integer({ min: 0, max: 20 }).map((chance) => (chance === 0 ? [['Unknown', 'a'] as const] : []));
  return fc.tuple(...all, unknown).map((some) => Object.fromEntries(some.flat()));
}

test('nothing is odd in properties that fit', () => {
  let fitting = 0;
  for (const text of Object.values(RESOURCE_PROPERTIES)) {
    const fields = fieldsOf(text);
    fc.assert(
      fc.property(propertiesOf(fields), fc.boolean(), (properties, nested) => {
        const { fits, found } = judged(properties, fields, nested);
        if (fits) fitting++;
        return !fits || found.length === 0;
      }),
      { numRuns: 60 },
    );
  }
  expect(fitting).toBeGreaterThan(500);
});

test.each<[string, string, object]>([
  ['texts, switches and numbers', 'A B:b C:n', { A: 'a', B: true, C: 7 }],
  ['a number as a text', 'A', { A: 7 }],
  ['lists, maps and objects', 'A:[s] B:{b} C:(D! E:n)', { A: ['a'], B: { x: true }, C: { D: 'd' } }],
  ['references', 'A! B C:j', { A: { Ref: 'Fn' }, B: { 'Fn::Sub': '${Fn}' }, C: { 'Fn::GetAtt': ['Fn', 'Arn'] } }],
])('%s fit', (_, grammar, properties) => {
  expect(judged(properties, fieldsOf(grammar))).toEqual({ fits: true, found: [] });
});

test.each<[string, string, object]>([
  ['an unknown property', 'A', { B: 'b' }],
  ['a missing one', 'A!', {}],
  ['an absent one', 'A!', { A: { Ref: 'AWS::NoValue' } }],
  ['a list for a text', 'A', { A: ['a'] }],
  ['a text that is none of the values', 'A:<a|b>', { A: 'c' }],
  ['a text that is too short', 'A:s2-3', { A: 'a' }],
])('%s does not fit', (_, grammar, properties) => {
  const { fits, found } = judged(properties, fieldsOf(grammar));
  expect(fits).toBe(false);
  expect(found).toHaveLength(1);
});

test('the output of a nested stack may be a list', () => {
  const { fits, found } = judged({ A: { 'Fn::GetAtt': ['Nested', 'Outputs.List'] } }, fieldsOf('A'), true);
  expect({ fits, odd: found.length }).toEqual({ fits: false, odd: 1 });
});
