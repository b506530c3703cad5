import { Worker } from 'node:worker_threads';
import { type OpenChannel } from './channel';
import { Claims } from './claims';
import { type FromFunction, type NodeStart } from './messages';
import { callText, messageOf } from './texts';

export interface ThreadOptions {
  readonly entry: string;
  readonly start: NodeStart;
  readonly env: Readonly<Record<string, string>>;
  /** Of Node.js. */
  readonly flags: readonly string[];
  readonly memoryInMb: number;
}

/** A thread of this process with Node.js in it. */
export function openThread({ entry, start, env, flags, memoryInMb }: ThreadOptions): OpenChannel {
  return ({ onMessage, onExit }) => {
    const claims = new Claims();
    const worker = new Worker(entry, {
      env,
      workerData: { ...start, claims: claims.memory },
      argv: [],
      execArgv: [...flags],
      resourceLimits: { maxOldGenerationSizeMb: memoryInMb },
    });
    let reason: string | undefined;
    let outOfMemory = false;
    worker.on('message', (message: FromFunction | string) => onMessage(messageOf(message)));
    worker.on('error', (error) => {
      outOfMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      reason = outOfMemory ? `the function needs more than its ${memoryInMb} MB` : error.stack;
    });
    worker.on('exit', (code) =>
      onExit({ ...(outOfMemory ? { signal: 'killed' } : { code }), ...(reason !== undefined && { reason }) }),
    );
    return {
      claims,
      post: (message) => worker.postMessage(message.kind === 'call' ? callText(message) : message),
      hold: (held) => (held ? worker.ref() : worker.unref()),
      kill: async () => void (await worker.terminate()),
    };
  };
}
