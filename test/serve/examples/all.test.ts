import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../../examples/examples';

test('every example is served', () => {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts') && name !== 'all.test.ts');
  const sources = files.map((name) => readFileSync(join(__dirname, name), 'utf8')).join('\n');
  const served = Object.keys(EXAMPLES).filter((name) =>
    new RegExp(`describeExample\\('${name}'|describe\\.each\\(\\[[^\\]]*'${name}'`).test(sources),
  );
  expect(served).toEqual(Object.keys(EXAMPLES));
});
