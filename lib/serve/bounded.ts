import { type Context, createContext, Script } from 'node:vm';
import { matchSteps } from './match-steps';

/** Fewer steps take less time than to watch them. */
const FEW_STEPS = 10_000_000;
/** How long a match may take: all other requests wait for it. */
const MOST_MS = 500;

let watched: { readonly context: Context & { run?: () => unknown }; readonly script: Script } | undefined;

/**
 * Matches a pattern against a text, both of which may be written by anyone. Backtracking may take longer than a caller waits, so a
 * pattern whose steps cannot be counted in advance is stopped.
 *
 * @param match uses the pattern on the text, at one place of it
 * @throws Error what `fail` makes, if it takes too long
 */
export function bounded<T>(pattern: string, text: string, match: () => T, fail: (reason: string) => Error): T {
  if (matchSteps(pattern, text.length) <= FEW_STEPS) return match();
  watched ??= { context: createContext({}), script: new Script('run()') };
  const { context, script } = watched;
  context.run = match;
  try {
    return script.runInContext(context, { timeout: MOST_MS }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw fail(
      `the pattern ${JSON.stringify(pattern)} takes more than ${MOST_MS} ms on a text of ${text.length} characters; ` +
        'write it without repetitions within repetitions',
    );
  } finally {
    context.run = undefined;
  }
}
