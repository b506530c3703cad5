import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FORMS } from './checks/forms';
import { type CheckRuns } from './checks/run';
import { commands } from './cli/run';
import { comparison, growth, partsOf, scaling, summarize } from './report';
import { type Run } from './run';
import { serveBench } from './serve/run';
import { soak } from './serve/soak';
import { start } from './start';
import { HTTP, LARGE, PLAIN, RICH, type VariantName, VARIANTS } from './variants';

const { values: options } = parseArgs({
  options: {
    n: { type: 'string' },
    runs: { type: 'string', default: '7' },
    variants: { type: 'string' },
    rich: { type: 'boolean', default: false },
    http: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    checks: { type: 'boolean', default: false },
    cli: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    soak: { type: 'string' },
    parts: { type: 'boolean', default: false },
    against: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function numbers(option: string, text: string): number[] {
  const parsed = text.split(',').map(Number);
  if (parsed.some((value) => !Number.isInteger(value) || value < 1)) {
    fail(`--${option} is "${text}"; give whole numbers above 0, separated by commas`);
  }
  return parsed;
}

function chosenVariants(): VariantName[] {
  const usual = options.rich ? RICH : options.http ? HTTP : options.large ? LARGE : PLAIN;
  const chosen: string[] = options.variants?.split(',') ?? [...usual];
  const unknown = chosen.find((name) => !VARIANTS.some((variant) => variant === name));
  if (unknown !== undefined) fail(`--variants has "${unknown}"; there are ${VARIANTS.join(', ')}`);
  return chosen as VariantName[];
}

/** Runs the script to its end; what it sends is the result. */
function child<T>(args: (outdir: string) => string[], script = 'run.js', home = __dirname): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  return new Promise<T>((succeed, reject) => {
    let result: { readonly value: T } | undefined;
    // What the synth prints about findings is not of interest here.
    const process = fork(join(home, script), args(join(folder, 'cdk.out')), { silent: true });
    let errors = '';
    process.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    process.on('message', (value) => (result = { value: value as T }));
    process.on('exit', (code) => {
      if (result && code === 0) succeed(result.value);
      else reject(new Error(`${args('').join(' ')} ended with ${code}: ${errors.slice(-2000)}`));
    });
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** Round by round over all variants, so that a busy minute of the machine hits them alike. */
async function measureAll(variants: readonly VariantName[], sizes: readonly number[], runs: number): Promise<Run[]> {
  const results: Run[] = [];
  const more = options.parts ? ['--parts'] : [];
  for (let round = 1; round <= runs; round++) {
    for (const size of sizes) {
      for (const variant of variants) {
        results.push(await child<Run>((outdir) => [variant, String(size), outdir, ...more]));
        if (options.against !== undefined && variant.endsWith('gateway') && variant !== 'asset-gateway') {
          const checkout = resolve(options.against);
          const there = join(checkout, '.cache/bench');
          const run = await child<Run>((outdir) => [variant, String(size), outdir], 'run.js', there);
          results.push({ ...run, library: basename(checkout) });
        }
        if (!options.json) process.stderr.write(`\rround ${round} of ${runs}: ${size} ${variant}            `);
      }
    }
  }
  if (!options.json) process.stderr.write('\n');
  const order = (run: Run) => sizes.indexOf(run.routes) * variants.length + variants.indexOf(run.variant);
  return results.sort((a, b) => order(a) - order(b));
}

/** Reads and checks templates of each form, and of three and ten times as many routes, in a warm process for each. */
async function checks(runs: number): Promise<void> {
  const [routes] = numbers('n', options.n ?? '1000');
  const sizes = [routes, 3 * routes, 10 * routes];
  const results: CheckRuns[] = [];
  for (const form of FORMS) {
    if (!options.json) process.stderr.write(`\r${form}            `);
    const args = [form, String(sizes), String(runs)];
    results.push(...(await child<CheckRuns[]>(() => args, join('checks', 'run.js'))));
  }
  if (!options.json) process.stderr.write('\n');
  console.log(options.json ? JSON.stringify(results, undefined, 2) : scaling(results));
}

async function main(): Promise<void> {
  const [runs] = numbers('runs', options.runs);
  const command = (checkout: string): string => join(checkout, 'assets/cli/apigw.js');
  const own = command(join(__dirname, '../..'));
  const other = options.against === undefined ? undefined : command(resolve(options.against));
  if (options.start) return console.log(start(__dirname, runs, other));
  if (options.soak !== undefined) return console.log(await soak(own, numbers('soak', options.soak)[0]));
  if (options.serve) return console.log(await serveBench(own, runs, options.quick, other));
  if (options.checks) return checks(runs);
  if (options.cli) {
    const sizes = numbers('n', options.n ?? '300,1000,10000');
    console.log(commands(own, sizes, Math.min(runs, 3)));
    return;
  }
  const ownOnly = options.growth || options.parts;
  const sizes = numbers('n', options.n ?? (ownOnly ? '300,1000,3000' : options.large ? '10000' : '10,100,300,1000'));
  const variants: VariantName[] = ownOnly ? [options.rich ? 'rich-gateway' : 'gateway'] : chosenVariants();
  const summaries = summarize(await measureAll(variants, sizes, runs));
  const limit = variants.includes('l2') ? await child<number>((outdir) => ['--limit', 'l2', outdir]) : undefined;
  if (options.json) {
    console.log(JSON.stringify({ node: process.version, summaries, l2Limit: limit }, undefined, 2));
    return;
  }
  console.log(options.parts ? partsOf(summaries) : options.growth ? growth(summaries) : comparison(summaries));
  console.log(`Medians of ${runs} runs, each a process of its own. Node ${process.version}. Nothing is subtracted.`);
  console.log(
    'The limits of 500 resources a stack and of 800 KB a Body are lifted here, so that all sizes can be compared.',
  );
  if (limit !== undefined) console.log(`With its limits in force, l2 stops after ${limit} routes in one stack.`);
}

void main().catch((error: Error) => fail(error.message));
