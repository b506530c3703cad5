import { type Sleep, sleepFor } from './cloudformation-response';
import { isAccessDenied, nameOf } from './service-error';

/** What waiting needs from outside. */
export interface PatienceOptions {
  /** Milliseconds since the epoch, by which it must have come to an end. */
  readonly deadline: number;
  readonly now: () => number;
  readonly sleep?: Sleep;
}

interface Client {
  send(command: never): Promise<unknown>;
}

/** IAM is eventually consistent: how long a policy or a role made seconds ago may be unknown to a service. */
const PATIENCE_MILLIS = 60_000;
const FIRST_WAIT_MILLIS = 1_000;
const MAX_WAIT_MILLIS = 8_000;

/** The same clients, which repeat what is denied; all together for a minute at most. */
export function patient<T extends Readonly<Record<string, Client>>>(clients: T, options: PatienceOptions): T {
  const { deadline, now, sleep = sleepFor } = options;
  const started = now();
  const end = Math.min(deadline, started + PATIENCE_MILLIS);
  const send = async (client: Client, command: never): Promise<unknown> => {
    for (let wait = FIRST_WAIT_MILLIS; ; wait = Math.min(2 * wait, MAX_WAIT_MILLIS)) {
      try {
        return await client.send(command);
      } catch (error) {
        if (!isAccessDenied(error)) throw error;
        if (now() + wait > end) throw denied(error, now() - started);
        await sleep(wait);
      }
    }
  };
  const all = Object.entries(clients).map(([name, client]) => [
    name,
    { send: (command: never) => send(client, command) },
  ]);
  return Object.fromEntries(all) as T;
}

function denied(error: unknown, waitedMillis: number): Error {
  const text = `${(error as Error).message} (tried for ${Math.round(waitedMillis / 1000)} s)`;
  return Object.assign(new Error(text, { cause: error }), { name: nameOf(error) });
}
