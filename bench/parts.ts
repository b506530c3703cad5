import { Stack } from 'aws-cdk-lib';
import { accessorOf } from '../scripts/accessor.mjs';

/** CPU time of parts of a synth, each without the parts inside it. */
export type Parts = Readonly<Record<'rendering' | 'reading' | 'rules', number>>;

type Holder = Record<string, (...given: unknown[]) => unknown>;

/** Measures the functions that do the work, in the linked files of the library, whose modules call each other by property. */
export function measureParts(bench: string): Parts {
  const parts = { rendering: 0, reading: 0, rules: 0 };
  const inner: number[] = [];
  const measure = (holder: Holder, name: string, part: keyof Parts): void => {
    const whole = holder[name];
    if (typeof whole !== 'function') throw new Error(`the library has no ${name} to measure`);
    holder[name] = function (this: unknown, ...given) {
      const before = process.cpuUsage();
      inner.push(0);
      try {
        return whole.apply(this, given);
      } finally {
        const { user, system } = process.cpuUsage(before);
        const all = (user + system) / 1000;
        parts[part] += all - (inner.pop() ?? 0);
        if (inner.length > 0) inner[inner.length - 1] += all;
      }
    };
  };
  const linked = require(`${bench}/bundle/checks.js`) as Record<string, () => Holder>;
  measure(linked[accessorOf('checks/run')](), 'runRules', 'rules');
  measure(linked[accessorOf('template/reader/read')](), 'readModel', 'reading');
  measure(Stack.prototype as unknown as Holder, '_synthesizeTemplate', 'rendering');
  return parts;
}
