import { types } from 'node:util';

/** An error of the runtime itself: its name tells the kind. */
export class RuntimeError extends Error {
  constructor(kind: string, message: string, stack?: string) {
    super(message);
    this.name = `Runtime.${kind}`;
    if (stack !== undefined) this.stack = stack;
    // The stack was written with the old name.
    else this.stack = this.stack?.replace(/^Error/, this.name);
  }
}

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' &&
  value !== null &&
  (['name', 'message', 'stack'] as const).every((key) => {
    const text = (value as Partial<ErrorLike>)[key];
    return typeof text === 'string' && text !== '';
  });

/** What the function returns for an error, as JSON. */
export function errorPayload(error: unknown): string {
  try {
    if (types.isNativeError(error) || isErrorLike(error))
      return JSON.stringify({
        errorType: error.name,
        errorMessage: error.message,
        trace: error.stack!.split('\n'),
      });
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  } catch {
    return JSON.stringify({
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    });
  }
}

/** What the log shows of an error. */
export function errorText(error: unknown): string {
  return types.isNativeError(error) || isErrorLike(error) ? (error.stack ?? String(error)) : String(error);
}
