import { BackendError } from '../../lib/serve/backends';
import { type Answer, type StreamLimits } from '../../lib/serve/exchange';

/** An answer whose stream breaks off if its back end takes too long. */
export function limited<T extends Answer>(answer: T): T {
  const { body, limits } = answer;
  return limits && !(body instanceof Uint8Array) ? { ...answer, body: chunks(body, limits) } : answer;
}

async function* chunks(body: AsyncIterable<Uint8Array>, { idleMs, totalMs }: StreamLimits): AsyncIterable<Uint8Array> {
  const from = performance.now();
  const source = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const left = totalMs - (performance.now() - from);
      const next = await (left < idleMs
        ? within(source.next(), left, `The stream takes more than ${totalMs / 60_000} minutes`)
        : within(source.next(), idleMs, `The back end has sent nothing for ${idleMs / 1000} seconds`));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: the back end may still be silent. A client that is gone lets it go on, as in Lambda.
    source.return?.().catch(() => undefined);
  }
}

async function within<T>(running: Promise<T>, ms: number, reason: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BackendError('timeout', reason)), Math.max(ms, 0));
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
