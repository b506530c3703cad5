import { once } from 'node:events';
import { serveMain } from './command';

/** Runs the command until a signal ends it. */
export async function run(argv: readonly string[]): Promise<void> {
  // As on Lambda; threads of functions have the time zone of the process.
  process.env.TZ = 'UTC';
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => undefined);
  process.exitCode = await serveMain(argv, {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    ended,
  });
}
