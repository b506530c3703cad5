import { join } from 'node:path';
import { linesOf } from './io';
import { isLiveCommand, SERVE_COMMAND } from './live-commands';
import { main } from './main';
import { optimizeLess } from './optimize-less';
import { line, lines } from './shown';

/** What was written is not all: neither 0 nor 1, which say what was found. */
const INCOMPLETE = 4;

let isIncomplete = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`apigw routes cdk.out | head`) closes the pipe: no error of ours.
    if (error.code === 'EPIPE' || isIncomplete) return;
    isIncomplete = true;
    if (stream === process.stdout)
      process.stderr.write(line(`apigw: the output could not be written in full: ${error.message}`));
  });
}
// After whatever a command says of what it found.
process.on('exit', () => {
  if (isIncomplete) process.exitCode = INCOMPLETE;
});

// Not 1, which says that errors were found in the templates.
function unexpected(error: unknown): void {
  process.exitCode = 2;
  process.stderr.write(lines(linesOf(`apigw: unexpected error: ${(error as Error).stack}`)));
}

try {
  const argv = process.argv.slice(2);
  if (argv[0] === SERVE_COMMAND) {
    const bundle = join(__dirname, '..', 'serve', 'index.js');
    const { run } = require(bundle) as { run(argv: readonly string[]): Promise<void> };
    run(argv.slice(1)).catch(unexpected);
  } else if (isLiveCommand(argv[0])) {
    // The SDK is several times the rest, and says on Node.js 20 when it will no longer run there.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    optimizeLess();
    const bundle = join(__dirname, 'live.js');
    const { run } = require(bundle) as { run(argv: readonly string[]): Promise<void> };
    run(argv).catch(unexpected);
  } else {
    process.exitCode = main(argv, {
      stdout: (text) => void process.stdout.write(text),
      stderr: (text) => void process.stderr.write(text),
      columns: process.stdout.columns,
      color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    });
  }
} catch (error) {
  unexpected(error);
}
