import * as fc from 'fast-check';

/** The body that generated templates read: a value of each kind, and texts that want escaping. */
export const BODY =
  '{"s":"banana","e":"","n":7,"z":0,"d":1.5,"one":1.0,"big":12345678901234567890,"exp":1e21,"t":true,"f":false,"nul":null,' +
  '"l":["a","b","a"],"nums":[3,1,2],"m":{"a":1,"b":"x","c":{"d":[true,{"e":null}]}},"deep":{"l":[1,{"x":null}],"p":"c\\/d"},' +
  '"q":"it\'s \\"so\\" é\\n"}';

/** Each name holds a value of the body. */
export const PRELUDE = ['s', 'e', 'n', 'z', 'd', 'one', 'big', 'exp', 't', 'f', 'nul', 'l', 'nums', 'm', 'deep', 'q']
  .map((name) => `#set($${name} = $input.path('$.${name}'))`)
  .join('');

const TEXTS = ['s', 'e', 'q'];
/** Without `big`: with fractions Java calculates in more digits than the engine has. */
const NUMBERS = ['n', 'z', 'd', 'one', 'exp'];

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const literal = fc.oneof(
  some("'a'", "''", '"b"', '"it""s"', '"$!{s}-$!{n}"', '"#if($t)y#{else}n#end"', "'$s'"),
  some('0', '1', '-3', '2147483647', '9223372036854775807', '1.5', '-0.25', '1e3', '12345678.9', '0.0001'),
  some('true', 'false'),
);

const text = some(...TEXTS);
const number = some(...NUMBERS);

/** Calls that give a value of any text, or throw in Java too. */
const textCalls = fc
  .tuple(
    text,
    some(
      ...[
        'length()',
        'trim()',
        'toUpperCase()',
        'isEmpty()',
        'hashCode()',
        'charAt(0)',
        'substring(2)',
        'substring(1, 3)',
      ],
      ...[
        "indexOf('a')",
        "indexOf('a', 2)",
        "lastIndexOf('n')",
        "contains('nan')",
        "startsWith('ba')",
        "endsWith('a')",
      ],
      ...[
        "replace('a', 'o')",
        "replaceAll('[an]', '<$0>')",
        "replaceFirst('a', '')",
        "matches('b.*')",
        "split('a').size()",
      ],
      ...[
        "split('n')[0]",
        "concat('!')",
        "equals('banana')",
        'equalsIgnoreCase("BANANA")',
        "compareTo('apple')",
        'empty',
      ],
      ...["split('')[1]", 'toString()', "split('a', 2)[1]", 'nope()', 'nope', 'length'],
    ),
  )
  .map(([name, call]) => `$!${name}.${call}`);

const collectionCalls = fc.oneof(
  fc
    .tuple(
      some('l', 'nums'),
      some(
        'size()',
        'get(1)',
        "contains('a')",
        'isEmpty()',
        "indexOf('b')",
        "add('c')",
        'remove(0)',
        "set(0, 'z')",
        'subList(0, 1)',
        'empty',
        'get(9)',
      ),
    )
    .map(([name, call]) => `$!${name}.${call}`),
  fc
    .tuple(some('l', 'nums', 'm', 's', 'nul'), some('[0]', '[-1]', '[$z]', "['a']", '[7]'))
    .map(([name, index]) => `$!${name}${index}`),
  some(
    '$!m.size()',
    "$!m.containsKey('a')",
    '$!m.keySet()',
    '$!m.values()',
    '$!m.entrySet()',
    "$!m.put('k', $n)",
    '$!m.a',
    '$!m.c.d[0]',
    '$!m.c.d[1].e',
    "$!m.get('b')",
    "$!m.remove('a')",
    '$!m.zz',
    '$!m.c',
    '$!deep',
    '$!deep.l',
    '$!deep.p',
    "$!m.containsValue('x')",
  ),
);

const printed = fc.oneof(
  some('s', 'n', 'd', 'one', 'big', 'exp', 't', 'f', 'nul', 'l', 'nums', 'm', 'deep', 'q', 'nothing', 'x', 'y').chain(
    (name) => some(`$!${name}`, `$!{${name}}`),
  ),
  textCalls,
  collectionCalls,
);

