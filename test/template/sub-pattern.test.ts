import fc from 'fast-check';
import { eachPiece } from '../../lib/template/reader/sub-pattern';

function piecesOf(pattern: string): string[] {
  const pieces: string[] = [];
  eachPiece(
    pattern,
    (text) => text !== '' && pieces.push(text),
    (name) => pieces.push(`<${name}>`),
  );
  return pieces;
}

test('variables are what an innermost pair of brackets behind a dollar sign holds', () => {
  const sign = fc.constantFrom('$', '{', '}', '${', '!', ' ', 'a', 'B', '.', ':', '\n');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 20 }), (pattern) => {
      const replaced = pattern.replaceAll(/\$\{([^{}]*)\}/g, (_, written: string) => {
        const name = written.trim();
        return name.startsWith('!') ? `\${${name.slice(1)}}` : `<${name}>`;
      });
      expect(piecesOf(pattern).join('')).toBe(replaced);
    }),
    { numRuns: 2000 },
  );
});

test('texts and variables take turns', () => {
  expect(piecesOf('arn:${AWS::Partition}:s3:::${ Bucket.Name }/${!Literal}')).toEqual([
    'arn:',
    '<AWS::Partition>',
    ':s3:::',
    '<Bucket.Name>',
    '/',
    '${Literal}',
  ]);
});
