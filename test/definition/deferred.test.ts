import fc from 'fast-check';
import { deferred } from '../../lib/document/deferred-document';
import { compactJoin } from '../../lib/template/reader/compact-join';
import { withReferences } from '../../lib/template/reader/references-in-place';
import { type DeferredValues, withValues } from '../../lib/template/reader/deferred-values';
import { type Json } from '../support/stacks';
import { asSent, resolved } from './deployed';

/** Text with everything that has a meaning somewhere on the way. */
const text = fc
  .array(fc.constantFrom('a', '%{', '%{}', '%', '{', '}', '${', '${!', '"', '\\', '.', ' ', '}}', 'é'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const name = fc.constantFrom('Fn', 'Table', 'Role');
const reference: fc.Arbitrary<Json> = fc.oneof(
  name.map((Ref) => ({ Ref })),
  fc.constantFrom('AWS::Region', 'AWS::Partition').map((Ref) => ({ Ref })),
  name.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  name.map((id) => ({ 'Fn::GetAtt': `${id}.Outputs.X` })),
  name.map((id) => ({ 'Fn::ImportValue': `stack:${id}` })),
  name.map((id) => ({ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: id }] }] })),
);
const scalar: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    reference,
    fc
      .tuple(fc.constantFrom('', '', '/', '%{'), fc.array(fc.oneof(text, tie('value')), { minLength: 1, maxLength: 4 }))
      .map((join) => ({ 'Fn::Join': join })),
    fc
      .array(
        fc.oneof(
          fc.constantFrom('a', '%{', '${!b}', '}', '"', ' '),
          name.map((id) => `\${${id}.Arn}`),
        ),
        { maxLength: 4 },
      )
      .map((parts) => ({ 'Fn::Sub': parts.join('') })),
  ),
})).value;

/** A document as a template may have it. */
const document: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    scalar,
    fc.constant({ Ref: 'AWS::NoValue' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('a', '%{if}', 'b')), tie('value'), { maxKeys: 4 }).filter(isNoCall),
    fc.tuple(fc.constantFrom('Yes', 'No'), tie('value'), tie('value')).map((parts) => ({ 'Fn::If': parts })),
  ),
})).value;

function isNoCall(map: object): boolean {
  return Object.keys(map).every((key) => key !== 'Ref' && !key.startsWith('Fn::'));
}

const CONDITIONS = { Yes: true, No: false };

class Sent implements DeferredValues {
  constructor(private readonly values: Json) {}
  value(one: string) {
    return this.values[one];
  }
  text(parts: readonly (string | { readonly name: string })[]) {
    return parts.map((part) => (typeof part === 'string' ? part : this.values[part.name])).join('');
  }
  choice(condition: string, yes: unknown, no: unknown) {
    return this.values[condition] === 'true' ? yes : no;
  }
}

test('what is deployed is what the template would have said', () => {
  fc.assert(
    fc.property(document, (inside) => {
      const whole = { at: inside };
      const { document: asset, values } = deferred(whole);
      const written = JSON.parse(JSON.stringify(asset));
      const sent = asSent(resolved(values, CONDITIONS));
      expect(withValues(written, new Sent(sent))).toEqual(resolved(whole, CONDITIONS));
    }),
    { numRuns: 1000 },
  );
});

test('the reader puts back what it was made of', () => {
  fc.assert(
    fc.property(document, (inside) => {
      const whole = { at: inside };
      const { document: asset, values } = deferred(whole);
      const back = withReferences(JSON.parse(JSON.stringify(asset)), JSON.parse(JSON.stringify(values)));
      expect(resolved(back, CONDITIONS)).toEqual(resolved(whole, CONDITIONS));
    }),
    { numRuns: 1000 },
  );
});

test('a reference is a value once, however many texts it is in', () => {
  const arn = { 'Fn::GetAtt': ['Fn', 'Arn'] };
  const uri = (path: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${path}/`, arn, '/x']] });
  const { document: asset, values } = deferred({ a: uri('a'), b: compactJoin(uri('b')), c: arn });
  expect(asset).toEqual({
    a: 'arn:%{AWS::Partition}:a/%{Fn.Arn}/x',
    b: 'arn:%{AWS::Partition}:b/%{Fn.Arn}/x',
    c: '%{Fn.Arn}',
  });
  expect(values).toEqual({ 'AWS::Partition': { Ref: 'AWS::Partition' }, 'Fn.Arn': arn });
});

test('numbers and booleans that a condition chooses between stay what they are', () => {
  const { document: asset, values } = deferred({ at: { 'Fn::If': ['Big', { ttl: 300 }, { ttl: 0, on: false }] } });
  expect(asset).toEqual({ at: { '%{if}': '?Big', then: { ttl: 300 }, else: { ttl: 0, on: false } } });
  expect(values).toEqual({ '?Big': { 'Fn::If': ['Big', 'true', 'false'] } });
});

describe('dynamic references', () => {
  test('travel as values, alone, in texts, and with a value inside', () => {
    const parameter = '{{resolve:ssm:/url}}';
    const inside = { 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'Name' }, '}}/x']] };
    const { document: asset, values } = deferred({ a: parameter, b: `https://${parameter}/x`, c: inside });
    expect(asset).toEqual({ a: '%{#1}', b: 'https://%{#1}/x', c: '%{#2}' });
    expect(values).toEqual({ '#1': parameter, '#2': inside });
  });

  test.each<Json>([
    '{{resolve:secretsmanager:key}}',
    'Bearer {{resolve:ssm-secure:key:1}}',
    { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, '}}']] },
    { 'Fn::Sub': '{{resolve:secretsmanager:${Key}}}' },
    { 'Fn::Join': ['', ['Bearer ', { 'Fn::If': ['Yes', '{{resolve:secretsmanager:key}}', 'none'] }]] },
    { 'Fn::Select': [0, ['{{resolve:secretsmanager:key}}', 'b']] },
    { 'Fn::Sub': ['${A}', { A: '{{resolve:secretsmanager:key}}' }] },
  ])('of a secret are refused (%j)', (value) => {
    expect(() => deferred({ at: value })).toThrow(/contains \{\{resolve:.*would be readable in the bucket/);
  });
});

test.each<Json>([{ 'Fn::Transform': { Name: 'AWS::Include' } }, { a: 1, 'Fn::Transform': {} }])(
  'what only a template can do is refused (%j)',
  (value) => {
    expect(() => deferred({ at: value })).toThrow(/contains Fn::Transform, .*leave definitionAsAsset out/);
  },
);
