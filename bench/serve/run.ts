import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbers } from '../report';
import { load, type Load, status } from './load';
import {
  bare,
  cpuOf,
  ended,
  gateway,
  installPeers,
  memoryOf,
  type Server,
  serverlessOffline,
  template,
} from './servers';

/** How long a server is asked in each round. */
const MS = 1500;
const CONNECTIONS = [1, 20];

/** Behind the names of what another checkout serves. */
const OTHER = ' (other)';

/** What is asked for its name: a path of a server. */
type Asked = readonly [name: string, server: Server, path: string];

interface Measured extends Load {
  /** Microseconds of processor time of the server for a request, all threads. */
  readonly cpu: number;
}

/**
 * All servers in turn, round by round, so that a busy minute of the machine affects them alike.
 *
 * @param other the command of another checkout, for comparison
 */
export async function serveBench(command: string, rounds: number, isQuick: boolean, other?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-serve-'));
  const servers: Server[] = [];
  try {
    const rest = template(join(folder, 'rest.json'), 64);
    const starts = await measureStarts(command, rest, rounds, isQuick ? undefined : installPeers());
    const own = await gateway(command, rest, '/dev/fn');
    const floor = await bare(folder);
    servers.push(own, floor);
    const asked: Asked[] = [
      ['bare node:http', floor, '/'],
      ['MOCK', own, '/dev/mock'],
      ['Lambda proxy', own, '/dev/fn'],
    ];
    if (other !== undefined) {
      const before = await gateway(other, rest, '/dev/fn');
      servers.push(before);
      asked.push([`MOCK${OTHER}`, before, '/dev/mock'], [`Lambda proxy${OTHER}`, before, '/dev/fn']);
    }
    if (!isQuick) {
      const peer = await serverlessOffline(installPeers());
      servers.push(peer);
      asked.push(['serverless-offline', peer, '/fn']);
    }
    const loads = await measureLoads(asked, rounds);
    const memory = await measureMemory(command, folder);
    const [load] = loadavg();
    return [...starts, '', ...loads, '', memory, `load of the machine at the end: ${load.toFixed(1)}`].join('\n');
  } finally {
    await Promise.all(servers.map(ended));
    rmSync(folder, { recursive: true });
  }
}

async function measureStarts(command: string, rest: string, rounds: number, peers?: string): Promise<string[]> {
  const took = { mock: [] as number[], fn: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const path of ['mock', 'fn'] as const) {
      const own = await gateway(command, rest, `/dev/${path}`);
      took[path].push(own.firstAnswer);
      await ended(own);
    }
    if (peers === undefined) continue;
    const peer = await serverlessOffline(peers);
    took.peer.push(peer.firstAnswer);
    await ended(peer);
  }
  return [
    `start to the first answer of MOCK, 64 methods:         ${range(took.mock, 0)} ms`,
    `start to the first answer of a function, 64 methods:   ${range(took.fn, 0)} ms`,
    ...(peers === undefined
      ? []
      : [
          `serverless-offline, start to the first answer:         ${range(took.peer, 0)} ms`,
          `÷ serverless-offline, first answer of a function:      ${range(ratios(took.fn, took.peer), 2)}`,
        ]),
  ];
}

async function measureLoads(asked: readonly Asked[], rounds: number): Promise<string[]> {
  const results = new Map<string, Measured[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const connections of CONNECTIONS) {
      for (const [name, server, path] of asked) {
        const before = cpuOf(server);
        const url = `http://127.0.0.1:${server.port}${path}`;
        const got = await load(url, connections, round === 0 ? 2 * MS : MS);
        const result = { ...got, cpu: ((cpuOf(server) - before) / got.count) * 1000 };
        if (result.refused > 0) throw new Error(`${name} refused ${result.refused} requests`);
        const key = `${name} ${connections}`;
        // The first round warms up.
        if (round > 0) results.set(key, [...(results.get(key) ?? []), result]);
      }
    }
  }
  const of = (name: string, connections: number) => results.get(`${name} ${connections}`) ?? [];
  const rate = (all: readonly Measured[]) => all.map(({ perSecond }) => perSecond);
  const isCompared = asked.some(([name]) => name.endsWith(OTHER));
  const rows = CONNECTIONS.flatMap((connections) =>
    asked.map(([name]) => {
      const all = of(name, connections);
      const floor = of('bare node:http', connections);
      return [
        ...[`${name}, ${connections}`, range(rate(all), 0), range(ratios(rate(all), rate(floor)), 2)],
        range(differences(medians(all), medians(floor)), 0),
        range(cpus(all), 0),
        range(ratios(cpus(all), cpus(floor)), 1),
        range(ratios(rate(all), rate(of('serverless-offline', connections))), 1),
        ...(isCompared ? [range(ratios(rate(all), rate(of(`${name}${OTHER}`, connections))), 2)] : []),
        ...(isCompared ? [range(ratios(cpus(all), cpus(of(`${name}${OTHER}`, connections))), 2)] : []),
      ];
    }),
  );
  const columns = [
    'server, connections',
    'requests per s',
    '÷ bare',
    'µs more than bare, median',
    'CPU µs a request',
    '÷ bare',
    '÷ s.-offline',
    ...(isCompared ? ['÷ other', 'CPU ÷ other'] : []),
  ];
  return [numbers(columns, rows)];
}

const cpus = (all: readonly Measured[]): number[] => all.map(({ cpu }) => cpu);
const medians = (all: readonly Measured[]): number[] => all.map(({ median }) => median);

async function measureMemory(command: string, folder: string): Promise<string> {
  const functions = Array.from({ length: 10 }, (_, at) => `fn${at}`);
  const own = await gateway(command, template(join(folder, 'ten.json'), 64, 10), '/dev/fn0');
  for (const name of functions) {
    const answered = await status(`http://127.0.0.1:${own.port}/dev/${name}`);
    if (answered !== 200) throw new Error(`${name} answers ${answered}`);
  }
  const memory = memoryOf(own);
  await ended(own);
  return `memory with ten functions warm: ${memory.toFixed(0)} MB`;
}

const ratios = (values: readonly number[], others: readonly number[]): number[] =>
  others.length === 0 ? [] : values.map((value, at) => value / others[at]);
const differences = (values: readonly number[], others: readonly number[]): number[] =>
  values.map((value, at) => value - others[at]);

/** Median, lowest and highest. */
function range(values: readonly number[], digits: number): string {
  if (values.length === 0) return '';
  const sorted = [...values].sort((a, b) => a - b);
  const [middle, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted[sorted.length - 1]];
  return `${middle.toFixed(digits)} (${least.toFixed(digits)} – ${most.toFixed(digits)})`;
}
