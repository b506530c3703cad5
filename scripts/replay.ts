/** Replays recordings of how API Gateway answers; see `--help`. */
import { inProcess } from './replay/in-process';
import { judge } from './replay/judge';
import { readRecordings } from './replay/recording';
import { Stubs } from './replay/stubs';
import { Tokens } from './replay/tokens';
import { inProcessSockets } from './replay/websocket';

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(places: readonly string[]): Promise<void> {
  const kinds = (process.env.KIND ?? 'REST').split(',');
  const recordings = readRecordings(places).filter(({ kind }) => kinds.includes(kind));
  const tokens = new Tokens();
  let right = 0;
  let rightRequests = 0;
  let requests = 0;
  for (const recording of recordings) {
    const stubs = new Stubs(recording);
    const wrong: string[] = [];
    try {
      const start = recording.kind === 'WEBSOCKET' ? inProcessSockets : inProcess;
      const send = start(recording, stubs, tokens);
      for (const [index, request] of recording.requests.entries()) {
        requests += 1;
        stubs.forget();
        const found = judge(request, await send(request), stubs);
        if (found.length === 0) rightRequests += 1;
        wrong.push(...found.map((each) => `#${index + 1} ${request.method} ${request.path} ${each}`));
      }
    } catch (error) {
      wrong.push((error as Error).stack ?? String(error));
    }
    if (wrong.length === 0) right += 1;
    const likely = recording.confidence ? ` (${recording.confidence})` : '';
    if (wrong.length > 0) print(`${recording.id}${likely}: ${recording.title}\n  ${wrong.join('\n  ')}`);
  }
  print(`${right} of ${recordings.length} recordings right (${rightRequests} of ${requests} requests)`);
}

void main(process.argv.slice(2));
