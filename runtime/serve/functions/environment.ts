import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { type LocalFunction } from '../../../lib/serve/functions';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What programs need of the machine they run on. */
const OF_MACHINE = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP'];
const OF_WINDOWS = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'];

/** How the SDKs find credentials. */
const OF_CREDENTIALS = [
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_CONFIG_FILE'],
  ...['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CA_BUNDLE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'],
  ...['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'AWS_ROLE_ARN'],
  ...['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ENDPOINT_URL'],
];

/** AWS rejects these, so code that calls it by mistake changes nothing. */
const DUMMY = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'test' };

export interface EnvironmentOptions {
  /** The environment of this process. */
  readonly machine: Environment;
  readonly credentials: 'dummy' | 'inherit';
  readonly taskRoot: string;
  /** Folders, in the order of the function. */
  readonly layers: readonly string[];
}

const picked = (from: Environment, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

/**
 * The environment variables of a function: its own, those that Lambda defines, and as little of this machine as possible.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentOf(target: LocalFunction, options: EnvironmentOptions): Record<string, string> {
  const { machine, credentials, taskRoot, layers } = options;
  const region = target.arn.split(':')[3] || machine.AWS_REGION || 'us-east-1';
  const bins = layers.map((layer) => join(layer, 'bin')).reverse();
  const ofMachine = picked(machine, process.platform === 'win32' ? [...OF_MACHINE, ...OF_WINDOWS] : OF_MACHINE);
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...ofMachine,
    PATH: [...bins, ...(ofMachine.PATH === undefined ? [] : [ofMachine.PATH])].join(delimiter),
    ...(credentials === 'inherit' ? picked(machine, OF_CREDENTIALS) : DUMMY),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...target.environment,
    // Reserved: Lambda refuses functions that set them.
    _HANDLER: target.handler ?? '',
    AWS_EXECUTION_ENV: `AWS_Lambda_${target.runtime ?? ''}`,
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: target.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memoryInMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: target.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(target.version),
    LAMBDA_TASK_ROOT: taskRoot,
  };
}

function logStreamName(version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`;
}
