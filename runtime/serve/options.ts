import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type EnvironmentOverrides } from '../../lib/serve/local-functions';
import { linesOf, UsageError } from '../cli/io';
import { nearMiss } from '../cli/near-miss';
import { lines, type Shown } from '../cli/shown';

const OPTIONS = {
  api: { type: 'string', multiple: true },
  port: { type: 'string' },
  host: { type: 'string' },
  'parameter-overrides': { type: 'string', multiple: true },
  'env-vars': { type: 'string' },
  'lambda-endpoint': { type: 'string', multiple: true },
  'endpoint-url': { type: 'string', multiple: true },
  backend: { type: 'string', multiple: true },
  issuer: { type: 'string' },
  iam: { type: 'string' },
  'iam-credentials': { type: 'string' },
  'allow-aws': { type: 'boolean' },
  'no-watch': { type: 'boolean' },
  synth: { type: 'string' },
  'no-page': { type: 'boolean' },
  trace: { type: 'string' },
  strict: { type: 'boolean' },
  isolate: { type: 'boolean' },
  inspect: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const USAGE = `apigw serve: serves the APIs of CloudFormation templates on this machine, as API Gateway will

Usage
  apigw serve [<cdk.out | template>...]   cdk.out, if nothing is given

  Each API has its own port: the first --port, the next the one after it. A request to
  http://localhost:3000/prod/orders goes through the stage prod. Functions of Node.js and Python run on this machine.

Options
  --api <name>                only this API, by name or logical id; can be repeated
  --port <number>             the port of the first API (3000); 0 for any that is free
  --host <address>            the address to listen on (127.0.0.1)
  --parameter-overrides <K=V> value of a template parameter; can be repeated
  --env-vars <file>           environment variables of functions in JSON: {"MyFunction": {"TABLE": "local"}}; those
                              under "Parameters" are for all functions that declare them
  --lambda-endpoint <URL>     the Lambda endpoint for functions that cannot run here; <function>=<URL> for one function
  --endpoint-url <URL>        the endpoint of AWS services, e.g. an emulator; <service>=<URL> for one service
  --allow-aws                 calls of services without an endpoint go to AWS, with the credentials of this shell
  --backend <origin>=<URL>    requests for a server of the template go here instead, e.g.
                              https://api.example.com=http://localhost:8080
  --issuer local              signs tokens itself, in place of all user pools and OIDC providers; prints one
  --iam <verify|present>      AWS_IAM: verifies signatures, with the credentials of this shell; or takes any that is there
                              (present)
  --iam-credentials <file>    verifies them with those of the file, in JSON as "aws configure export-credentials" prints
                              them: one or a list; AccountId, UserArn and UserId say whose they are
  --synth <command>           runs the command when sources change, e.g. --synth "npx cdk synth --quiet"
  --no-watch                  does not serve changes of the templates or the code
  --no-page                   no page in the browser
  --trace <file>              appends the steps of each request, a line of JSON each
  --strict                    exits if the templates have something that is not emulated
  --isolate                   functions of Node.js run in processes instead of threads
  --inspect <port>            lets a debugger attach to the first function that is called; <function>=<port> for
                              another one
  --seed <number>             makes random choices (canaries) the same in each run
  -h, --help                  this text

Exit code
  0   ended by a signal
  1   --strict: something in the templates is not emulated
  2   wrong usage: an unknown option or API, a file that cannot be read, a port that is taken
`;

export interface ServeOptions {
  readonly paths: readonly string[];
  readonly apis: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly envVars?: EnvironmentOverrides;
  readonly lambdaEndpoints: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly origins: Readonly<Record<string, string>>;
  readonly issuer: boolean;
  readonly iam: { readonly verify: boolean; readonly file?: string };
  readonly allowAws: boolean;
  readonly watch: boolean;
  readonly synth?: string;
  readonly page: boolean;
  readonly trace?: string;
  readonly strict: boolean;
  readonly isolate: boolean;
  readonly inspect?: { readonly port: number; readonly functionId?: string };
  readonly seed?: number;
}

export const usage = (): Shown => lines(linesOf(USAGE));

/** Reads the command line; undefined for --help. @throws UsageError */
export function parseOptions(argv: readonly string[]): ServeOptions | undefined {
  const { values, positionals } = parse(argv);
  if (values.help) return undefined;
  if (values.issuer !== undefined && values.issuer !== 'local') {
    throw new UsageError(`--issuer ${values.issuer}: the only one is local.`);
  }
  const host = values.host ?? '127.0.0.1';
  return {
    paths: positionals.length === 0 ? ['cdk.out'] : positionals,
    apis: values.api ?? [],
    port: numberOf('port', values.port ?? '3000', 65_535),
    host,
    parameters: pairs('parameter-overrides', values['parameter-overrides'] ?? []),
    envVars: values['env-vars'] === undefined ? undefined : readEnvVars(values['env-vars']),
    lambdaEndpoints: urls('lambda-endpoint', values['lambda-endpoint'] ?? []),
    endpoints: urls('endpoint-url', values['endpoint-url'] ?? []),
    origins: origins(values.backend ?? []),
    issuer: values.issuer !== undefined,
    iam: iamOf(values.iam, values['iam-credentials']),
    allowAws: values['allow-aws'] === true,
    watch: values['no-watch'] !== true,
    synth: synthOf(values.synth, values['no-watch'] === true),
    page: values['no-page'] !== true && isLocal(host),
    trace: values.trace === undefined ? undefined : writable(values.trace),
    strict: values.strict === true,
    isolate: values.isolate === true,
    inspect: values.inspect === undefined ? undefined : inspectOf(values.inspect),
    seed: values.seed === undefined ? undefined : numberOf('seed', values.seed, Number.MAX_SAFE_INTEGER),
  };
}

function iamOf(mode: string | undefined, file: string | undefined): ServeOptions['iam'] {
  if (mode !== undefined && mode !== 'verify' && mode !== 'present') {
    throw new UsageError(`--iam ${mode}: write verify or present.`);
  }
  if (mode === 'present' && file !== undefined) {
    throw new UsageError('--iam present verifies nothing, so --iam-credentials has no use; leave one of them out.');
  }
  return { verify: mode === 'verify' || file !== undefined, ...(file === undefined ? {} : { file }) };
}

export const isLocal = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) throw error;
    const { message } = error as Error;
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    throw new UsageError(
      unknown ? `unknown option "--${unknown}".${nearMiss(unknown, Object.keys(OPTIONS), '--')}` : message,
      true,
    );
  }
}

