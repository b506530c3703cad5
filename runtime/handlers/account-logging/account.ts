import { type APIGatewayClient, GetAccountCommand, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import { type Sleep } from '../shared/cloudformation-response';
import { retryAfterMillis, type RetryKind, retryKindOf } from './retry';

/** What setting the role needs from outside. */
export interface AccountEnvironment {
  readonly client: Pick<APIGatewayClient, 'send'>;
  readonly sleep: Sleep;
  readonly now: () => number;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

/** How it ended: `set` where the account got the role, `kept` where the role that it has was left alone. */
export interface AccountOutcome {
  readonly cloudWatchRoleArn: string;
  readonly status: 'set' | 'kept';
}

/** IAM is eventually consistent: how long a role made seconds ago may be refused. */
const PATIENCE_MILLIS: Record<RetryKind, number> = {
  throttled: Infinity,
  unavailable: Infinity,
  roleNotReady: 150_000,
  // The policy of this function is as new as the role.
  accessDenied: 30_000,
};
/** UpdateAccount is limited to one request in 20 seconds for each account. */
const FIRST_WAIT_MILLIS: Record<RetryKind, number> = {
  throttled: 20_000,
  unavailable: 2_000,
  roleNotReady: 5_000,
  accessDenied: 5_000,
};
const MAX_WAIT_MILLIS = 25_000;
const READ_BACK_TRIES = 5;

/**
 * Gives the account the role, unless it has one that is not `replaceable`. Reads the account again before each try:
 * another stack may have been faster.
 */
export async function setCloudWatchRole(
  env: AccountEnvironment,
  wanted: string,
  replaceable: string | undefined,
  deadline: number,
): Promise<AccountOutcome> {
  const started = env.now();
  for (let attempt = 0; ; attempt++) {
    try {
      const current = await currentRole(env);
      if (current !== undefined && (current === wanted || current !== replaceable)) {
        return { cloudWatchRoleArn: current, status: 'kept' };
      }
      await env.client.send(
        new UpdateAccountCommand({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: wanted }] }),
      );
      break;
    } catch (error) {
      await waitOrThrow(env, error, { attempt, started, deadline, wanted });
    }
  }
  return readBack(env, wanted, replaceable, deadline);
}

async function currentRole(env: AccountEnvironment): Promise<string | undefined> {
  const account = await env.client.send(new GetAccountCommand({}));
  return account.cloudwatchRoleArn || undefined;
}

async function readBack(
  env: AccountEnvironment,
  wanted: string,
  replaceable: string | undefined,
  deadline: number,
): Promise<AccountOutcome> {
  const started = env.now();
  let shown: string | undefined;
  for (let attempt = 0; attempt < READ_BACK_TRIES; attempt++) {
    try {
      shown = await currentRole(env);
      if (shown === wanted) return { cloudWatchRoleArn: wanted, status: 'set' };
      if (shown !== undefined && shown !== replaceable) return { cloudWatchRoleArn: shown, status: 'kept' };
      await env.sleep(FIRST_WAIT_MILLIS.unavailable);
    } catch (error) {
      await waitOrThrow(env, error, { attempt, started, deadline, wanted });
    }
  }
  throw new Error(
    `API Gateway accepted the CloudWatch role ${wanted}, but the account still shows ${shown ?? 'none'}. Deploy again.`,
  );
}

interface Attempt {
  readonly attempt: number;
  readonly started: number;
  readonly deadline: number;
  readonly wanted: string;
}

async function waitOrThrow(env: AccountEnvironment, error: unknown, at: Attempt): Promise<void> {
  const kind = retryKindOf(error);
  if (kind === undefined) throw explained(error, undefined, at.wanted, 0);
  const first = FIRST_WAIT_MILLIS[kind];
  const backoff = Math.min(first * 2 ** at.attempt, MAX_WAIT_MILLIS);
  const wait = Math.max(backoff, retryAfterMillis(error)) * (1 + env.random() / 4);
  const end = Math.min(at.deadline, at.started + PATIENCE_MILLIS[kind]);
  if (env.now() + wait > end) throw explained(error, kind, at.wanted, env.now() - at.started);
  await env.sleep(wait);
}

function explained(error: unknown, kind: RetryKind | undefined, role: string, waitedMillis: number): Error {
  const { name, message } = error as Error;
  const waited = kind ? ` (tried for ${Math.round(waitedMillis / 1000)} s)` : '';
  const advice =
    kind === 'roleNotReady'
      ? ' The role must trust apigateway.amazonaws.com and have the permissions of the policy AmazonAPIGatewayPushToCloudWatchLogs.'
      : kind === 'throttled'
        ? ' UpdateAccount allows one request every 20 seconds for the whole account: deploy again.'
        : '';
  return new Error(`Could not give API Gateway the CloudWatch role ${role}${waited}: ${name}: ${message}.${advice}`, {
    cause: error,
  });
}
