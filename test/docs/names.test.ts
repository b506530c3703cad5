import * as ts from 'typescript';
import { documents, prose, read } from './documents';
import { type Callable, namesOf, publicSurface, type Surface } from './examples';

const SURFACE = publicSurface();

/** The CHANGELOG names what was, too. */
const DOCUMENTS = documents().filter((file) => file !== 'CHANGELOG.md');

/** Names of the library in the code of a sentence that the library does not have: members, and options of calls. */
function unknownNames(surface: Surface, code: string): string[] {
  const types = new Map(Object.values(surface).map((type) => [type.name, type]));
  const unknown: string[] = [];
  const options = (owner: string, callable: Callable | undefined, call: ts.CallExpression | ts.NewExpression): void => {
    callable?.parameters?.forEach((parameter, index) => {
      const struct = surface[parameter.type.fqn ?? ''];
      const given = call.arguments?.[index];
      if (!struct?.datatype || !given || !ts.isObjectLiteralExpression(given)) return;
      const known = namesOf(surface, struct);
      for (const { name } of given.properties)
        if (name && ts.isIdentifier(name) && !known.has(name.text)) unknown.push(`${owner}({ ${name.text} })`);
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const type = types.get(node.expression.text);
      const member = node.name.text;
      // Without a name, as in `RestIntegration.…`, the parser makes an empty one.
      if (type && member !== '' && !namesOf(surface, type).has(member)) unknown.push(`${type.name}.${member}`);
      const method = type?.methods?.find(({ name }) => name === member);
      if (type && ts.isCallExpression(node.parent)) options(`${type.name}.${member}`, method, node.parent);
    }
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const type = types.get(node.expression.text);
      if (type) options(`new ${type.name}`, type.initializer, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true));
  return unknown;
}

test('the code in sentences names only members and options that the library has', () => {
  const found = DOCUMENTS.flatMap((file) =>
    [...prose(read(file)).matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) =>
      unknownNames(SURFACE, code).map((name) => `${file}: ${name}`),
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  ['RestGateway.fromAttributes', 'RestGateway.fromAttributes'],
  ["f(RestGateway.fromRestGatewayAttributes(this, 'A', { restApiId, stages: {} }))", '({ restApiId })'],
  ['new ConnectionBroadcaster(scope, id, { shop, gateway: chat })', '({ shop })'],
])('%s is found', (code, name) => {
  expect(unknownNames(SURFACE, code).join()).toContain(name);
});

test.each([
  'RestIntegration.lambda',
  'canary: LambdaCanary.linear(…)',
  "RestGateway.fromRestGatewayAttributes(this, 'A', { apiId, stages: { prod: {} } })",
  "WebSocketAuthorizer.jwt({ issuer: 'https://login.example.com/', audience })",
  'RestApi.fromRestApiId',
])('%s has none', (code) => {
  expect(unknownNames(SURFACE, code)).toEqual([]);
});
