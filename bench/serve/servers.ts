import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from './load';

/** What `serverless-offline` needs; 14 and later want a login at serverless.com. */
const PEERS = { serverless: '3.40.0', 'serverless-offline': '13.10.1' };

const ANSWER = '{"message":"hello"}';
const HANDLER = `exports.handler = async () => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '${ANSWER}' });`;

const BARE = `require('node:http').createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': ${ANSWER.length} }).end('${ANSWER}');
}).listen(Number(process.argv[1]), '127.0.0.1');`;

export interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly firstAnswer: number;
}

/** Starts a server and asks it until it answers with 200. */
async function started(command: readonly string[], port: number, path: string, cwd: string): Promise<Server> {
  const from = performance.now();
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
  for (;;) {
    if ((await status(`http://127.0.0.1:${port}${path}`)) === 200) break;
    if (child.exitCode !== null || performance.now() - from > 60_000)
      throw new Error(`${command.join(' ').slice(0, 200)} does not answer: ${errors}`);
    await new Promise((done) => setTimeout(done, 3));
  }
  return { process: child, port, firstAnswer: performance.now() - from };
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

export async function bare(folder: string): Promise<Server> {
  const port = await freePort();
  return started(['-e', BARE, String(port)], port, '/', folder);
}

/** @param path what is asked first */
export async function gateway(command: string, template: string, path: string): Promise<Server> {
  const port = await freePort();
  return started([command, 'serve', template, '--no-watch', '--port', String(port)], port, path, tmpdir());
}

export async function serverlessOffline(folder: string): Promise<Server> {
  const [port, lambdaPort] = [await freePort(), await freePort()];
  const offline = { httpPort: port, lambdaPort, host: '127.0.0.1', noPrependStageInUrl: true };
  writeFileSync(join(folder, 'handler.js'), HANDLER);
  // JSON is YAML.
  writeFileSync(
    join(folder, 'serverless.yml'),
    JSON.stringify({
      service: 'bench',
      provider: { name: 'aws', runtime: 'nodejs20.x' },
      plugins: ['serverless-offline'],
      custom: { 'serverless-offline': offline },
      functions: { hello: { handler: 'handler.handler', events: [{ http: { method: 'get', path: 'fn' } }] } },
    }),
  );
  return started([join(folder, 'node_modules/serverless/bin/serverless.js'), 'offline'], port, '/fn', folder);
}

/** Installs the peers outside of the project, once. */
export function installPeers(): string {
  const folder = join(tmpdir(), `bench-serve-${Object.values(PEERS).join('-')}`);
  const isThere = Object.keys(PEERS).every((name) => existsSync(join(folder, 'node_modules', name)));
  if (isThere) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PEERS }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

type Resources = Record<string, object>;

/** A REST API with `GET /mock`, `GET /fn`, so many functions behind `GET /fn0`, `/fn1`, …, and methods that nobody calls. */
export function template(file: string, methods: number, functions = 0): string {
  const uri = (id: string) => ({
    'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
  });
  const proxy = (id: string) => ({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(id) });
  const mock = {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode": 200}' },
    IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': ANSWER } }],
  };
  const names = Array.from({ length: functions }, (_, at) => `Fn${at}`);
  const routes: Record<string, object> = { mock, fn: proxy('Fn') };
  for (const name of names) routes[name.toLowerCase()] = proxy(name);
  for (let at = Object.keys(routes).length; at < methods; at++) routes[`more${at}`] = mock;
  const resources: Resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'bench' } },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'dev' },
    },
  };
  for (const id of ['Fn', ...names])
    resources[id] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile: HANDLER },
        Role: 'arn:aws:iam::111122223333:role/a',
      },
    };
  for (const [path, Integration] of Object.entries(routes)) {
    resources[`Path${path}`] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: { Ref: 'Api' }, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: path },
    };
    resources[`Get${path}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        ...{
          RestApiId: { Ref: 'Api' },
          ResourceId: { Ref: `Path${path}` },
          HttpMethod: 'GET',
          AuthorizationType: 'NONE',
        },
        ...{ Integration, MethodResponses: [{ StatusCode: '200' }] },
      },
    };
  }
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return file;
}

/** Megabytes that a process has in memory now; Linux only. */
export function memoryOf({ process: { pid } }: Server): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** Milliseconds of processor time that a process has used, all threads; Linux only. */
export function cpuOf({ process: { pid } }: Server): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // In hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function ended({ process: child }: Server): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}
