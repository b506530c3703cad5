import { parseCloudFormationYaml } from '../../runtime/cli/cfn-yaml';
import { type CliIo } from '../../runtime/cli/io';
import { table, wrap } from '../../runtime/cli/table';

describe('layout', () => {
  test('wraps at words, cuts what is longer, leaves nothing out', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('one two three', 7, '  ')).toEqual(['one two', '  three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('', 4)).toEqual(['']);
    const text = 'fix: write arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/GET/orders in SourceArn';
    for (let width = 3; width < 100; width++) {
      const wrapped = wrap(text, width, '  ');
      expect(wrapped.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  test.each([40, 60, 80, 120, 500, undefined])('a table fits %p columns', (columns) => {
    const io: CliIo = { stdout: () => undefined, stderr: () => undefined, color: false, columns };
    const made = table(io, ['a', 'b'], [['short', 'long '.repeat(60)]]);
    const width = Math.max(...made.split('\n').map((line) => line.length));
    expect(width).toBe(Math.min(Math.max(columns ?? 120, 60), 200));
    expect(made.match(/long/g)).toHaveLength(60);
  });
});

describe('CloudFormation in YAML', () => {
  test('an alias stands for the whole function, and each place has its own', () => {
    const read = parseCloudFormationYaml('a: &a !GetAtt A.B\nb: *a\nc: &c { d: *a }\ne: [*c, *c]\n') as Record<
      string,
      unknown
    >;
    const att = { 'Fn::GetAtt': ['A', 'B'] };
    expect(read).toEqual({ a: att, b: att, c: { d: att }, e: [{ d: att }, { d: att }] });
    expect(parseCloudFormationYaml('a: &a { x: 1 }\nb: { <<: *a, y: 2 }\n')).toEqual({
      a: { x: 1 },
      b: { x: 1, y: 2 },
    });
    expect(parseCloudFormationYaml('a: &n 1\nb: *n\nc: &n 2\nd: *n\n')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test.each([
    ['!Ref A', { Ref: 'A' }],
    ['!Condition A', { Condition: 'A' }],
    ['!GetAtt A.B', { 'Fn::GetAtt': ['A', 'B'] }],
    ['!GetAtt A.Outputs.B', { 'Fn::GetAtt': ['A', 'Outputs.B'] }],
    ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }],
    ['!Sub "${A}-x"', { 'Fn::Sub': '${A}-x' }],
    ['!Sub ["${A}", { A: !Ref B }]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!Join ["", [a, !Ref B]]', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!Select [0, !Split [",", !Ref A]]', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'A' }] }] }],
    ['!If [A, !Ref B, !Ref "AWS::NoValue"]', { 'Fn::If': ['A', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }],
    ['!FindInMap [A, !Ref B, c]', { 'Fn::FindInMap': ['A', { Ref: 'B' }, 'c'] }],
    ['!ImportValue { "Fn::Sub": x }', { 'Fn::ImportValue': { 'Fn::Sub': 'x' } }],
    ['!Base64 x', { 'Fn::Base64': 'x' }],
    ['!Cidr [!GetAtt A.B, 2, 8]', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['A', 'B'] }, 2, 8] }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    [
      '!And [!Condition A, !Or [!Not [!Equals [a, b]], !Condition B]]',
      {
        'Fn::And': [
          { Condition: 'A' },
          { 'Fn::Or': [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, { Condition: 'B' }] },
        ],
      },
    ],
    [
      '!Transform { Name: N, Parameters: { P: !Ref A } }',
      { 'Fn::Transform': { Name: 'N', Parameters: { P: { Ref: 'A' } } } },
    ],
    ['2012-10-17', '2012-10-17'],
    ['12:30', '12:30'],
    ['y', 'y'],
    ['yes', true],
    ['OFF', false],
    ['"no"', 'no'],
    ['NONE', 'NONE'],
    ['29000', 29000],
  ])('%s', (yaml, json) => {
    expect(parseCloudFormationYaml(`a: ${yaml}`)).toEqual({ a: json });
  });

  test('anchors, merges and keys of one letter', () => {
    expect(parseCloudFormationYaml('a: &x { y: 1 }\nb: { <<: *x, n: 2 }')).toEqual({ a: { y: 1 }, b: { y: 1, n: 2 } });
  });

  test.each([
    ['a: !Reff x', 'line 1, column 10: !Reff is not a CloudFormation function'],
    ['a: [1', 'line 1, column 6: '],
    ['a: *b', 'line 1, column 4: *b stands for nothing: there is no &b before it'],
  ])('refuses %j', (yaml, message) => {
    expect(() => parseCloudFormationYaml(yaml)).toThrow(message);
  });
});
