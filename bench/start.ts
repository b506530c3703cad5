import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbers } from './report';

/** A small program, and the one that it is compared with. */
interface Program {
  readonly name: string;
  readonly than?: string;
  /** Arguments of Node.js. */
  readonly args: readonly string[];
}

const TEMPLATE = `Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
`;

/** What somebody pays who uses little: a process each, from its start to its end. */
function programs(bench: string, folder: string, against?: string): Program[] {
  const template = join(folder, 'template.yaml');
  writeFileSync(template, TEMPLATE);
  const load = (...names: string[]): string => names.map((name) => `require(${JSON.stringify(name)});`).join(' ');
  const variant = (name: string, routes: number): string[] => [
    join(bench, 'run.js'),
    name,
    String(routes),
    join(folder, `${name}-${routes}`),
  ];
  const core = `${load('aws-cdk-lib')} require('aws-cdk-lib').App;`;
  const few = [1, 3].flatMap((routes) => [
    { name: `l2, routes: ${routes}`, args: variant('l2', routes) },
    { name: `gateway, routes: ${routes}`, than: `l2, routes: ${routes}`, args: variant('gateway', routes) },
  ]);
  const other =
    against === undefined
      ? []
      : [{ name: 'apigw check of the other checkout', than: 'apigw check', args: [against, 'check', template] }];
  return [
    { name: 'core of CDK', args: ['-e', core] },
    { name: 'and the library', than: 'core of CDK', args: ['-e', `${core} ${load(join(bench, 'library.js'))}`] },
    ...few,
    { name: 'yaml', args: ['-e', load('yaml')] },
    { name: 'apigw check', than: 'yaml', args: [join(bench, '../../assets/cli/apigw.js'), 'check', template] },
    ...other,
  ];
}

const TOLD = `process.on('exit', () => { const { user, system } = process.cpuUsage();
  require('fs').writeSync(3, String((user + system) / 1000)); });`;

function cpuOf(args: readonly string[], home: string, tell: string): number {
  const { output, status } = spawnSync(process.execPath, ['-r', tell, ...args], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${String(output[2])}`);
  return Number(String(output[3]));
}

/** @param against the command of another checkout */
/** In turn, round by round: CPU time and the ratio to what a program is compared with, as medians with their ranges. */
export function start(bench: string, rounds: number, against?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const tell = join(folder, 'tell.js');
    writeFileSync(tell, TOLD);
    const all = programs(bench, folder, against);
    const times = new Map(all.map(({ name }) => [name, [] as number[]]));
    // The first round fills the caches of the system.
    for (let round = 0; round <= rounds; round++) {
      for (const { name, args } of all) {
        const cpu = cpuOf(args, bench, tell);
        if (round > 0) times.get(name)?.push(cpu);
      }
    }
    const rows = all.map(({ name, than }) => {
      const own = times.get(name) ?? [];
      const ratios = than === undefined ? [] : own.map((cpu, round) => cpu / (times.get(than)?.[round] ?? NaN));
      return [name, ...summary(own, 0), than ?? '', ...(than === undefined ? ['', ''] : summary(ratios, 2))];
    });
    return numbers(['process', 'CPU ms', 'from – to', 'compared with', 'ratio', 'from – to'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function summary(values: readonly number[], digits: number): string[] {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  return [sorted[Math.floor(sorted.length / 2)].toFixed(digits), `${least.toFixed(digits)} – ${most.toFixed(digits)}`];
}
