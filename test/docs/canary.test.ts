import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY_COMMANDS } from '../../runtime/cli/canary';
import { LIVE_USAGE } from '../../runtime/cli/live-main';

const read = (file: string) => readFileSync(join(__dirname, '..', '..', file), 'utf8');
const guide = read('docs/canary.md');
const readme = read('README.md');

test('the README and the guide call the stage canary experimental, and the guide has the five open questions', () => {
  expect(readme).toMatch(/Canary releases: .*\(experimental\).*\[docs\/canary\.md\]\(docs\/canary\.md\)/);
  expect(readme).toMatch(/Canaries of stages are experimental: \[docs\/canary\.md\]/);
  expect(guide).toContain('`StageCanary`, experimental');
  const [, section] = /### Experimental: what only a real account can answer\n([^]*?)\n## /.exec(guide) ?? [];
  expect(section.match(/^\d\. .*\?$/gm)).toHaveLength(5);
});

test('the guide has the picture of a release, and says what to do at three in the morning', () => {
  const [, picture] = /```\n( cdk deploy [^]*?)```/.exec(guide) ?? [];
  for (const part of ['Deployment', 'Plan', 'Stage', 'Canary: 10 %', 'rolled back', 'promoted: 100 %']) {
    expect(picture).toContain(part);
  }
  const [, night] = /### At three in the morning\n([^]*?)\n### /.exec(guide) ?? [];
  expect(night.match(/^\d\. /gm)!.length).toBeGreaterThanOrEqual(5);
});

test('every command in the README and the guide is one, with options that it has', () => {
  const commands = [...`${guide}\n${readme}`.matchAll(/apigw canary ([a-z]+)([^`\n]*)/g)];
  expect(commands.length).toBeGreaterThanOrEqual(8);
  for (const [, command, options] of commands) {
    expect(CANARY_COMMANDS).toContain(command);
    for (const [option] of options.matchAll(/--[a-z-]+/g)) expect(LIVE_USAGE).toContain(`  ${option}`);
  }
});
