import { setTimeout as sleep } from 'node:timers/promises';
import { whole } from '../../../lib/serve/exchange';
import { limited } from '../../../runtime/serve/limited-stream';

const answerOf = (body: Uint8Array | AsyncIterable<Uint8Array>, idleMs: number, totalMs: number) =>
  limited({ status: 200, headers: [], body, limits: { idleMs, totalMs } });

/** A chunk after each wait. */
async function* after(waits: readonly number[], ended: () => void = () => undefined): AsyncIterable<Uint8Array> {
  try {
    for (const ms of waits) {
      await sleep(ms);
      yield Buffer.from('a');
    }
  } finally {
    ended();
  }
}

describe('a streamed answer', () => {
  test('comes whole if its back end is in time, however long the client takes', async () => {
    let text = '';
    for await (const chunk of answerOf(after([0, 10, 10]), 1000, 60_000).body as AsyncIterable<Uint8Array>) {
      await sleep(20);
      text += Buffer.from(chunk).toString();
    }
    expect(text).toBe('aaa');
  });

  test('breaks off if nothing comes for too long', async () => {
    await expect(whole(answerOf(after([0, 0, 700]), 100, 60_000).body)).rejects.toThrow(
      'The back end has sent nothing for 0.1 seconds',
    );
  });

  test('breaks off if it takes too long in all', async () => {
    const endless = after(Array.from({ length: 500 }, () => 10));
    await expect(whole(answerOf(endless, 1000, 300).body)).rejects.toThrow('The stream takes more than 0.005 minutes');
  });

  test('ends with its client', async () => {
    let isOver = false;
    const { body } = answerOf(
      after([0, 0, 0], () => (isOver = true)),
      1000,
      60_000,
    );
    const iterator = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    await sleep(10);
    expect(isOver).toBe(true);
  });
});

test('an answer in one piece has no limits', () => {
  const answer = { status: 200, headers: [], body: new Uint8Array(3) };
  expect(limited(answer)).toBe(answer);
});
