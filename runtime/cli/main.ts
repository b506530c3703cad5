import { parseArgs } from 'node:util';
import { CHANGE_CLASSES } from '../../lib/diff/change';
import { type Framework, FRAMEWORKS } from '../../lib/checks/rule';
import { version } from '../../package.json';
import { adopt, adoptCheck } from './adopt';
import { advise } from './advise';
import { check } from './check';
import { DEFAULT_CONFIG } from './config';
import { diff } from './diff';
import { docs } from './docs';
import {
  CHECK_FORMATS,
  type CliIo,
  DIFF_FORMATS,
  DOCUMENT_FORMATS,
  FORMATS,
  linesOf,
  SEVERITIES,
  tellUsageError,
  UsageError,
} from './io';
import { isLiveCommand, LIVE_COMMANDS, SERVE_COMMAND } from './live-commands';
import { nearMiss } from './near-miss';
import { openapi } from './openapi';
import { routes } from './routes';
import { rules } from './rules';
import { line, lines } from './shown';
import { Input, NothingRead, unreadText } from './input';
import { readPrevious, readSources } from './sources';
import { inPlaceOf } from '../../lib/template/reader/previous';

const COMMANDS = ['check', 'routes', 'diff', 'openapi', 'docs', 'advise', 'adopt', 'rules'] as const;
type Command = (typeof COMMANDS)[number];
const OPTIONS = {
  api: { type: 'string' },
  check: { type: 'string' },
  clean: { type: 'boolean' },
  config: { type: 'string' },
  'fail-on': { type: 'string', multiple: true },
  format: { type: 'string' },
  framework: { type: 'string' },
  output: { type: 'string' },
  previous: { type: 'string' },
  rule: { type: 'string', multiple: true },
  severity: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** The commands that an option is for; the others are for all. */
const COMMANDS_OF: Readonly<Partial<Record<keyof typeof OPTIONS, readonly Command[]>>> = {
  api: ['openapi', 'docs'],
  check: ['adopt'],
  clean: ['openapi'],
  config: ['check'],
  'fail-on': ['diff'],
  framework: ['check', 'rules'],
  output: ['docs'],
  previous: ['check'],
  rule: ['check'],
  severity: ['check'],
};

const USAGE = `apigw: checks and documents Amazon API Gateway APIs in CloudFormation templates

Usage
  apigw check   <cdk.out | template>...   problems in the templates, and how to fix them
  apigw routes  <cdk.out | template>...   the routes and stages of each API
  apigw diff    <before> <after>          how the APIs of two folders or templates differ, as callers see them
  apigw openapi <cdk.out | template>...   the OpenAPI 3.0 document of one REST or HTTP API
  apigw docs    <cdk.out | template>...   one HTML page of one REST or HTTP API, for people
  apigw advise  <cdk.out | template>...   which REST APIs could be HTTP APIs, and what prevents it
  apigw adopt   <cdk.out | template>...   the props with which a gateway takes over a deployed API
  apigw rules   [id]...                   the rules; with an id, also the reason and the fix
  apigw serve   [<cdk.out | template>...] serves the APIs on this machine: see "apigw serve --help"
  apigw canary <command> [<api>]          monitors and controls a canary release: see "apigw canary --help"
  apigw deployed <cdk.out | template>...  how a live stage differs from the template: see "apigw deployed --help"

  A template is CloudFormation in JSON or YAML; cdk.out is the output of "cdk synth". A pattern ("templates/**/*.yaml")
  stands for all matching files, and - for standard input.

Options
  --format <format>       table (the default) or json; check: also sarif, junit and github;
                          diff: also markdown, for pull requests; openapi: json (the default) or yaml
  --severity <severity>   check: error, warning (the default) or info; the lowest severity that is shown
  --rule <id>             check: only this rule; can be repeated
  --framework <name>      check, rules: only rules that also exist in one of these:
                          ${FRAMEWORKS.slice(0, 7).join(', ')},
                          ${FRAMEWORKS.slice(7).join(', ')}
  --fail-on <class>       diff: also exit with 1 on changes of this class: opening, unknown or harmless; can be repeated
  --previous <cdk.out>    check: the templates as they were deployed; reports changes that reach no stage
  --config <file>         check: acknowledged findings, each with a reason; by default ${DEFAULT_CONFIG}, if it exists
  --check <cdk.out>       adopt: the new templates; reports the parts of the deployed APIs that would be replaced, lost or
                          in the way
  --api <name>            openapi, docs: which API, by name or logical id, if there are several
  --clean                 openapi: for clients, without API Gateway extensions and preflight responses
  --output <file>         docs: the file that is written; by default api.html
  -h, --help              this text
  --version               the version of this command

Exit code
  0   no finding of severity error
  1   check: at least one error; diff: a change that breaks callers, or one of a class in --fail-on;
      adopt --check: something is replaced, lost or in the way;
      openapi, docs: the document is not complete, and standard error lists what is left out
  2   wrong usage: an unknown command, option or rule, several APIs without --api; or a file that does not exist or
      cannot be read: the others are checked anyway
  4   the output could not be written in full, e.g. the disk is full
`;

/** Runs the command; returns the exit code. */
export function main(argv: readonly string[], io: CliIo): number {
  try {
    return run(argv, io);
  } catch (error) {
    if (error instanceof NothingRead) return 2;
    if (!(error instanceof UsageError)) throw error;
    io.stderr(tellUsageError(error, USAGE));
    return 2;
  }
}

function run(argv: readonly string[], io: CliIo): number {
  const { values, positionals } = parse(argv);
  if (values.version) {
    io.stdout(line(version));
    return 0;
  }
  const [name, ...paths] = positionals;
  if (values.help) {
    io.stdout(lines(linesOf(USAGE)));
    return 0;
  }
  const command = commandOf(name);
  for (const [option, commands] of Object.entries(COMMANDS_OF)) {
    if (values[option as keyof typeof OPTIONS] !== undefined && !commands.includes(command)) {
      throw new UsageError(`--${option} is only an option of "apigw ${commands.join('" and "apigw ')}".`);
    }
  }
  const framework = values.framework === undefined ? undefined : oneOf('framework', values.framework, FRAMEWORKS);
  if (command === 'diff') return runDiff(paths, values, io);
  if (command === 'rules') return rules(paths, framework, formatOf(values.format, FORMATS), io);
  if (paths.length === 0) {
    throw new UsageError(`"apigw ${name}" needs a cdk.out folder or a template, e.g. apigw ${name} cdk.out`, true);
  }
  const input = new Input(paths, io);
  const code = runOn(input, command, values, framework, io);
  return input.unread.length > 0 ? 2 : code;
}

/** All of both must be readable: what is missing on one side would look as if it was added or removed. */
function runDiff(paths: readonly string[], values: Values, io: CliIo): number {
  const [before, after] = paths;
  if (paths.length !== 2) {
    throw new UsageError('"apigw diff" needs two folders or templates, e.g. apigw diff deployed.out cdk.out', true);
  }
  const failOn = (values['fail-on'] ?? []).map((one) => oneOf('class', one, CHANGE_CLASSES));
  const format = formatOf(values.format, DIFF_FORMATS);
  return diff(readSources([before]), readSources([after]), [after], { format, failOn }, io);
}

type Values = ReturnType<typeof parse>['values'];

function runOn(
  input: Input,
  command: Exclude<Command, 'diff' | 'rules'>,
  values: Values,
  framework: Framework | undefined,
  io: CliIo,
): number {
  switch (command) {
    case 'check': {
      const severity = oneOf('severity', values.severity ?? 'warning', SEVERITIES);
      const { config, rule = [], previous } = values;
      const options = { format: formatOf(values.format, CHECK_FORMATS), severity, rules: rule, framework, config };
      const sources = input.sources();
      const { paths, unread } = input;
      const before = previous === undefined ? undefined : readPrevious(sources, paths, previous);
      return check(sources, { ...options, previous: before, unread: unread.map(unreadText) }, io);
    }
    case 'routes': {
      const format = formatOf(values.format, FORMATS);
      return routes(input.sources(), format, io);
    }
    case 'adopt': {
      const format = formatOf(values.format, FORMATS);
      const sources = input.sources();
      if (values.check === undefined) return adopt(sources, format, io);
      const after = readSources([values.check]);
      return adoptCheck(inPlaceOf(after, sources, [values.check]), after, format, io);
    }
    case 'advise': {
      const format = formatOf(values.format, FORMATS);
      return advise(input.sources(), format, io);
    }
    case 'docs': {
      if (values.format !== undefined) throw new UsageError('"apigw docs" has no formats: it writes HTML.');
      return docs(input.sources(), io, { api: values.api, output: values.output });
    }
    case 'openapi': {
      const format = formatOf(values.format, DOCUMENT_FORMATS);
      return openapi(input.sources(), format, io, { api: values.api, clean: values.clean === true });
    }
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
  if (isLiveCommand(name) || name === SERVE_COMMAND) throw new UsageError(`"${name}" must come first: apigw ${name} …`);
  if (!known)
    throw new UsageError(
      `unknown command "${name}".${nearMiss(name, [...COMMANDS, ...LIVE_COMMANDS, SERVE_COMMAND])}`,
      true,
    );
  return known;
}

/** The first of the formats is the default. */
function formatOf<T extends string>(format: string | undefined, formats: readonly T[]): T {
  return format === undefined ? formats[0] : oneOf('format', format, formats);
}

function oneOf<T extends string>(what: string, given: string, all: readonly T[]): T {
  const known = all.find((one) => one === given);
  if (!known) throw new UsageError(`unknown ${what} "${given}".${nearMiss(given, all)}`);
  return known;
}
