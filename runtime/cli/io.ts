/** Where the command writes to, and how. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Width of the terminal; undefined where the output goes elsewhere. */
  readonly columns?: number;
  readonly color: boolean;
}

export const FORMATS = ['table', 'json'] as const;
/** How a command writes its result. */
export type Format = (typeof FORMATS)[number];

/** Wrong use of the command: told in one line, exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** Whether the usage text helps. */
    readonly showUsage = false,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
