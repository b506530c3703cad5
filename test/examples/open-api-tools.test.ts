import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { readAssembly } from '../../lib/template/reader/assembly';
import { judgedByTools } from '../support/openapi-tools';
import { type Json } from '../support/stacks';
import { exportOf, exportsOf } from '../template/openapi/support';

jest.setTimeout(120_000);

const exported = Object.entries(EXAMPLES).flatMap(([name, build]) => {
  const app = new App();
  build(app);
  return exportsOf(readAssembly(app.synth().directory)).map((one) => ({ ...one, name: `${name} ${one.id}` }));
});
const judgedOf = (form: 'clean' | 'full') => {
  const judged = judgedByTools(exported.map((one) => one[form].document));
  return exported.map(({ name, ...one }, index) => ({ name, document: one[form].document, ...judged[index] }));
};

test('tools read the documents of all examples that are for callers', () => {
  expect(exported.length).toBeGreaterThan(15);
  for (const { name, document, lint, invalid, types } of judgedOf('clean')) {
    expect({ name, lint, invalid }).toEqual({ name, lint: [], invalid: [] });
    for (const path of Object.keys(document.paths as object)) expect(types).toContain(`    "${path}": {`);
  }
});

test('and those with all that API Gateway knows, except greedy variables', () => {
  for (const { name, lint, invalid } of judgedOf('full')) {
    const others = lint.filter((problem) => !/`\w+\+` is not used in the path/.test(problem));
    expect({ name, others, invalid }).toEqual({ name, others: [], invalid: [] });
  }
});

test('a greedy variable is a parameter to tools', () => {
  const body = {
    openapi: '3.0.1',
    info: { title: 'files', version: '1.0' },
    paths: { '/files/{proxy+}': { get: { responses: { 200: { description: 'ok' } } } } },
  };
  const { clean, full } = exportOf(body as Json);
  const [forCallers, forGateway] = judgedByTools([clean.document, full.document]);
  expect([forCallers.lint, forGateway.lint.length]).toEqual([[], 1]);
  expect(forCallers.types).toMatch(/"\/files\/\{proxy\}": \{[^]*path: \{\s+proxy: string;/);
});
