import { type Claims } from './claims';
import { type FromFunction, type ToFunction } from './messages';

/** How a process or thread ended: as Lambda tells it. */
export interface Exit {
  readonly code?: number;
  readonly signal?: string;
  /** For the log, if there is more to say. */
  readonly reason?: string;
}

export interface Listener {
  onMessage(message: FromFunction): void;
  /** After the last message. */
  onExit(exit: Exit): void;
}

/** A process or thread that runs a function. */
export interface Channel {
  /** If calls can wait at its other end for their turn. */
  readonly claims?: Claims;
  post(message: ToFunction): void;
  /** Whether the program waits for it. */
  hold(held: boolean): void;
  kill(): Promise<void>;
}

export type OpenChannel = (listener: Listener) => Channel;
