import { main } from './main';

// A reader that has seen enough (`apigw routes cdk.out | head`) closes the pipe: no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  process.exitCode = main(process.argv.slice(2), {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    columns: process.stdout.columns,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  });
} catch (error) {
  // Not 1, which says that errors were found in the templates.
  process.exitCode = 2;
  process.stderr.write(`apigw: unexpected: ${(error as Error).stack}\n`);
}