function numberOf(name: string, text: string, max: number): number {
  if (/^\d{1,16}$/.test(text) && Number(text) <= max) return Number(text);
  throw new UsageError(`--${name} ${text}: a whole number from 0 to ${max} is needed.`);
}

/** `K=V` each. */
function pairs(name: string, texts: readonly string[], form = '<name>=<value>'): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`--${name} ${text}: write it as ${form}.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Origin in the template → what is called instead, without the slash at its end. */
function origins(texts: readonly string[]): Record<string, string> {
  const found = Object.entries(
    pairs('backend', texts, '<origin>=<URL>, e.g. https://api.example.com=http://localhost:8080'),
  );
  return Object.fromEntries(
    found.map(([from, to]) => {
      const option = `--backend ${from}=${to}`;
      return [checkedUrl(option, from).origin, checkedUrl(option, to).href.replace(/\/$/, '')];
    }),
  );
}

function checkedUrl(option: string, text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new UsageError(`${option}: ${text} is not an http or https URL.`);
}

function synthOf(command: string | undefined, isUnwatched: boolean): string | undefined {
  if (command !== undefined && isUnwatched) throw new UsageError('--synth needs to watch: leave out --no-watch.');
  return command;
}

/** A file that lines can be added to. */
function writable(file: string): string {
  try {
    appendFileSync(file, '');
    return file;
  } catch (error) {
    throw new UsageError(`--trace ${file}: ${(error as Error).message}`);
  }
}

/** URLs by name, or one for all under `*`. */
function urls(name: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, key, url] = /^([\w.-]+)=(.*)$/s.exec(text) ?? [undefined, '*', text];
      return [key, checkedUrl(`--${name} ${text}`, url).href.replace(/\/$/, '')];
    }),
  );
}

function inspectOf(text: string): { port: number; functionId?: string } {
  const [, functionId, port] = /^(?:(\w+)=)?(\d+)$/.exec(text) ?? [];
  if (port === undefined) throw new UsageError(`--inspect ${text}: write a port, or <function>=<port>.`);
  return { port: numberOf('inspect', port, 65_535), ...(functionId === undefined ? {} : { functionId }) };
}

function readEnvVars(file: string): EnvironmentOverrides {
  const option = `--env-vars ${file}`;
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${option}: ${(error as Error).message}`);
  }
  if (!isObject(found) || !Object.values(found).every(isObject)) {
    throw new UsageError(`${option}: an object is needed, e.g. {"MyFunction": {"TABLE": "local"}}.`);
  }
  return found as EnvironmentOverrides;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
