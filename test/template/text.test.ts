import * as fc from 'fast-check';
import { Expression } from '../../lib/template/model/expression';
import {
  afterLast,
  concat,
  isLiteral,
  isSameText,
  isUnknownText,
  keyWithReferencesAs,
  outline,
  referencesIn,
  referenceTo,
  splitText,
  startsOtherwise,
  type Text,
  textKey,
} from '../../lib/template/model/text';
import { describeRoutes } from '../../lib/template/describe/rest';
import { readModel } from '../../lib/template/reader/read';
import { apiOf, resource, source } from './source-of';

/** A part of a text: as a template writes it, and as a message prints it. */
interface Piece {
  readonly value: unknown;
  readonly print: string;
  readonly isReference: boolean;
}

const literal = (text: string): Piece => ({ value: text, print: text, isReference: false });
const ref = (name: string): Piece => ({ value: { Ref: name }, print: `<${name}>`, isReference: true });
const att = (name: string, attribute: string): Piece => ({
  value: { 'Fn::GetAtt': [name, attribute] },
  print: `<${name}.${attribute}>`,
  isReference: true,
});

/** Characters that delimit and that references are printed with. */
const characters = fc.string({ unit: fc.constantFrom('a', 'B', '0', '<', '>', '.', '#', ':', '/', '-'), maxLength: 8 });
const lookalike = fc.constantFrom('<Fn>', '<Fn.Arn>', '<unknown>', '<AWS::Region>', '<other.json#Fn>', '</Fn>');
const literals = fc.oneof(characters, lookalike).map(literal);
const references = fc.oneof(
  fc.constantFrom('Fn', 'Role', 'Env', 'Missing', 'AWS::Region', 'AWS::Partition').map(ref),
  fc
    .tuple(fc.constantFrom('Fn', 'Role', 'Missing'), fc.constantFrom('Arn', 'Nested.Value'))
    .map(([name, attribute]) => att(name, attribute)),
);
const pieces = fc.array(fc.oneof(literals, references), { minLength: 1, maxLength: 6 });

const RESOURCES = { Fn: resource('AWS::Lambda::Function'), Role: resource('AWS::IAM::Role') };
const SECTIONS = { Parameters: { Env: { Type: 'String' } } };

/** The text that a property comes to, in a template of that name. */
function read(value: unknown, file = 'app.json'): Text {
  const Stage = resource('AWS::ApiGateway::Stage', { ClientCertificateId: value });
  const model = readModel([source({ Resources: { ...RESOURCES, Stage }, ...SECTIONS }, { file })]);
  return model.detachedStages[0].clientCertificateId ?? '';
}

const join = (all: readonly Piece[]): unknown => ({ 'Fn::Join': ['', all.map(({ value }) => value)] });

/** What the pieces mean: neighbours that are literal are one. */
const meaning = (all: readonly Piece[]): string => {
  const merged: [boolean, string][] = [];
  for (const { print, isReference } of all) {
    const last = merged.at(-1);
    if (!isReference && last && !last[0]) last[1] += print;
    else if (isReference || print !== '') merged.push([isReference, print]);
  }
  return JSON.stringify(merged);
};

describe('a text', () => {
  test('prints its references as people read them, and its literals as they are', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        expect(String(read(join(all)))).toBe(all.map(({ print }) => print).join(''));
      }),
    );
  });

  test('is literal exactly where it holds no reference, whatever its characters', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const text = read(join(all));
        expect(isLiteral(text)).toBe(!all.some(({ isReference }) => isReference));
        expect(isUnknownText(text)).toBe(false);
      }),
    );
  });

  test('equals another exactly where both mean the same, whatever they print as', () => {
    fc.assert(
      fc.property(pieces, pieces, (one, other) => {
        for (const [a, b] of [
          [one, other],
          [one, [...one]],
          [one, one.map(({ print }) => literal(print))],
        ]) {
          const [left, right] = [read(join(a)), read(join(b))];
          expect(textKey(left) === textKey(right)).toBe(meaning(a) === meaning(b));
          expect(isSameText(left, right)).toBe(meaning(a) === meaning(b));
        }
      }),
    );
  });

  test('splits at the characters of its literals alone, and loses nothing', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(':', '/'), (all, delimiter) => {
        const text = read(join(all));
        const split = splitText(text, delimiter);
        expect(split.map(textKey)).toEqual(textKey(text).split(delimiter));
        expect(split.length).toBe(outline(text).split(delimiter).length);
        expect(split.length > 1 ? textKey(split.at(-1) ?? '') : undefined).toBe(
          split.length > 1 ? textKey(afterLast(text, delimiter) ?? '-') : undefined,
        );
        const again = concat('app.json', ...split.flatMap((one, at) => (at === 0 ? [one] : [delimiter, one])));
        expect(isSameText(again, text)).toBe(true);
      }),
    );
  });

  test('shows patterns one character for each reference', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const text = read(join(all));
        const shown = (reference: string): string =>
          all.map(({ print, isReference }) => (isReference ? reference : print)).join('');
        expect(outline(text)).toBe(shown('_'));
        expect(keyWithReferencesAs('*', textKey(text))).toBe(shown('*'));
      }),
    );
  });
});

