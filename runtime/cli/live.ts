import { createInterface } from 'node:readline/promises';
import { liveMain } from './live-main';
import { visible } from './shown';

/** The commands that call AWS: a separate bundle, so the others do not load the SDK. */
export async function run(argv: readonly string[]): Promise<void> {
  const isInteractive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  process.exitCode = await liveMain(argv, {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    columns: process.stdout.columns,
    color: false,
    confirm: isInteractive ? confirm : undefined,
    now: () => Date.now(),
    sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
  });
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${visible(question)} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
