import { lines, type Shown } from './shown';

/** Where the command writes to, and how. */
export interface CliIo {
  readonly stdout: (text: Shown) => void;
  readonly stderr: (text: Shown) => void;
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

export const DIFF_FORMATS = ['table', 'json', 'markdown'] as const;
/** How changes are written. */
export type DiffFormat = (typeof DIFF_FORMATS)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;
/** From which severity on findings are shown. */
export type Severity = (typeof SEVERITIES)[number];

/** Wrong usage of the command: reported in one line, exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** Whether the usage text helps. */
    readonly showUsage = false,
    /** The possible choices, one per line. */
    readonly choices: readonly string[] = [],
  ) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A problem with a file is reported in one line; the stack trace of the command says nothing about it. */
export function orUsageError<T>(read: () => T, told = (message: string): string => message): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(told((error as Error).message));
  }
}

/** Tells what is wrong, and how the command is used where that helps. */
export function tellUsageError({ message, showUsage, choices }: UsageError, usage: string): Shown {
  return lines([`apigw: ${message}`, ...choices, ...(showUsage ? ['', ...linesOf(usage)] : [])]);
}

/** The lines of a text that this command wrote, which ends with a line break. */
export const linesOf = (text: string): string[] => text.trimEnd().split('\n');