describe('texts of several templates', () => {
  test('are the same where they refer to the same resource', () => {
    const child = { file: 'child.json', parent: { file: 'app.json', logicalId: 'Child' } };
    const stage = (value: unknown) => resource('AWS::ApiGateway::Stage', { ClientCertificateId: value });
    const model = readModel([
      source({
        Resources: {
          ...RESOURCES,
          Stage: stage({ 'Fn::GetAtt': ['Fn', 'Arn'] }),
          Child: resource('AWS::CloudFormation::Stack', { Parameters: { Name: { 'Fn::GetAtt': ['Fn', 'Arn'] } } }),
        },
      }),
      source(
        { Parameters: { Name: { Type: 'String' } }, Resources: { ...RESOURCES, Stage: stage({ Ref: 'Name' }) } },
        child,
      ),
      source({ Resources: { ...RESOURCES, Stage: stage({ 'Fn::GetAtt': ['Fn', 'Arn'] }) } }, { file: 'other.json' }),
    ]);
    const [own, passed, other] = model.detachedStages.map(({ clientCertificateId = '' }) => clientCertificateId);
    expect([own, passed, other].map(String)).toEqual(['<Fn.Arn>', '<app.json#Fn.Arn>', '<Fn.Arn>']);
    expect([isSameText(own, passed), isSameText(own, other)]).toEqual([true, false]);
    expect(isSameText(own, referenceTo({ template: 'app.json', logicalId: 'Fn' }, 'Arn'))).toBe(true);
  });

  test('keep delimiters in the names of files apart', () => {
    const text = concat('a:b/c.json', 'x:', referenceTo({ template: 'a:b/c.json', logicalId: 'Fn' }), '/y');
    expect(textKey(text).split(/[:/]/)).toHaveLength(3);
  });
});

describe('what cannot be told', () => {
  test('is unknown where it stands, and the rest is known', () => {
    const text = read({ 'Fn::Join': ['', ['a-', { 'Fn::GetAZs': '' }, '-b']] });
    expect([String(text), isUnknownText(text), isLiteral(text)]).toEqual(['a-<unknown>-b', true, false]);
    expect(String(read('a-{{resolve:ssm:/x}}'))).toBe('a-<unknown>');
  });

  test('is told to begin otherwise only where it must', () => {
    const name = referenceTo({ template: 'app.json', logicalId: 'Name' });
    const begins = (...texts: Text[]): boolean => startsOtherwise(concat('app.json', ...texts), 'amazon-');
    expect([begins('amazon-x'), begins('other'), begins('ama')]).toEqual([false, true, true]);
    expect([begins(name), begins('ama', name), begins('other-', name), begins('amazon-', name)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('references are named with their attributes', () => {
    const text = read(join([literal('a'), att('Fn', 'Arn'), ref('Env'), ref('AWS::Region'), ref('Role')]));
    expect(referencesIn(text).map(({ logicalId, attribute }) => [logicalId, attribute])).toEqual([
      ['Fn', 'Arn'],
      ['Role', undefined],
    ]);
    expect(text).toBeInstanceOf(Expression);
  });
});

test('a table of routes names the service whose Region is a reference', () => {
  const uri = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/PutItem' };
  const operation = { 'x-amazon-apigateway-integration': { type: 'aws', httpMethod: 'POST', uri } };
  const api = apiOf({ openapi: '3.0.1', paths: { '/orders': { put: operation } } });
  expect(describeRoutes(api)).toMatchObject([{ integration: 'aws dynamodb' }]);
});
