import * as fc from 'fast-check';
import { inputOf } from '../../../lib/serve/mapping/input';
import { UTIL } from '../../../lib/serve/mapping/util';
import { render } from '../../../lib/serve/vtl/render';
import { TemplateError } from '../../../lib/serve/vtl/scanner';
import { parseTemplate } from '../../../lib/serve/vtl/template';
import { JavaMap, type Value } from '../../../lib/serve/vtl/values';
import { BODY, PRELUDE, template } from './generated';

function rendered(text: string, variables: Record<string, Value> = {}): string {
  return render(parseTemplate(PRELUDE + text), { input: inputOf({ body: BODY }), util: UTIL, ...variables });
}

// Apache Velocity 1.7 renders all of these in the same way, but for what is nothing: velocity.test.ts compares it.
test.each([
  ['nothing prints nothing', '[$nothing] [${nothing}] [$s.nope()] [$m.zz.b]', '[] [] [] []'],
  ['any value but nothing and false is true', '#if($e)1#end#if($z)2#end#if($l)3#end#if($nul)4#end#if($f)5#end', '123'],
  ['a literal is not a condition', '#if(1)1#end#if("a")2#end#if(true)3#end', '3'],
  [
    'whole numbers divide as whole numbers',
    '#set($x = 7 / 2)$x; #set($x = 7.0 / 2)$x; #set($x = -7 % 3)$x',
    '3; 3.5; -1',
  ],
  [
    'whole numbers grow',
    '#set($x = 2147483647 + 1)$x; #set($x = 9223372036854775807 * 2)$x',
    '2147483648; 18446744073709551614',
  ],
  ['numbers keep what they are', '$one $big $exp; #set($x = $one + 1)$x', '1.0 12345678901234567890 1.0E21; 2.0'],
  ['nothing is not assigned', '#set($s = $nothing)$s; #set($x = 1 / 0)[$x]', 'banana; []'],
  ['texts join', '#set($x = "a" + 1 + $l)$x; #set($x = $s + $nothing)$x', 'a1["a","b","a"]; banana$nothing'],
  [
    'maps and lists print as Java prints them',
    '$m; #set($x = ["a", 1, {"b": $nul}])$x $deep.l',
    '{a=1, b=x, c={d=[true,{"e":null}]}}; [a, 1, {b=null}] [1,{"x":null}]',
  ],
  ['a list of JSON escapes the slash', '#set($x = $util.parseJson(\'["c/d"]\'))$x', '["c\\/d"]'],
  [
    'comparison is by value, and by text between types',
    '#if($n == 7.0)1#end#if($n == "7")2#end#if($s < "c")3#end#if($l == ["a", "b", "a"])4#end',
    '124',
  ],
  [
    'nothing is equal to nothing and to an empty text',
    '#if($nothing == $nul)1#end#if($nothing == "")2#end#if($nothing == "a")3#end',
    '12',
  ],
  [
    '#foreach restores its variable',
    '#set($i = 9)#foreach($i in [1..3])$i#if($foreach.hasNext),#end#end $i$!velocityCount',
    '1,2,3 9',
  ],
  ['#foreach goes through values', '#foreach($i in $m)$!i;#end#foreach($i in $s)x#end', '1;x;{d=[true,{"e":null}]};'],
  ['#break and #stop', '#foreach($i in $l)$i#if($i == "b")#break#end#end|#foreach($i in $l)$i#stop#end|', 'ab|a'],
  ['line ends of directives are not printed', '#if($t)\n  a\n#else\n  b\n#end\nc\n  #set($x = 1)\nd', '  a\nc\n  d'],
  ['a macro takes its arguments by name', '#macro(m1 $a)$a$a#end#m1($l.add("c"))$l', 'truetrue["a","b","a","c","c"]'],
  ['a macro may be used before it is defined', '#m2("q")#macro(m2 $a)<$a>#end', '<q>'],
  ['a definition is rendered each time', '#define($d)<$!x>#end$d#set($x = 1)$d', '<><1>'],
  ['names may have dashes', '$n-1|${n}-1', '|7-1'],
  ['escapes', '\\$s \\\\$s \\#if \\\\#if($t)x#end', '$s \\banana #if \\x'],
  ['text that is like a directive or a reference', '$5 # #1 a#b #fff; $ x #else1', '$5 # #1 a#b #fff; $ x #else1'],
  ['comments and literals', 'a## b\nc#* d *#e#[[$s #end]]#', 'ace$s #end'],
  ['indexes', '$l[0]$l[-1] $m["a"]; #set($l[1] = 5)$l $nul[0]', 'aa 1; ["a",5,"a"] '],
  [
    'texts in quotes',
    `#set($x = "it""s $n #if($t)y#end \\u0041")$x; #set($x = '$n \\u0041')$x`,
    'it"s 7 y A; $n \\u0041',
  ],
  ['views follow their map', '#set($k = $m.keySet())#set($m.z = 1)$k', '[a, b, c, z]'],
  ['an array prints its class', '$s.split("n") $s.split("n").size()', '[Ljava.lang.String;@1b6d3586 3'],
  [
    'only methods of Java are there',
    '$s.constructor$m.constructor$m["__proto__"]$!s.class$m.hasOwnProperty("a")$input.constructor',
    '',
  ],
])('%s', (_, text, expected) => {
  expect(rendered(text)).toBe(expected);
});

