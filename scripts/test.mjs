// `npm test`: everything that must hold before a change goes in. The last line says how many tests passed and failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, installMissing, root, run } from './install.mjs';

installMissing();

const step = (title, command, args) => {
  console.log(`\n── ${title}`);
  run(command, args);
};
step('Lint', bin('eslint'), ['.']);
step('Format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
step('Types', bin('tsc'), ['-p', 'tsconfig.dev.json']);
step('Types of the page', bin('tsc'), ['-p', 'runtime/serve/page/browser/tsconfig.json']);
step('Assets', process.execPath, ['scripts/build-assets.mjs']);
step('Build', bin('jsii'), ['--silence-warnings=reserved-word']);
step('Shapes', process.execPath, ['scripts/build-shapes.mjs']);
step('Library', process.execPath, ['scripts/build-library.mjs']);
step('Public surface', process.execPath, ['scripts/awslint.mjs']);
step('Other languages', process.execPath, ['scripts/bindings.mjs']);
step('README in Python', process.execPath, ['scripts/rosetta.mjs', 'README.md']);

console.log('\n── Tests');
const report = join(root, '.cache', 'jest.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const args = ['--ci', '--json', `--outputFile=${report}`, ...process.argv.slice(2)];
const jest = spawnSync(process.execPath, [bin('jest'), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, snapshot, testResults } = JSON.parse(
  readFileSync(report, 'utf8'),
);
if (snapshot.unchecked > 0) console.log(`${snapshot.unchecked} obsolete snapshots`);
// What was not tested is said, with the reason that stands in the name of the group.
const skipped = testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status !== 'passed' && status !== 'failed');
if (skipped.length > 0) {
  console.log(`\n!! ${skipped.length} tests SKIPPED:`);
  const groups = new Set(skipped.map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title));
  for (const group of groups) console.log(`!! ${group}`);
}
// A file that cannot be loaded runs no test, and must count as one that failed.
const failed = numFailedTests + numRuntimeErrorTestSuites;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(jest.status || (failed > 0 || numPassedTests === 0 ? 1 : 0));
