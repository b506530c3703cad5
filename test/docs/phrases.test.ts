import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { PHRASES } from './phrases';

const ROOT = join(__dirname, '..', '..');

interface Folder {
  readonly folder: string;
  readonly texts: readonly ('strings' | 'comments')[];
  /** Files whose strings are in templates: descriptions, titles and labels, which change with a deployment. */
  readonly inTemplates?: readonly string[];
}

const BOTH = ['strings', 'comments'] as const;

/** What is done; the other folders are added when they are. */
const FOLDERS: readonly Folder[] = [
  { folder: 'lib/authoring', texts: BOTH },
  { folder: 'lib/assertions', texts: BOTH },
  { folder: 'lib/checks', texts: BOTH },
  { folder: 'lib/diff', texts: BOTH },
  { folder: 'lib/document', texts: BOTH },
  { folder: 'lib/domain', texts: BOTH },
  { folder: 'lib/facts', texts: BOTH },
  { folder: 'lib/gateway', texts: BOTH },
  { folder: 'lib/http', texts: BOTH, inTemplates: ['preflight-acknowledgements.ts', 'preflight.ts'] },
  { folder: 'lib/integrations', texts: BOTH },
  { folder: 'lib/json-schema', texts: BOTH },
  { folder: 'lib/jwt', texts: BOTH },
  { folder: 'lib/lookup', texts: BOTH },
  { folder: 'lib/openapi', texts: BOTH },
  {
    folder: 'lib/operate',
    texts: BOTH,
    inTemplates: ['account-logging.ts', 'alarm-specs.ts', 'dashboard-graphs.ts'],
  },
  { folder: 'lib/patterns', texts: BOTH },
  { folder: 'lib/policies', texts: BOTH },
  { folder: 'lib/release', texts: BOTH },
  { folder: 'lib/rest', texts: BOTH, inTemplates: ['acknowledgements.ts', 'invocations.ts'] },
  { folder: 'lib/serve', texts: BOTH },
  { folder: 'lib/stages', texts: BOTH },
  { folder: 'lib/template', texts: BOTH },
  { folder: 'lib/usage-plans', texts: BOTH },
  { folder: 'lib/websocket', texts: BOTH, inTemplates: ['acknowledgements.ts'] },
  { folder: 'runtime', texts: BOTH },
  // Their strings are in templates.
  { folder: 'examples', texts: ['comments'] },
];

/** Not yet docs/decisions.md, and acknowledgements.md and kinds.md, which repeat texts of the library; rules.md is generated from the rules. */
const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md') && !/^(decisions|acknowledgements|kinds|rules)\.md$/.test(file))
    .map((file) => `docs/${file}`),
];

interface Text {
  readonly line: number;
  readonly text: string;
}

/** What a sentence quotes is not its English: code, links, placeholders, paths. */
const prose = (text: string): string =>
  text
    .replaceAll(/\{@link[^}]*\}|@see .*|@default\b|https?:\/\/\S+/g, '§')
    .replaceAll(/`[^`]*`/g, '§')
    .replaceAll(/"[^"\n]*"/g, '§');

function joined(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `§${literal.text}`).join('');
  if (ts.isParenthesizedExpression(node)) return joined(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [joined(node.left), joined(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Strings of at least two words, concatenations as one, and doc comments. */
function textsOf(source: string, kinds: Folder['texts']): Text[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    const text = joined(node);
    if (text !== undefined) texts.push({ line: lineOf(node.getStart()), text });
    if (text === undefined || ts.isTemplateExpression(node)) ts.forEachChild(node, visit);
  };
  if (kinds.includes('strings')) visit(file);
  for (const match of kinds.includes('comments') ? source.matchAll(/\/\*\*(?!\/)[^]*?\*\//g) : []) {
    texts.push({ line: lineOf(match.index), text: match[0].replaceAll(/^\/\*\*|\*\/$|\n\s*\*/g, ' ') });
  }
  return texts.filter(({ text }) => /\w\s+\w/.test(text));
}

const paragraphsOf = (document: string): Text[] =>
  document
    .replaceAll(/```[^]*?```/g, (code) => code.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .map((text, index) => ({ line: index + 1, text }));

function findings(file: string, texts: readonly Text[]): string[] {
  return texts.flatMap(({ line, text }) =>
    PHRASES.flatMap(([phrase, instead]) => {
      const found = phrase.exec(prose(text));
      return found ? [`${file}:${line}: "${found[0].trim()}": write ${instead}`] : [];
    }),
  );
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(ROOT, path)).isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
  });
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test.each(FOLDERS)('the texts of $folder have no phrase that a native writer would not use', (given) => {
  const { folder, texts, inTemplates = [] } = given;
  const files = sourcesIn(folder);
  expect(files.length).toBeGreaterThan(2);
  expect(files).toEqual(expect.arrayContaining(inTemplates.map((name) => `${folder}/${name}`)));
  const kindsOf = (file: string): Folder['texts'] =>
    inTemplates.includes(file.slice(folder.length + 1)) ? ['comments'] : texts;
  expect(files.flatMap((file) => findings(file, textsOf(read(file), kindsOf(file))))).toEqual([]);
});

test.each(DOCUMENTS)('%s has no phrase that a native writer would not use', (file) => {
  expect(findings(file, paragraphsOf(read(file)))).toEqual([]);
});

test.each([
  ['/** A route that is told its caller. */', 'told'],
  ["const text = 'the function answers 500';", 'answers'],
  ["const text = 'the key is in the header, ' + 'so that nobody sees it';", ', so that'],
  ['const text = `stage ${name} is no stage`;', 'is no'],
  ["const text = 'Where it is open, say why';", 'Where'],
  ['/**\n * Made\n * by hand.\n */', 'by hand'],
])('%s is found', (source, phrase) => {
  const found = findings('x.ts', textsOf(source, ['strings', 'comments']));
  expect(found.join()).toContain(`"${phrase}": write `);
});

test.each([
  "const told = answers['told'];",
  '/** Uses `told.answers`, {@link Beside} and "by hand". */',
  "const text = 'there is no stage, and both answers differ';",
  "const text = 'Where is the stage?';",
  "const text = 'besieged by handlers';",
  "import { anew } from './by hand';",
])('%s has none', (source) => {
  expect(findings('x.ts', textsOf(source, ['strings', 'comments']))).toEqual([]);
});
