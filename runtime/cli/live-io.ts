import { type CliIo } from './io';

/** What a command that talks to AWS needs beside its output. */
export interface LiveIo extends CliIo {
  /** Asks a person; undefined where there is nobody to ask. */
  readonly confirm?: (question: string) => Promise<boolean>;
  readonly now: () => number;
  readonly sleep: (millis: number) => Promise<void>;
}
