import { type CliIo } from './io';

/** What a command that calls AWS needs in addition to its output. */
export interface LiveIo extends CliIo {
  /** Asks a person; undefined if there is no terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  readonly now: () => number;
  readonly sleep: (millis: number) => Promise<void>;
}