const reference = fc.oneof(
  some('$s', '$n', '$d', '$one', '$big', '$z', '$t', '$f', '$l', '$m', '$x', '$y', '$nothing', '$nul'),
  textCalls.map((call) => call.replace('$!', '$')),
);

/** What may be an operand of arithmetic: with a text Java only joins. */
const numeric = fc.oneof(
  number.map((name) => `$${name}`),
  some('1', '2', '3.5', '-4', '100000'),
);

const operand = fc.oneof(literal, reference);
const comparison = fc.oneof(
  fc
    .tuple(numeric, some('<', '>', '<=', '>=', '==', '!=', ' lt ', ' ge ', ' eq '), numeric)
    .map((parts) => parts.join(' ')),
  // Nothing is equal to an empty text on the service only.
  fc
    .tuple(
      some('$s', '$n', '$one', '$t', '$l', '$m'),
      some('==', '!='),
      fc.oneof(some('$s', '$n', '$l', "'banana'", "'7'", '7.0', "'true'", '["a","b","a"]')),
    )
    .map((parts) => parts.join(' ')),
  reference,
  reference.map((name) => `!${name}`),
);
const condition = fc.oneof(
  comparison,
  fc.tuple(comparison, some('&&', '||', ' and ', ' or '), comparison).map((parts) => parts.join(' ')),
  comparison.map((one) => `!(${one})`),
);

const value = fc.oneof(
  operand,
  fc.tuple(numeric, some(' + ', ' - ', ' * ', ' / ', ' % '), numeric).map((parts) => parts.join('')),
  fc.tuple(numeric, some(' + ', ' * '), numeric, some(' - ', ' / '), numeric).map((parts) => parts.join('')),
  fc.tuple(some('"a"', '$s', "'<'"), operand).map((parts) => parts.join(' + ')),
  condition,
  fc.array(operand, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  fc
    .array(fc.tuple(some("'a'", "'b'", '$s', '1'), operand), { maxLength: 3 })
    .map((entries) => `{${entries.map((entry) => entry.join(': ')).join(', ')}}`),
  some('[1..3]', '[3..$z]', '[$n..9]'),
);

const space = some('', '', ' ', '  ', '\n', '\n  ', '\t');
const plain = some(
  'a',
  ' b ',
  '{"k": ',
  '"',
  '}',
  ',',
  '$ ',
  '$5',
  '# ',
  '#1',
  '\\ ',
  '\\n',
  '|',
  'é',
  '\n',
  '\r\n',
  '## note\n',
  '#* note *#',
  '#[[ $s #end ]]#',
  '\\$s ',
  '\\\\$s ',
  '\\#if',
);

/** Templates of the whole language, as far as its results are the same on the service and in Velocity. */
export const template: fc.Arbitrary<string> = fc.letrec<{ block: string; node: string }>((tie) => ({
  block: fc.array(fc.tuple(space, tie('node')), { maxLength: 4 }).map((parts) => parts.flat().join('')),
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    plain,
    printed,
    fc.tuple(some('x', 'y'), value).map(([name, to]) => `#set($${name} = ${to})`),
    // What holds itself has no end.
    fc.tuple(some('m.k', "m['k']", 'l[0]', 'nums[1]'), literal).map(([name, to]) => `#set($${name} = ${to})`),
    fc.tuple(condition, tie('block')).map(([test, then]) => `#if(${test})${then}#end`),
    fc
      .tuple(condition, tie('block'), condition, tie('block'), tie('block'))
      .map(([a, one, b, two, three]) => `#if(${a})${one}#elseif(${b})${two}#{else}${three}#end`),
    fc
      .tuple(
        some('$l', '$nums', '$m', '[1..3]', '$m.keySet()', '$m.entrySet()', '$s', '$nothing', "$s.split('a')"),
        tie('block'),
        some('', '#if($foreach.hasNext),#end', '$foreach.index:$!foreach.count ', '#if($foreach.last)#break#end'),
      )
      .map(([of, body, end]) => `#foreach($i in ${of})$!i${body}${end}#end`),
    fc.tuple(tie('block'), tie('block')).map(([body, between]) => `#define($w)${body}#end${between}$!w`),
  ),
})).block;