test.each([
  ['#if($t)a', '#end expected, found the end'],
  ['a\n#end', 'line 2, column 1: #end without a block, found "#end"'],
  ['#set($x = )', 'a value expected, found ")"'],
  ['#set($x = 5 -3)', 'a space after "-" expected'],
  ['$s.substring($n + 1)', '")" expected, found "+ 1)"'],
  ['${s', '"}" expected, found the end'],
  ['cost: $', 'a template may not end with "$"'],
  ['#foreach($x of $l)#end', '"in" expected, found " of $l)#end"'],
  ['#evaluate("$s")', '#evaluate is not supported'],
  ['$s.substring(9)', 'index 9 of a text of 6'],
  ['$l.get(3)', 'index 3 of a list of 3'],
  ['$n.parseInt("x")', '"x" is not a whole number'],
  ['$s.contains($nul)', 'contains of nothing'],
  ['$s.replaceAll("a", "$")', 'the replacement "$" has a "\\" or "$" that is not escaped with "\\"'],
  ['$s.replaceAll("(?>a)", "")', 'the pattern "(?>a)" has (?>, which is not supported here'],
  ['$s.matches("a)|(?:b")', 'the pattern "a)|(?:b" is not valid'],
  ['#foreach($i in $l)$l.add("x")#end', '#foreach goes through a list or map that its body adds to or removes from'],
  ['#macro(r)#r()#end#r()', '#r is nested in macros more than 20 deep'],
  ['#foreach($i in [1..9999])#foreach($j in [1..9999])#end#end', 'the template takes more than 1000000 steps'],
  ['#set($x = "0123456789")#foreach($i in [1..30])#set($x = $x + $x)#end', 'a text of more than 10000000 characters'],
  ['#set($x = [1..99999999])', 'a range of more than 1000000 numbers'],
  ['#set($l[0] = $l)$l', 'a value that holds itself'],
])('%s fails: %s', (text, message) => {
  expect(() => rendered(text)).toThrow(TemplateError);
  expect(() => rendered(text)).toThrow(message);
});

test('what a template assigns to a map of the service stays there', () => {
  const override = new JavaMap();
  const context = JavaMap.of({ responseOverride: override });
  expect(
    rendered(
      '#set($context.responseOverride.status = 404)#set($name = "x-a")#set($context.responseOverride[$name] = "b")',
      { context },
    ),
  ).toBe('');
  expect(override.get('status')).toEqual({ type: 'Integer', value: 404n });
  expect(override.get('x-a')).toBe('b');
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '$',
        '#',
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        '"',
        "'",
        '\\',
        '!',
        '.',
        'if',
        'set',
        'end',
        'foreach',
        '$s',
        '$l',
        ' in ',
        '#set(',
        '1',
        ' ',
        '..',
        '=',
        '-',
        '\n',
        '*',
        'macro',
      ),
    )
    .map((parts) => parts.join('')),
  template,
  fc
    .tuple(template, fc.nat(), fc.nat())
    .map(
      ([text, from, length]) =>
        text.slice(0, from % (text.length + 1)) + text.slice((from % (text.length + 1)) + (length % 5)),
    ),
);

test('no text does anything but render or fail with a place', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        expect(typeof rendered(text)).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    }),
    { numRuns: 2000 },
  );
});
