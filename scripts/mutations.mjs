/** The small changes of a file that `npm run mutants` tries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const { SyntaxKind } = ts;
const OPPOSITES = new Map([
  [SyntaxKind.LessThanToken, '<='],
  [SyntaxKind.LessThanEqualsToken, '<'],
  [SyntaxKind.GreaterThanToken, '>='],
  [SyntaxKind.GreaterThanEqualsToken, '>'],
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.AmpersandAmpersandToken, '||'],
  [SyntaxKind.BarBarToken, '&&'],
]);
const METHODS = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
};

/** All changes of a file, each with the whole text that comes of it. */
export function mutationsOf(root, file) {
  const source = readFileSync(join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (label, start, end, text) => {
    const { line } = tree.getLineAndCharacterOfPosition(start);
    const changed = source.slice(0, start) + text + source.slice(end);
    found.push({ file, place: `${file}:${line + 1}`, label, old: source.slice(start, end), text, changed });
  };
  const replace = (label, node, text) => add(label, node.getStart(tree), node.getEnd(), text);
  /** With the comma behind it, or else the one before. */
  const remove = (label, node, list) => {
    const at = list.indexOf(node);
    if (at < list.length - 1) add(label, node.getStart(tree), list[at + 1].getStart(tree), '');
    else add(label, at > 0 ? list[at - 1].getEnd() : node.getStart(tree), node.getEnd(), '');
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (thrown(node)) return;
    changesOf(node, { replace, remove, add, tree });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The words of an error are for its own tests, and many; that it is thrown is tried. */
function thrown(node) {
  return ts.isThrowStatement(node) || (ts.isCallExpression(node) && /[eE]rror$/.test(node.expression.getText()));
}

function changesOf(node, { replace, remove, tree }) {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken;
    const opposite = OPPOSITES.get(operator.kind);
    if (opposite) replace('operator', operator, opposite);
    if (operator.kind === SyntaxKind.QuestionQuestionToken) replace('no default', node, node.left.getText(tree));
    if (operator.kind === SyntaxKind.PlusToken && !textual(node)) replace('operator', operator, '-');
    if (operator.kind === SyntaxKind.MinusToken) replace('operator', operator, '+');
  } else if (node.kind === SyntaxKind.TrueKeyword) replace('boolean', node, 'false');
  else if (node.kind === SyntaxKind.FalseKeyword) replace('boolean', node, 'true');
  else if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    replace('no "not"', node, node.operand.getText(tree));
  } else if (ts.isNumericLiteral(node) && !ts.isElementAccessExpression(node.parent)) {
    replace('number', node, String(Number(node.text.replaceAll('_', '')) + 1));
  } else if (ts.isStringLiteral(node) && constant(node)) replace('text', node, `'${node.text}Slip'`);
  else if (ts.isRegularExpressionLiteral(node)) regex(node, replace);
  else if (ts.isConditionalExpression(node)) {
    replace('always the first', node, `(${node.whenTrue.getText(tree)})`);
    replace('always the second', node, `(${node.whenFalse.getText(tree)})`);
  } else if (ts.isIfStatement(node)) {
    if (!node.elseStatement) replace('no step', node, ';');
  } else if (ts.isExpressionStatement(node)) {
    if (!/^super\(/.test(node.getText(tree))) replace('no step', node, ';');
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const element of node.elements) remove('no element', element, node.elements);
  } else if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) remove('no property', property, node.properties);
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (Object.hasOwn(METHODS, name.text)) replace('method', name, METHODS[name.text]);
    if (['sort', 'filter', 'replace', 'replaceAll'].includes(name.text)) {
      replace(`no ${name.text}`, node, expression.getText(tree));
    }
  }
}

/** One alternative, anchor or mark less. */
function regex(node, replace) {
  const [, body, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text);
  if (body.startsWith('^')) replace('regex', node, `/${body.slice(1)}/${flags}`);
  if (body.endsWith('$') && !body.endsWith('\\$')) replace('regex', node, `/${body.slice(0, -1)}/${flags}`);
  for (const { index, 0: part } of body.matchAll(/\|[\w.:-]+(?=[|)]|$)/g)) {
    replace('regex', node, `/${body.slice(0, index)}${body.slice(index + part.length)}/${flags}`);
  }
}

function textual(node) {
  return [node.left, node.right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
}

/** Neither a key, nor what `typeof` gives, nor a word that a type would refuse before any test. */
function constant({ parent, text }) {
  if (text === '' || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer.text === text;
  if (ts.isBinaryExpression(parent)) return !/typeof/.test(parent.getText());
  return ts.isArrayLiteralExpression(parent) || ts.isVariableDeclaration(parent) || ts.isCallExpression(parent);
}
