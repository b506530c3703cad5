import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type FromFunction, type NodeStart, type ToFunction } from '../messages';
import { messageText, toFunction } from '../texts';

/** The way to the gateway: of a thread or of a child process. */
export interface Port {
  readonly start: NodeStart;
  post(message: FromFunction, transfer?: ArrayBuffer[]): void;
  /** Posts the last message, and ends. */
  last(message: FromFunction, exitCode: number): void;
  listen(onMessage: (message: ToFunction) => void): void;
  /** Whether waiting for messages keeps the event loop alive. */
  hold(held: boolean): void;
}

const exit = process.exit.bind(process);

function ofThread(port: MessagePort): Port {
  return {
    start: workerData as NodeStart,
    post: (message, transfer) => port.postMessage(messageText(message), transfer),
    last: (message, exitCode) => {
      port.postMessage(message);
      exit(exitCode);
    },
    listen: (onMessage) => void port.on('message', (message: ToFunction | string) => onMessage(toFunction(message))),
    hold: (held) => (held ? port.ref() : port.unref()),
  };
}

function ofProcess(): Port {
  const send = process.send!.bind(process);
  const { channel } = process;
  return {
    start: JSON.parse(process.argv[2]) as NodeStart,
    post: (message) => send(message),
    last: (message, exitCode) => send(message, () => exit(exitCode)),
    listen: (onMessage) => void process.on('message', onMessage),
    hold: (held) => (held ? channel?.ref() : channel?.unref()),
  };
}

export const port: Port = parentPort ? ofThread(parentPort) : ofProcess();
