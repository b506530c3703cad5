import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type FunctionLog,
  type FunctionOutcome,
  type FunctionRunner,
  type Invocation,
  type LocalFunction,
} from '../../../../lib/serve/functions';
import { createFunctionRunner, type FunctionRunnerOptions } from '../../../../runtime/serve/functions/runner';

const folders: string[] = [];
const runners: FunctionRunner[] = [];

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.close()));
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** A folder with the files, gone after the test. */
export function folderOf(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The runtime that is this machine's, of those whose handlers may take a callback. */
export const NODE = 'nodejs20.x';

/** The Python on the PATH: `python3.12`. */
export function pythonHere(): string | undefined {
  try {
    const script = 'import sys; print("python%d.%d" % sys.version_info[:2])';
    return execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

let count = 0;

/** A function whose code is the files, the source or an archive. */
export function functionOf(
  code: Readonly<Record<string, string>> | LocalFunction['code'],
  more: Partial<LocalFunction> = {},
): LocalFunction {
  const id = more.id ?? `Fn${++count}`;
  return {
    ...{ id, logicalId: id },
    name: `${id}-name`,
    arn: `arn:aws:lambda:eu-west-1:111122223333:function:${id}-name`,
    version: '$LATEST',
    runtime: NODE,
    handler: 'index.handler',
    code: isCode(code) ? code : { kind: 'path', path: folderOf(code) },
    layers: [],
    environment: {},
    memoryInMb: 128,
    timeoutInMs: 10_000,
    logGroupName: `/aws/lambda/${id}-name`,
    ...more,
  };
}

const isCode = (code: object): code is LocalFunction['code'] =>
  ['inline', 'path', 'elsewhere'].includes((code as { kind?: string }).kind ?? '');

/** A runner and its log. */
export function runnerOf(options: FunctionRunnerOptions = {}): FunctionRunner & { readonly logs: FunctionLog[] } {
  const logs: FunctionLog[] = [];
  const runner = createFunctionRunner({ cache: folderOf(), onLog: (log) => logs.push(log), ...options });
  runners.push(runner);
  return {
    logs,
    invoke: (target, invocation) => runner.invoke(target, invocation),
    restart: (ids) => runner.restart(ids),
    close: () => runner.close(),
  };
}

let requests = 0;

export function invocationOf(target: LocalFunction, event: unknown = {}, more: Partial<Invocation> = {}): Invocation {
  return { requestId: `request-${++requests}`, invokedFunctionArn: target.arn, event, ...more };
}

/** Payload of the outcome, parsed. */
export function parsed(outcome: FunctionOutcome): { readonly kind: string; readonly value: unknown } {
  if (outcome.kind === 'stream') throw new Error('The answer is a stream.');
  if (outcome.kind === 'refused') return { kind: 'refused', value: outcome.reason };
  return { kind: outcome.kind, value: JSON.parse(outcome.payload) };
}

/** What a function of the source answers to the event. */
export async function answerOf(
  code: Readonly<Record<string, string>> | LocalFunction['code'],
  more: Partial<LocalFunction> = {},
  event: unknown = {},
  options: FunctionRunnerOptions = {},
) {
  const target = functionOf(code, more);
  const runner = runnerOf(options);
  return { ...parsed(await runner.invoke(target, invocationOf(target, event))), logs: runner.logs, target };
}

/** The whole body of a streamed answer. */
export async function textOf(outcome: FunctionOutcome): Promise<string> {
  if (outcome.kind !== 'stream') throw new Error(`No stream: ${JSON.stringify(outcome)}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of outcome.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
