/** The commands that talk to AWS, and come first on the command line. */
export const LIVE_COMMANDS = ['canary', 'deployed'] as const;

export function isLiveCommand(word: string | undefined): boolean {
  return LIVE_COMMANDS.some((one) => one === word);
}

/** The command that serves APIs, in its own bundle. */
export const SERVE_COMMAND = 'serve';
