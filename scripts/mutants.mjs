/**
 * `npm run mutants -- FILES…` changes one small thing of a file at a time, as a slip would, and runs the tests of its
 * room: those that still pass are the changes that no test would notice. It works in a copy of the tree.
 *
 *   --sample N    N changes of all files together, drawn by --seed (1), not all of them
 *   --tests A,B   these tests, not those of the room
 *   --list        the changes alone, nothing is run
 *   --cases FILE  changes written by hand, and no FILES: a JSON list of { file, old, new, tests? }
 *   --jobs N      runs at a time (1)
 *
 * Snapshots kill nothing here: they say that something changed, not that it was right.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutationsOf } from './mutations.mjs';

/** The first that a path begins with says which tests hold it. */
const ROOMS = [
  ['lib/checks/rules/', ['test/checks/corpus', 'test/checks/rules']],
  ['lib/checks/', ['test/checks']],
  ['lib/diff/', ['test/diff', 'test/assertions']],
  ['lib/assertions/', ['test/assertions']],
  ['lib/template/', ['test/template']],
  ['lib/policies/', ['test/policies', 'test/checks']],
  ['lib/domain/', ['test/domain', 'test/limits']],
  ['lib/operate/', ['test/operate', 'test/limits']],
  ['lib/release/', ['test/release', 'test/runtime/release', 'test/limits']],
  ['lib/patterns/', ['test/patterns', 'test/limits']],
  ['lib/rest/', ['test/rest', 'test/contract', 'test/limits']],
  ['lib/http/', ['test/http', 'test/contract', 'test/limits']],
  ['lib/websocket/', ['test/websocket', 'test/contract', 'test/limits']],
  ['runtime/', ['test/runtime']],
  ['', ['test']],
];
const SNAPSHOTS = ['/test/examples/', '/test/architecture/', '/test/bench/'];

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string' },
    cases: { type: 'string' },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});
if (files.length === 0 && !options.cases) {
  console.error('name files to change: npm run mutants -- lib/rest/cache.ts, or --cases FILE');
  process.exit(2);
}

const root = resolve(import.meta.dirname, '..');
const mutants = options.cases ? written(options.cases) : drawn(files.flatMap((file) => mutationsOf(root, file)));
if (options.list) {
  for (const { place, label, old, text } of mutants) console.log(`${place}  ${label}: ${short(old)} → ${short(text)}`);
  console.log(`${mutants.length} changes`);
  process.exit(0);
}

const started = [];
process.on('exit', () => started.forEach((copy) => rmSync(copy, { recursive: true, force: true })));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const queue = [...mutants];
const results = [];
await Promise.all(Array.from({ length: Math.min(Number(options.jobs), queue.length) }, () => work(copied())));
const survived = results.filter(({ killed }) => !killed);
console.log(`\n${results.length - survived.length} of ${results.length} killed (${rate()} %)`);
for (const { place, label, old, text } of survived)
  console.log(`survived  ${place}  ${label}: ${short(old)} → ${short(text)}`);
process.exitCode = survived.length > 0 ? 1 : 0;

function rate() {
  return Math.round((100 * (results.length - survived.length)) / Math.max(results.length, 1));
}

/** One copy of the tree, in which one change at a time is tried. */
async function work(copy) {
  const sound = new Map();
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const { file, changed, old, text, place, label } = mutant;
    const tests = options.tests?.split(',') ?? mutant.tests ?? ROOMS.find(([prefix]) => file.startsWith(prefix))[1];
    const key = tests.join(' ');
    if (!sound.has(key)) sound.set(key, await run(copy, tests));
    if (sound.get(key).code !== 0) {
      throw new Error(`the tests fail as they are, so that they show nothing: ${key}${sound.get(key).by}`);
    }
    const original = readFileSync(join(copy, file), 'utf8');
    writeFileSync(join(copy, file), changed);
    const { code, by } = await run(copy, tests);
    writeFileSync(join(copy, file), original);
    results.push({ ...mutant, killed: code !== 0 });
    console.log(`${code !== 0 ? 'killed  ' : 'SURVIVED'}  ${place}  ${label}: ${short(old)} → ${short(text)}${by}`);
  }
}

function run(copy, tests) {
  const jest = join(copy, 'node_modules/jest/bin/jest.js');
  const without = ['--testPathIgnorePatterns', '/node_modules/', ...SNAPSHOTS];
  const own = tests.map((path) => path.replaceAll('.', '\\.'));
  const args = [jest, '--ci', '--bail', '--maxWorkers=1', '--testPathPatterns', ...own, ...without];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part) => (said += part));
    child.on('close', (code) => done({ code, by: /^FAIL\s+\S+/m.exec(said)?.[0].replace(/FAIL\s+/, '  by ') ?? '' }));
  });
}

/** The files as they are, uncommitted changes included; what is not in Git comes as a link. */
function copied() {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  started.push(copy);
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of list.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  for (const name of ['node_modules', 'assets', '.jsii', '.jsii.gz']) {
    if (!existsSync(join(copy, name)) && existsSync(join(root, name))) symlinkSync(join(root, name), join(copy, name));
  }
  return copy;
}

/** As many as are asked for, and the same ones for the same seed. */
function drawn(all) {
  if (options.sample === undefined) return all;
  let state = Number(options.seed);
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return all
    .map((mutant) => [random(), mutant])
    .sort(([a], [b]) => a - b)
    .slice(0, Number(options.sample))
    .map(([, mutant]) => mutant);
}

function written(path) {
  return JSON.parse(readFileSync(path, 'utf8')).map(({ file, old, new: text, tests }) => {
    const source = readFileSync(join(root, file), 'utf8');
    const at = source.indexOf(old);
    if (at < 0) throw new Error(`${file} does not have: ${old}`);
    const place = `${file}:${source.slice(0, at).split('\n').length}`;
    return { file, place, label: 'by hand', old, text, tests, changed: source.replace(old, () => text) };
  });
}

function short(text) {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 67)}…` : line || '(nothing)';
}
