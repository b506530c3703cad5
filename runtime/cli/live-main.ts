import { parseArgs } from 'node:util';
import { Refused } from '../live/refused';
import { type AwsClients, awsClients, type AwsOptions } from './aws';
import { canary, CANARY_COMMANDS } from './canary';
import { deployed } from './deployed';
import { findStage } from './find-stage';
import { linesOf, tellUsageError, UsageError } from './io';
import { type LiveIo } from './live-io';
import { nearMiss } from './near-miss';
import { line, lines } from './shown';

const OPTIONS = {
  api: { type: 'string' },
  id: { type: 'string' },
  stack: { type: 'string' },
  stage: { type: 'string' },
  deployment: { type: 'string' },
  percent: { type: 'string' },
  keep: { type: 'string' },
  interval: { type: 'string' },
  timeout: { type: 'string' },
  force: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  profile: { type: 'string' },
  region: { type: 'string' },
  'endpoint-url': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const LIVE_USAGE = `apigw canary, apigw deployed: what is live, and moving the canary release of a REST API's stage

Usage
  apigw canary status   [<api>]                     both sides, their errors and latency, alarms and anomalies
  apigw canary watch    [<api>]                     prints each change until no canary is left
  apigw canary promote  [<api>] --deployment <id>   all callers get the canary
  apigw canary rollback [<api>]                     all callers get the stable deployment; the canary is not deployed again
  apigw canary retry    [<api>]                     the canary that was rolled back starts again
  apigw canary prune    [<api>] [--keep 5]          deletes old, unused deployments

  apigw deployed <cdk.out | template>...            how a live stage differs from the template: routes, authorizers,
                                                    stage settings, deployment

  <api> is the name or id of the REST API; --stack finds it in the outputs of a stack.

Options
  --stack <name>        the stack whose outputs contain the API and stage
  --stage <name>        which stage, if the API has several
  --deployment <id>     promote, rollback: only if this is the live canary; retry: which one
  --api <name>          deployed: which API in the templates, by name or logical id
  --id <id>             deployed: the live API, if it is not found by the name in the template
  --percent <number>    retry: percentage of the traffic, without the state machine
  --keep <number>       prune: how many unused deployments to keep (5)
  --interval <seconds>  watch: how often to check (15)
  --timeout <seconds>   watch: when to give up (3600)
  --force               promote: even if an alarm is in ALARM state
  -y, --yes             do not ask for confirmation
  --json                machine-readable output
  --profile, --region, --endpoint-url   as in the AWS CLI
  -h, --help            this text

Exit code
  0   done, or nothing to do; watch: the canary was promoted
  1   refused, nothing was changed; deployed: there is a difference; watch: the canary was rolled back, or is still live at the end
  2   wrong usage: an unknown option or API, several stages without --stage, no terminal and no --yes
  3   AWS rejected a request or could not be reached: credentials, permissions, network; deployed: a part could not be read, and
      there is no difference in the other parts
  4   the output could not be written in full, e.g. the disk is full
`;

/** Runs a command that talks to AWS; returns the exit code. */
export async function liveMain(
  argv: readonly string[],
  io: LiveIo,
  connect: (options: AwsOptions) => AwsClients = awsClients,
): Promise<number> {
  try {
    return await run(argv, io, connect);
  } catch (error) {
    const { name, message } = error as Error;
    if (error instanceof UsageError) {
      io.stderr(tellUsageError(error, LIVE_USAGE));
      return 2;
    }
    if (error instanceof Refused) {
      io.stderr(line(`apigw: ${message}`));
      return 1;
    }
    io.stderr(line(`apigw: ${name === 'Error' ? '' : `${name}: `}${message}`));
    return 3;
  }
}

async function run(argv: readonly string[], io: LiveIo, connect: (options: AwsOptions) => AwsClients): Promise<number> {
  const { values, positionals } = parse(argv);
  if (values.help) {
    io.stdout(lines(linesOf(LIVE_USAGE)));
    return 0;
  }
  const [first, ...rest] = positionals;
  if (first === 'deployed') return runDeployed(rest, values, io, connect);
  for (const option of ['api', 'id'] as const) {
    if (values[option] !== undefined) throw new UsageError(`--${option} is only an option of "apigw deployed".`);
  }
  const [name, api, ...more] = rest;
  const command = CANARY_COMMANDS.find((one) => one === name);
  if (command === undefined) {
    const what = name === undefined ? 'no canary command given.' : `unknown canary command "${name}".`;
    throw new UsageError(`${what}${nearMiss(name ?? '', CANARY_COMMANDS)}`, name === undefined);
  }
  if (more.length > 0) throw new UsageError(`only one API is allowed, not "${[api, ...more].join('", "')}".`);
  const percent = values.percent === undefined ? undefined : numberOf('percent', values.percent, 100);
  const options = {
    deployment: values.deployment,
    percent,
    keep: numberOf('keep', values.keep ?? '5'),
    intervalSeconds: secondsOf('interval', values.interval ?? '15'),
    timeoutSeconds: numberOf('timeout', values.timeout ?? '3600'),
    force: values.force === true,
    yes: values.yes === true,
    json: values.json === true,
    connection: connectionOf(values),
  };
  const clients = connect(awsOptionsOf(values));
  const at = await findStage(clients, { api, stack: values.stack, stage: values.stage });
  return canary(command, clients, at, options, io);
}

type Values = ReturnType<typeof parse>['values'];

function awsOptionsOf(values: Values): AwsOptions {
  return { profile: values.profile, region: values.region, endpointUrl: values['endpoint-url'] };
}

/** The same as words of a shell. */
function connectionOf(values: Values): string {
  const names = ['profile', 'region', 'endpoint-url'] as const;
  return names.flatMap((name) => (values[name] === undefined ? [] : [`--${name} ${quoted(values[name])}`])).join(' ');
}

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function runDeployed(
  paths: readonly string[],
  values: Values,
  io: LiveIo,
  connect: (options: AwsOptions) => AwsClients,
): Promise<number> {
  if (paths.length === 0) {
    throw new UsageError('"apigw deployed" needs a cdk.out folder or a template, e.g. apigw deployed cdk.out', true);
  }
  const { api, id, stack, stage, json } = values;
  return deployed(paths, connect(awsOptionsOf(values)), { api, id, stack, stage, json: json === true }, io);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!String(code).startsWith('ERR_PARSE_ARGS')) throw error;
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    throw new UsageError(
      unknown ? `unknown option "--${unknown}".${nearMiss(unknown, Object.keys(OPTIONS), '--')}` : message,
      true,
    );
  }
}

/** Each look is several requests, and what is longer than some days a timer of Node.js takes for none. */
function secondsOf(name: string, given: string): number {
  const seconds = numberOf(name, given);
  if (seconds >= 1 && seconds <= MAX_INTERVAL_SECONDS) return seconds;
  throw new UsageError(`--${name} must be a number of seconds from 1 to ${MAX_INTERVAL_SECONDS}, not "${given}".`);
}

const MAX_INTERVAL_SECONDS = 86_400;

function numberOf(name: string, given: string, max = Number.MAX_SAFE_INTEGER): number {
  const number = Number(given);
  if (/^\d+(\.\d+)?$/.test(given) && number <= max) return number;
  throw new UsageError(`--${name} must be a number${max === 100 ? ' from 0 to 100' : ''}, not "${given}".`);
}
