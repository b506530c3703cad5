import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { refused } from './parser';
import { broken, type Job, type Workflow, WRITES } from './rules';

const ROOT = join(__dirname, '..', '..');
const FOLDER = '.github/workflows';
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const names = readdirSync(join(ROOT, FOLDER));
const workflow = (name: string) => parse(read(`${FOLDER}/${name}`)) as Workflow;
const commands = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);

describe('workflows', () => {
  test('are those that are tested here', () => {
    expect(names.sort()).toEqual(['codeql.yml', 'compatibility.yml', 'release.yml', 'test.yml']);
  });

  test.each(names)('%s is what GitHub takes, and what this project wants', async (name) => {
    const text = read(`${FOLDER}/${name}`);
    expect(await refused(name, text)).toEqual([]);
    expect(broken(name, text)).toEqual([]);
  });

  test('have one version of each action', () => {
    const uses = names.flatMap((name) => [...read(`${FOLDER}/${name}`).matchAll(/uses: ([^@]+)@(.*)/g)]);
    const versions = new Map<string, Set<string>>();
    for (const [, action, version] of uses) {
      // Parts of one repository go together.
      const repository = action.split('/').slice(0, 2).join('/');
      versions.set(repository, (versions.get(repository) ?? new Set()).add(version));
    }
    expect(versions.size).toBeGreaterThan(3);
    for (const [action, found] of versions) expect([action, [...found]]).toEqual([action, [expect.anything()]]);
  });

  test('run .ci/run on Linux and npm test elsewhere, with each Node.js that package.json takes', () => {
    const { linux, others } = workflow('test.yml').jobs;
    const lowest = Number(/^>= (\d+)\./.exec(manifest.engines.node)?.[1]);
    const nodes = linux.strategy!.matrix.node.map(Number);
    expect(nodes[0]).toBe(lowest);
    // Every version with long support since, without a gap.
    expect(nodes).toEqual(nodes.map((_, index) => lowest + 2 * index));
    expect(nodes).toContain(24);
    expect(commands(linux)).toEqual(['.ci/run']);
    expect(existsSync(join(ROOT, '.ci/run'))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0);
    expect(others.strategy!.matrix).toEqual({
      os: [expect.stringMatching(/^macos-/), expect.stringMatching(/^windows-/)],
      node: linux.strategy!.matrix.node,
    });
    expect(commands(others)).toEqual(['npm test']);
  });

  test('build the package of every language', () => {
    const { packages } = workflow('compatibility.yml').jobs;
    expect(packages.strategy!.matrix.language).toEqual(Object.keys(manifest.jsii.targets));
  });

  test('release a tag, and give the right to publish to a job that runs nothing else', () => {
    const { on, jobs } = workflow('release.yml');
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(commands(jobs.build)).toContain('.ci/run');
    expect(commands(jobs.build).join('\n')).toContain('npx tsx scripts/release.ts "$GITHUB_REF_NAME"');
    expect(jobs.publish.needs).toBe('build');
    expect(jobs.publish.permissions).toEqual({ 'id-token': 'write' });
    expect(commands(jobs.publish)).toEqual([expect.stringMatching(/^npm publish \.\/\*\.tgz --provenance /)]);
    expect(jobs.publish.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
    expect(jobs.notes.needs).toBe('publish');
  });

  test('have no right to write that nobody uses', () => {
    for (const job of Object.keys(WRITES)) {
      const [name, id] = job.split(' ');
      const rights = Object.entries(workflow(name).jobs[id].permissions ?? {});
      expect([job, rights.filter(([, right]) => right === 'write').map(([scope]) => scope)]).toEqual([
        job,
        WRITES[job],
      ]);
    }
  });
});

describe('what is wrong in a workflow is found', () => {
  const base = read(`${FOLDER}/test.yml`);
  const bad = (from: string | RegExp, to: string) => {
    const text = base.replace(from, to);
    expect(text).not.toBe(base);
    return text;
  };

  test.each([
    ['a key that does not exist', 'branches: [main]', 'branch: [main]', "Unexpected value 'branch'"],
    ['a permission that does not exist', 'contents: read', 'content: read', "Unexpected value 'content'"],
    ['a context that does not exist', 'matrix.node }}', 'matrices.node }}', "Unrecognized named-value: 'matrices'"],
    ['an expression with an error', '${{ matrix.node }}', '${{ matrix.node( }}', 'Unexpected symbol'],
    ['a job that waits for none', 'timeout-minutes: 60', 'needs: nothing', "depends on unknown job 'nothing'"],
    ['no YAML', 'name: Test', 'name: [Test', 'Flow sequence'],
  ])('by GitHub: %s', async (_, from, to, message) => {
    expect((await refused('test.yml', bad(from, to))).join('\n')).toContain(message);
  });

  test.each([
    ['a tag in place of a commit', /@[0-9a-f]{40} # v7.0.1/, '@v7', 'pin the action by its commit'],
    ['a commit without its version', ' # v7.0.1', '', 'pin the action by its commit'],
    ['pull_request_target', 'pull_request:', 'pull_request_target:', 'code of a stranger'],
    ['no permissions', /permissions:\n {2}contents: read\n/, '', 'no permissions'],
    ['permissions to write for all', 'contents: read', 'contents: write', 'belong to the one job'],
    ['every permission', /permissions:\n {2}contents: read/, 'permissions: write-all', 'belong to the one job'],
    [
      'a job with a right of its own',
      'timeout-minutes: 60',
      'permissions: { packages: write }',
      'no reason to write packages',
    ],
    ['no timeout', '    timeout-minutes: 60\n', '', 'no timeout-minutes'],
    ['a token that is left behind', 'persist-credentials: false', 'fetch-depth: 0', 'leaves the token behind'],
    ['a title in a command', 'run: .ci/run', 'run: echo "${{ github.event.pull_request.title }}"', 'pass it by "env"'],
    ['a secret', 'run: .ci/run', 'env: { TOKEN: "${{ secrets.NPM_TOKEN }}" }', 'no secret is needed'],
  ])('by this project: %s', (_, from, to, message) => {
    expect(broken('test.yml', bad(from, to)).join('\n')).toContain(message);
  });
});
