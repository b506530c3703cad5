/** Where the command writes to, and how. */
export interface CliIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Width of the terminal; undefined where the output goes elsewhere. */
  readonly columns?: number;
  readonly color: boolean;
}

export const FORMATS = ['table', 'json'] as const;
/** How a command writes what it found. */
export type Format = (typeof FORMATS)[number];

export const CHECK_FORMATS = ['table', 'json', 'sarif', 'junit', 'github'] as const;
/** How findings are written. */
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export const DOCUMENT_FORMATS = ['json', 'yaml'] as const;
/** How a command writes a document. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;
/** From which severity on findings are shown. */
export type Severity = (typeof SEVERITIES)[number];

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
