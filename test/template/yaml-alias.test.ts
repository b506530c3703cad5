import fc from 'fast-check';
import { isAlias, parseDocument, visit } from 'yaml';
import { MAY_HAVE_ALIAS, parseYaml, readYaml } from '../../lib/template/reader/yaml';

const sign = fc.constantFrom(
  ...[
    '*a',
    '*a',
    '&a ',
    '&a',
    '[',
    ']',
    '{',
    '}',
    ',',
    ': ',
    ':',
    '"k"',
    "'k'",
    ' ',
    '\n',
    '- ',
    '-',
    '? ',
    '!t ',
    'x',
    '#',
    '*',
  ],
);

function hasAlias(text: string): boolean {
  const document = parseDocument(text, { schema: 'yaml-1.1', logLevel: 'silent' });
  let isFound = false;
  // With a mistake in it, nothing is looked at.
  if (document.errors.length > 0) return false;
  visit(document, (_, node) => {
    isFound ||= isAlias(node);
  });
  return isFound;
}

test('each text with an alias is looked at for aliases', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 12 }), fc.boolean(), (text, isAnchored) => {
      const whole = isAnchored ? `[&a x, ${text}]` : text;
      if (!hasAlias(whole)) return;
      found++;
      expect(whole).toMatch(MAY_HAVE_ALIAS);
    }),
    { numRuns: 5000 },
  );
  expect(found).toBeGreaterThan(100);
});

test('an asterisk inside of a text is not looked at', () => {
  const text = 'Arn: arn:aws:execute-api:eu-west-1:123456789012:a/*/GET/*\nQuoted: "*/GET"\nAny: "*"\n';
  expect(text).not.toMatch(MAY_HAVE_ALIAS);
  expect(parseYaml(text)).toMatchObject({ Quoted: '*/GET', Any: '*' });
});

test('keys that are there twice are told in the order of the document, in maps of few and of many keys', () => {
  const many = Array.from({ length: 9 }, (_, index) => `  k${index}: 1`).join('\n');
  const { duplicates } = readYaml(`a:\n  b: {c: 1, c: 2}\n  b: 2\nm:\n${many}\n  k3: 2\n`);
  expect(duplicates.map(({ path }) => path.join('.'))).toEqual(['a.b.c', 'a.b', 'm.k3']);
});
