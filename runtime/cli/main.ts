import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { check } from './check';
import { type CliIo, type Format, FORMATS, UsageError } from './io';
import { nearMiss } from './near-miss';
import { routes } from './routes';
import { readSources } from './sources';

const COMMANDS = { check, routes };
const OPTIONS = {
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const USAGE = `apigw: Amazon API Gateway, as CloudFormation will see it

Usage
  apigw check  <cdk.out | template>...   what goes wrong when it is deployed, and how to put it right
  apigw routes <cdk.out | template>...   the routes and stages of each API

  A template is CloudFormation in JSON or YAML; cdk.out is what "cdk synth" writes.

Options
  --format table|json   for people (the default) or for programs
  -h, --help            this text
  --version             the version of this command

Exit code
  0   no finding of severity error
  1   check: at least one error
  2   wrong use: an unknown command or option, a file that is not there or is no template
`;

/** Runs the command; returns the exit code. */
export function main(argv: readonly string[], io: CliIo): number {
  try {
    return run(argv, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`apigw: ${error.message}\n${error.showUsage ? `\n${USAGE}` : ''}`);
    return 2;
  }
}

function run(argv: readonly string[], io: CliIo): number {
  const { values, positionals } = parse(argv);
  if (values.version) {
    io.stdout(`${version}\n`);
    return 0;
  }
  const [name, ...paths] = positionals;
  if (values.help) {
    io.stdout(USAGE);
    return 0;
  }
  const command = commandOf(name);
  const format = formatOf(values.format ?? 'table');
  if (paths.length === 0) {
    throw new UsageError(`"apigw ${name}" needs a cdk.out folder or a template, e.g. apigw ${name} cdk.out`, true);
  }
  return command(readSources(paths), format, io);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    const unknown = /^Unknown option '--([^']+)'/.exec(error.message)?.[1];
    const message = unknown
      ? `unknown option "--${unknown}".${nearMiss(unknown, Object.keys(OPTIONS), '--')}`
      : error.message;
    throw new UsageError(message, true);
  }
}

function isParseError(error: unknown): error is Error {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

function commandOf(name: string | undefined): (typeof COMMANDS)[keyof typeof COMMANDS] {
  if (name === undefined) throw new UsageError('no command given.', true);
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(`unknown command "${name}".${nearMiss(name, Object.keys(COMMANDS))}`, true);
  }
  return COMMANDS[name as keyof typeof COMMANDS];
}

function formatOf(format: string): Format {
  const known = FORMATS.find((one) => one === format);
  if (!known) throw new UsageError(`unknown format "${format}".${nearMiss(format, FORMATS)}`);
  return known;
}
