import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import {
  ACCOUNT_LOGGING_TYPE,
  STAGE_CANARY_ATTRIBUTES,
  STAGE_CANARY_PLAN_TYPE,
  STAGE_CANARY_PROPERTIES,
  STAGE_CANARY_TYPE,
  stageCanaryLedger,
} from '../../lib/facts/own-resources';

const ROOT = join(__dirname, '..', '..');
const HOME = 'lib/facts/own-resources.ts';

const files = ['lib', 'runtime'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file)),
);

/** Strings, pieces of templates and names of properties; no comments. */
function wordsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      words.push(node.text);
    }
    if (ts.isPropertyAccessExpression(node)) words.push(node.name.text);
    const isNamed = ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isBindingElement(node);
    const name = isNamed ? ((ts.isBindingElement(node) ? node.propertyName : undefined) ?? node.name) : undefined;
    if (name && (ts.isIdentifier(name) || ts.isStringLiteral(name))) words.push(name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return words;
}

const words = new Map(files.map((file) => [file, wordsOf(file)]));

const spelling = (names: readonly string[], where: (file: string) => boolean): string[] =>
  [...words]
    .filter(([file]) => file !== HOME && where(file))
    .flatMap(([file, all]) => all.filter((word) => names.includes(word)).map((word) => `${file}: ${word}`));

describe('names of the own resources stand once', () => {
  const { candidate, stable, onActiveCanary, bakeSeconds, fingerprint } = STAGE_CANARY_PROPERTIES;
  const types = [ACCOUNT_LOGGING_TYPE, STAGE_CANARY_PLAN_TYPE, STAGE_CANARY_TYPE];

  test('they are seen where they stand', () => {
    expect(words.get(HOME)).toEqual(expect.arrayContaining([...types, candidate, '/apigateway/canary/']));
    expect(words.get('lib/release/stage-canary-resources.ts')).toContain('stageName');
  });

  test('those that AWS has not are nowhere else', () => {
    const own = [...types, candidate, stable, onActiveCanary, bakeSeconds, fingerprint, STAGE_CANARY_ATTRIBUTES.canary];
    expect(spelling(own, () => true)).toEqual([]);
  });

  test('those that AWS has as well are not in the code of the canary', () => {
    const all = Object.values(STAGE_CANARY_PROPERTIES);
    const isOfCanary = (file: string): boolean => /^(lib\/release|runtime\/handlers\/stage-canary)\//.test(file);
    expect(spelling(all, isOfCanary)).toEqual([]);
  });

  test('the path of the ledger is nowhere else', () => {
    const [path] = stageCanaryLedger('*', '').split('*');
    const found = [...words].filter(([file, all]) => file !== HOME && all.some((word) => word.includes(path)));
    expect(found.map(([file]) => file)).toEqual([]);
  });
});
