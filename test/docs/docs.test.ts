import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULES } from '../../lib/checks/registry';
import { kindsDocument } from '../../scripts/kinds-document';
import { ROOT, read } from './documents';

test('API.md is what jsii-docgen makes of the compiled library (else: npm run build, npm run docs)', () => {
  if (!existsSync(join(ROOT, '.jsii'))) throw new Error('the library is not compiled: npm run build');
  const out = join(mkdtempSync(join(tmpdir(), 'api-')), 'API.md');
  execFileSync(process.execPath, [require.resolve('jsii-docgen/bin/jsii-docgen'), '-o', out], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  // Compared as one value: a difference of thousands of lines helps nobody.
  expect(readFileSync(out, 'utf8') === read('API.md')).toBe(true);
});

test('docs/kinds.md is made of the facts (else: npm run docs)', () => {
  expect(read('docs/kinds.md')).toBe(kindsDocument());
});

test('the README shows the gateway of the quick start, line by line', () => {
  const code = /```ts\n([^]*?new RestGateway[^]*?)```/.exec(read('README.md'))?.[1] ?? '';
  const calls = [
    'defaultAuthorizer: RestAuthorizer.cognito',
    "cors: { allowOrigins: ['https://app.example.com'] }",
    "'GET /orders/{id}'",
    "RestAuthorizer.none('load balancer probe')",
    'webAcl: WebAcl.managed({ rateLimit: 2000 })',
  ];
  const example = read('examples/quickstart/stack.ts');
  for (const call of calls) expect([call, code.includes(call), example.includes(call)]).toEqual([call, true, true]);
});

test('the README says how many rules there are', () => {
  expect(read('README.md')).toContain(`[${RULES.length} rules](docs/rules.md)`);
});
