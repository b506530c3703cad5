import { setFlagsFromString } from 'node:v8';

/** Characters of a template that a command reads before V8 would optimize anything; loading `node:v8` takes longer. */
const SMALL = 50_000;

/**
 * By the major version of Node.js. V8 renames such flags, and prints an error for one that it does not know: versions that are not
 * here keep their defaults.
 */
export const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '20': ['--interrupt-budget=600000'],
  '22': ['--invocation-count-for-turbofan=20000'],
  '24': ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
};

/** Whether it is decided. */
let isSet = false;

/**
 * A command runs for less than a second, in which V8 spends a third of its time on optimized code that hardly runs. So
 * a function has to run several times as long as by default before it is optimized: what does so in a large template still is.
 *
 * @param characters the length of the input, if it is known
 */
export function optimizeLess(characters = Infinity): void {
  if (isSet || characters < SMALL) return;
  isSet = true;
  const [major] = process.versions.node.split('.');
  for (const flag of FLAGS[major] ?? []) setFlagsFromString(flag);
}

/** For a command that runs on: what it runs often has to be fast. */
export function optimizeAsUsual(): void {
  isSet = true;
}
