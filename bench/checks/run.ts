// One form in one warm process: `run.js <form> <sizes> <runs>`.
import { type Form } from './forms';
import { check, textOf } from './measure';

/** All runs of one form and size. */
export interface CheckRuns {
  readonly form: Form;
  readonly routes: number;
  readonly bytes: number;
  readonly findings: number;
  readonly cpuMs: readonly number[];
}

const WARM_UP = 15;

function measure(form: Form, sizes: readonly number[], runs: number): CheckRuns[] {
  const texts = sizes.map((routes) => textOf(form, routes));
  for (let round = 0; round < WARM_UP; round++) check(texts[0]);
  const results = sizes.map((routes, index) => ({
    form,
    routes,
    bytes: texts[index].length,
    findings: check(texts[index]).findings,
    cpuMs: [] as number[],
  }));
  // Sizes take turns, so that a busy minute of the machine hits them alike.
  for (let round = 0; round < runs; round++) {
    results.forEach(({ cpuMs }, index) => cpuMs.push(check(texts[index]).cpuMs));
  }
  return results;
}

const [form, sizes, runs] = process.argv.slice(2);
const results = measure(form as Form, sizes.split(',').map(Number), Number(runs));
if (process.send) process.send(results);
else console.log(JSON.stringify(results));
