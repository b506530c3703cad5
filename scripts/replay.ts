/** Replays recordings of how API Gateway answers. */
import { parseArgs } from 'node:util';
import { inProcess } from './replay/in-process';
import { judge, type Received } from './replay/judge';
import { startSession } from './replay/over-sockets';
import { type RecordedRequest, readRecordings, type Recording } from './replay/recording';
import { Stubs } from './replay/stubs';
import { Tokens } from './replay/tokens';
import { inProcessSockets } from './replay/websocket';

const USAGE = `npm run replay -- <folder or file>... [--in-process] [--kind REST,HTTP,WEBSOCKET] [--jobs 4]

Plays recordings of how API Gateway answers against the built command ("npm run build"), over sockets; with --in-process
without them. Each difference is printed with its recording. The exit code is 1 if a recording is wrong that is not "likely".
`;

interface Outcome {
  readonly recording: Recording;
  readonly wrong: readonly string[];
  readonly rightRequests: number;
}

interface Player {
  send(request: RecordedRequest): Promise<Received>;
  end(): Promise<void>;
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function playerOf(recording: Recording, stubs: Stubs, tokens: Tokens, inside: boolean): Promise<Player> {
  if (!inside) return startSession(recording, stubs, tokens);
  const start = recording.kind === 'WEBSOCKET' ? inProcessSockets : inProcess;
  return { send: start(recording, stubs, tokens), end: () => Promise.resolve() };
}

async function play(recording: Recording, tokens: Tokens, inside: boolean): Promise<Outcome> {
  const stubs = new Stubs(recording);
  const wrong: string[] = [];
  let rightRequests = 0;
  let player: Player | undefined;
  try {
    player = await playerOf(recording, stubs, tokens, inside);
    for (const [index, request] of recording.requests.entries()) {
      stubs.forget();
      const found = judge(request, await player.send(request), stubs);
      if (found.length === 0) rightRequests += 1;
      wrong.push(...found.map((each) => `#${index + 1} ${request.method} ${request.path} ${each}`));
    }
  } catch (error) {
    wrong.push((error as Error).stack ?? String(error));
  } finally {
    await player?.end();
  }
  return { recording, wrong, rightRequests };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      ...{ 'in-process': { type: 'boolean' }, kind: { type: 'string' }, jobs: { type: 'string' } },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help || positionals.length === 0) {
    print(USAGE);
    return values.help ? 0 : 2;
  }
  const kinds = values.kind?.split(',');
  const waiting = readRecordings(positionals).filter(({ kind }) => kinds?.includes(kind) ?? true);
  const all = [...waiting];
  const tokens = new Tokens();
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      outcomes.push(await play(next, tokens, values['in-process'] === true));
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs ?? 4) }, work));
  const wrong = all.flatMap((each) =>
    outcomes.filter(({ recording, wrong: some }) => recording === each && some.length > 0),
  );
  for (const { recording, wrong: differences } of wrong) {
    const likely = recording.confidence ? ` (${recording.confidence})` : '';
    print(`${recording.id}${likely}: ${recording.title}\n  ${differences.join('\n  ')}`);
  }
  const requests = all.reduce((sum, recording) => sum + recording.requests.length, 0);
  const right = outcomes.reduce((sum, { rightRequests }) => sum + rightRequests, 0);
  print(`${all.length - wrong.length} of ${all.length} recordings right (${right} of ${requests} requests)`);
  return wrong.some(({ recording }) => recording.confidence !== 'likely') ? 1 : 0;
}

void main().then((code) => {
  process.exitCode = code;
});
