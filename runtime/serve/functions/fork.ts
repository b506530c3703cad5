import { fork } from 'node:child_process';
import { type OpenChannel } from './channel';
import { type FromFunction } from './messages';
import { type ThreadOptions } from './thread';

/** A process with Node.js in it: it may exit, change its folder or crash, and nothing else does. */
export function openFork({ entry, start, env, flags, memoryInMb }: ThreadOptions): OpenChannel {
  return ({ onMessage, onExit }) => {
    const child = fork(entry, [JSON.stringify(start)], {
      cwd: start.taskRoot,
      env,
      execArgv: [...flags, `--max-old-space-size=${memoryInMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let failure: string | undefined;
    const print = (text: Buffer) => onMessage({ kind: 'log', text: text.toString('utf8').replace(/\n$/, '') });
    child.stdout!.on('data', print);
    child.stderr!.on('data', print);
    child.on('message', (message) => onMessage(message as FromFunction));
    child.on('error', (error) => (failure = error.message));
    const ended = new Promise<void>((resolve) =>
      // Once its output is read.
      child.on('close', (code, signal) => {
        onExit({
          ...(signal !== null && { signal: SIGNALS[signal] ?? signal }),
          ...(code !== null && { code }),
          ...(failure !== undefined && { reason: failure }),
        });
        resolve();
      }),
    );
    const hold = (held: boolean) => {
      const way = held ? 'ref' : 'unref';
      for (const one of [child, child.channel, ...child.stdio]) (one as Partial<Holding> | null)?.[way]?.();
    };
    return {
      post: (message) => child.connected && child.send(message),
      hold,
      kill() {
        // Until it is gone.
        hold(true);
        child.kill('SIGKILL');
        return ended;
      },
    };
  };
}

/** What keeps a program alive: sockets do as well, whatever their types say. */
export interface Holding {
  ref(): void;
  unref(): void;
}

/** As Lambda names them. */
export const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};
