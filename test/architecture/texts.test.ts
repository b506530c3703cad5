import { join } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const READING = /^(lib\/(checks|template|policies)|runtime\/cli)\//;

const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.dev.json'), {}, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(String(messageText));
  },
} as ts.ParseConfigFileHost)!;
const relative = (file: string): string => file.slice(ROOT.length + 1).replaceAll('\\', '/');
const roots = config.fileNames.filter((file) => READING.test(relative(file)));
const EXAMPLE = join(ROOT, 'lib', 'checks', 'example-of-texts.ts');

/** What goes wrong without an error of the compiler where a text is an object. */
const EXAMPLES = `
import { type Text, type Texts } from '../template/model/text';
import { type Value } from '../template/model/value';
export const compared = (a: Text, b: Text): boolean => a === b;
export const keyed = (a: Text): Map<Text, string> => new Map([[a, '']]);
export const collected = (a: Text): boolean => new Set([a]).has(a);
export const printedKey = (keys: Set<string>, a: Text): boolean => keys.has(\`\${a}\`) || keys.has(String(a));
export function named(keys: Set<string>, a: Text): boolean {
  const key = \`key \${a}\`;
  return keys.has(key);
}
export const searched = (all: Text[], a: Text): boolean => all.includes(a) || all.indexOf(a) > 0;
export const counted = (texts: Value<Texts>): number => Object.keys(texts).length;
`;
const host = ts.createCompilerHost(config.options);
const { getSourceFile, fileExists, readFile } = host;
host.fileExists = (file) => file === EXAMPLE || fileExists.call(host, file);
host.readFile = (file) => (file === EXAMPLE ? EXAMPLES : readFile.call(host, file));
host.getSourceFile = (file, version) =>
  file === EXAMPLE ? ts.createSourceFile(file, EXAMPLES, version, true) : getSourceFile.call(host, file, version);
const program = ts.createProgram([...roots, EXAMPLE], config.options, host);
const checker = program.getTypeChecker();

const some = (type: ts.Type, test: (one: ts.Type) => boolean): boolean =>
  type.isUnion() ? type.types.some((one) => some(one, test)) : test(type);
const typeOf = (node: ts.Node): ts.Type => checker.getTypeAtLocation(node);
const isText = (node: ts.Node): boolean => some(typeOf(node), (type) => type.symbol?.name === 'Expression');
const isLiteral = (node: ts.Node): boolean =>
  some(typeOf(node), (type) => (type.flags & ts.TypeFlags.StringLike) !== 0);
const mayBeUnknown = (node: ts.Node): boolean =>
  some(typeOf(node), (type) => (type.flags & ts.TypeFlags.UniqueESSymbol) !== 0);

/** A string that was made by printing, here or where it was named. */
function isPrinted(node: ts.Node): boolean {
  const named = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  const value = named && ts.isVariableDeclaration(named) ? (named.initializer ?? node) : node;
  return (
    (ts.isTemplateExpression(value) && value.templateSpans.some(({ expression }) => isText(expression))) ||
    (ts.isCallExpression(value) && value.expression.getText() === 'String' && value.arguments.some(isText))
  );
}

function fault(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
    return isText(node.left) && isText(node.right) ? 'compared by identity' : undefined;
  }
  if (ts.isNewExpression(node) && ['Map', 'Set'].includes(node.expression.getText())) {
    const [key] = checker.getTypeArguments(typeOf(node) as ts.TypeReference);
    return key && some(key, (type) => type.symbol?.name === 'Expression') ? 'key of a collection' : undefined;
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [argument] = node.arguments;
  if (!argument) return undefined;
  const called = node.expression.getText();
  if (/^Object\.(keys|values|entries)$/.test(called)) return mayBeUnknown(argument) ? 'may be unknown' : undefined;
  if (!/\.(has|get|set|add|delete|includes|indexOf)$/.test(called)) return undefined;
  if (isPrinted(argument)) return 'printed to be a key';
  return isText(argument) && isLiteral(argument) ? 'searched by identity' : undefined;
}

function faultsIn(file: string): string[] {
  const source = program.getSourceFile(file)!;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const what = fault(node);
    if (what !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${relative(file)}:${line + 1}: ${what}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('texts with references', () => {
  test('are found where they are taken for strings', () => {
    expect(faultsIn(EXAMPLE).map((each) => each.slice(each.lastIndexOf(': ') + 2))).toEqual([
      'compared by identity',
      'key of a collection',
      'searched by identity',
      'key of a collection',
      'printed to be a key',
      'printed to be a key',
      'printed to be a key',
      'searched by identity',
      'searched by identity',
      'may be unknown',
    ]);
  });

  test('are compared by their keys, and what may be unknown is asked first', () => {
    // These two do the comparing.
    const own = /^lib\/template\/(model\/text|reader\/(?:intrinsics|same))\.ts:/;
    expect(roots.length).toBeGreaterThan(300);
    expect(roots.flatMap(faultsIn).filter((each) => !own.test(each))).toEqual([]);
  });
});
