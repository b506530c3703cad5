import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { advise } from './advise';
import { check } from './check';
import { type CliIo, DOCUMENT_FORMATS, FORMATS, SEVERITIES, UsageError } from './io';
import { nearMiss } from './near-miss';
import { openapi } from './openapi';
import { routes } from './routes';
import { readSources } from './sources';

const COMMANDS = ['check', 'routes', 'openapi', 'advise'] as const;
type Command = (typeof COMMANDS)[number];
const OPTIONS = {
  api: { type: 'string' },
  clean: { type: 'boolean' },
  format: { type: 'string' },
  severity: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const USAGE = `apigw: Amazon API Gateway, as CloudFormation will see it

Usage
  apigw check   <cdk.out | template>...   what goes wrong when it is deployed, and how to put it right
  apigw routes  <cdk.out | template>...   the routes and stages of each API
  apigw openapi <cdk.out | template>...   the OpenAPI 3.0 document of one REST API
  apigw advise  <cdk.out | template>...   which REST APIs could be HTTP APIs, and what stands in the way

  A template is CloudFormation in JSON or YAML; cdk.out is what "cdk synth" writes.

Options
  --format table|json   check, routes, advise: for people (the default) or for programs
  --format json|yaml    openapi: json is the default
  --severity <severity> check: error, warning (the default) or info; what is shown, with all that is worse
  --api <name>          openapi: which API, by name or logical id, where there are several
  --clean               openapi: without extensions of API Gateway and its answers to browsers
  -h, --help            this text
  --version             the version of this command

Exit code
  0   no finding of severity error
  1   check: at least one error
  2   wrong use: an unknown command or option, a file that is not there or is no template, several APIs and no --api
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
  const given = values.format;
  const format = command === 'openapi' ? 'json' : formatOf(given ?? 'table', FORMATS);
  const documentFormat = command === 'openapi' ? formatOf(given ?? 'json', DOCUMENT_FORMATS) : 'json';
  for (const option of ['api', 'clean'] as const) {
    if (command !== 'openapi' && values[option] !== undefined) {
      throw new UsageError(`--${option} is an option of "apigw openapi" only.`);
    }
  }
  if (command !== 'check' && values.severity !== undefined) {
    throw new UsageError('--severity is an option of "apigw check" only.');
  }
  const severity = oneOf('severity', values.severity ?? 'warning', SEVERITIES);
  if (paths.length === 0) {
    throw new UsageError(`"apigw ${name}" needs a cdk.out folder or a template, e.g. apigw ${name} cdk.out`, true);
  }
  const sources = readSources(paths);
  switch (command) {
    case 'check':
      return check(sources, { format, severity }, io);
    case 'routes':
      return routes(sources, format, io);
    case 'advise':
      return advise(sources, format, io);
    case 'openapi':
      return openapi(sources, documentFormat, io, { api: values.api, clean: values.clean === true });
  }
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

function commandOf(name: string | undefined): Command {
  if (name === undefined) throw new UsageError('no command given.', true);
  const known = COMMANDS.find((one) => one === name);
  if (!known) throw new UsageError(`unknown command "${name}".${nearMiss(name, COMMANDS)}`, true);
  return known;
}

function formatOf<T extends string>(format: string, formats: readonly T[]): T {
  return oneOf('format', format, formats);
}

function oneOf<T extends string>(what: string, given: string, all: readonly T[]): T {
  const known = all.find((one) => one === given);
  if (!known) throw new UsageError(`unknown ${what} "${given}".${nearMiss(given, all)}`);
  return known;
}
