import { setFlagsFromString } from 'node:v8';

/** Characters of a template that a command reads before V8 would optimize anything; loading `node:v8` takes longer. */
const SMALL = 50_000;

let isSet = false;

/**
 * A command runs for less than a second, in which V8 spends a third of its time on optimized code that hardly runs. So
 * a function has to run ten times as long as by default before it is optimized: what does so in a large template still is.
 *
 * @param characters how much there is to read, if that is known
 */
export function optimizeLess(characters = Infinity): void {
  if (isSet || characters < SMALL) return;
  isSet = true;
  setFlagsFromString('--interrupt-budget=600000');
}
