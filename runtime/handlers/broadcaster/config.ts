/** The settings of the function in its environment. */
export interface BroadcasterConfig {
  readonly tableName: string;
  readonly userIndexName?: string;
  readonly callbackUrl: string;
}

/** @throws where the environment is not what the construct writes */
export function configFromEnvironment(env: Readonly<Record<string, string | undefined>>): BroadcasterConfig {
  const callbackUrl = required(env, 'CALLBACK_URL');
  if (!/^https?:\/\/[^/?#]/.test(callbackUrl)) {
    throw new Error(
      `CALLBACK_URL must be the https:// URL of the stage, e.g. "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod", not "${callbackUrl}"`,
    );
  }
  return { tableName: required(env, 'TABLE_NAME'), userIndexName: env.USER_INDEX_NAME || undefined, callbackUrl };
}

function required(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`the environment variable ${name} is missing`);
  return value;
}
