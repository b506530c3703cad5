import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onAnswer } from './load';
import { gateway, memoryOf, type Server, template } from './servers';

/** Few: others may use the machine meanwhile. */
const CONNECTIONS = 4;
const SAMPLE_MS = 5000;

/** What is asked in turn, and the status of its answer. */
const REQUESTS: readonly (readonly [status: number, text: string])[] = [
  [200, 'GET /dev/mock HTTP/1.1\r\nHost: x\r\n\r\n'],
  [200, 'GET /dev/fn HTTP/1.1\r\nHost: x\r\n\r\n'],
  [200, 'GET /dev/fn0?a=1&a=2 HTTP/1.1\r\nHost: x\r\nX-Long: ' + 'a'.repeat(4000) + '\r\n\r\n'],
  [403, 'GET /dev/nothing HTTP/1.1\r\nHost: x\r\n\r\n'],
  [403, 'POST /dev/mock HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n' + 'b'.repeat(20_000)],
  [403, 'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n'],
];

interface Counts {
  sent: number;
  answered: number;
  /** Answers with another status, or that are not the gateway's. */
  odd: string[];
  /** Connections that the gateway closed. */
  closed: number;
}

/** The gateway at full load for so long: its memory, and what became of each request. */
export async function soak(command: string, minutes: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-soak-'));
  try {
    const server = await gateway(command, template(join(folder, 'soak.json'), 64, 10), '/dev/fn0');
    const counts: Counts = { sent: 0, answered: 0, odd: [], closed: 0 };
    const until = performance.now() + minutes * 60_000;
    const asking = Array.from({ length: CONNECTIONS }, (_, at) => ask(server, at, until, counts));
    const samples: [seconds: number, megabytes: number][] = [];
    const from = performance.now();
    const sampling = setInterval(() => {
      samples.push([(performance.now() - from) / 1000, memoryOf(server)]);
    }, SAMPLE_MS);
    await Promise.all(asking);
    clearInterval(sampling);
    const left = await atTheEnd(server);
    return told(counts, samples, left);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ask(server: Server, first: number, until: number, counts: Counts): Promise<void> {
  return new Promise((done) => {
    let at = first;
    let isDone = false;
    const socket = connect(server.port, '127.0.0.1').setNoDelay(true);
    const next = (): void => {
      counts.sent++;
      socket.write(REQUESTS[at % REQUESTS.length][1]);
    };
    onAnswer(socket, (status, text) => {
      counts.answered++;
      const isOwn = /\r\nx-amzn-RequestId: /i.test(text);
      if (status !== REQUESTS[at % REQUESTS.length][0] || !isOwn) counts.odd.push(text.slice(0, 200));
      at++;
      if (performance.now() < until) return next();
      isDone = true;
      socket.end();
    });
    socket.on('connect', next).on('error', () => undefined);
    socket.on('close', () => {
      if (!isDone) counts.closed++;
      done();
    });
  });
}

/** A signal while requests run: how many of them are answered. */
async function atTheEnd(server: Server): Promise<string> {
  let answered = 0;
  const running = Array.from({ length: CONNECTIONS }, async () => {
    const socket = connect(server.port, '127.0.0.1');
    onAnswer(socket, (status) => (answered += status === 200 ? 1 : 0));
    await once(socket, 'connect');
    socket.write(REQUESTS[1][1]);
    await once(socket, 'close');
  });
  await new Promise((done) => setTimeout(done, 50));
  server.process.kill('SIGTERM');
  const [code] = (await once(server.process, 'exit')) as [number];
  await Promise.all(running);
  return `at the signal ${answered} of ${CONNECTIONS} requests answered, exit code ${code}`;
}

function told({ sent, answered, odd, closed }: Counts, samples: readonly [number, number][], left: string): string {
  // The first fifth warms up.
  const level = samples.slice(Math.floor(samples.length / 5));
  const memory = level.map(([, megabytes]) => megabytes);
  return [
    `${sent} requests sent, ${answered} answered, ${odd.length} not as expected, ${closed} connections closed`,
    ...odd.slice(0, 3),
    `memory ${Math.min(...memory).toFixed(0)} to ${Math.max(...memory).toFixed(0)} MB, ${(slope(level) * 3600).toFixed(1)} MB more an hour`,
    left,
  ].join('\n');
}

/** Of the line that is nearest to the points. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
