import { randomUUID } from 'node:crypto';
import { apiIdOf, localApis } from '../../lib/serve/apis';
import { type LocalApi } from '../../lib/serve/local-api';
import { type IncomingRequest } from '../../lib/serve/exchange';
import { type Backends, BackendError } from '../../lib/serve/backends';
import { localNames } from '../../lib/serve/local-names';
import { Resolver } from '../../lib/serve/resolve';
import { readModel } from '../../lib/template/reader/read';
import { compileSchema } from '../../runtime/serve/schemas';
import { type Received } from './judge';
import { functionId } from './over-sockets';
import { bytesOfBody, type RecordedRequest, type Recording, targetOf } from './recording';
import { type Stubs } from './stubs';
import { type Tokens } from './tokens';

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/** The back ends of a recording, without a socket. */
export function stubBackends(recording: Recording, stubs: Stubs, tokens: Tokens): Backends {
  return {
    async invoke({ functionId: id, target, event, invocationType, timeoutInMs }) {
      const name = id ?? functionId(recording, target.split(':')[6] ?? target);
      const running = stubs.callFunction(name, event);
      if (invocationType === 'Event') return { kind: 'answer', payload: '' };
      const answer = await timed(running, timeoutInMs);
      if (!answer) return { kind: 'refused', reason: `There is no function ${name}` };
      return 'error' in answer
        ? { kind: 'error', payload: JSON.stringify(answer.error) }
        : { kind: 'answer', payload: JSON.stringify(answer.payload) };
    },
    async send({ method, url, headers, body, service, timeoutInMs }) {
      const { origin, pathname, search } = new URL(url);
      if (stubs.backend(origin)?.type === 'issuer') {
        const json = pathname.endsWith('openid-configuration')
          ? { issuer: origin, jwks_uri: `${origin}/keys` }
          : tokens.keySet;
        return { status: 200, headers: [], body: Buffer.from(JSON.stringify(json)) };
      }
      const call = stubs.callServer(service ? `aws:${service.name}` : origin, {
        ...{ method, target: pathname + search, headers: [...headers, ['content-length', String(body.length)]] },
        body: Buffer.from(body),
      });
      const answer = await timed(call, timeoutInMs);
      if (!answer) throw new BackendError('connection', `Nobody answers at ${origin}`);
      const has = (name: string): boolean => answer.headers.some(([each]) => each.toLowerCase() === name);
      return {
        ...answer,
        headers: [
          ...answer.headers,
          ['Date', new Date().toUTCString()],
          ['Connection', 'keep-alive'],
          ...(has('content-length') ? [] : [['Content-Length', String(answer.body.length)] as const]),
        ],
      };
    },
  };
}

async function timed<T>(running: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new BackendError('timeout', `No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

export type Send = (request: RecordedRequest) => Promise<Received>;

/** The APIs of the template of a recording, in this process. */
export function apisOf(recording: Recording, stubs: Stubs, tokens: Tokens): LocalApi[] {
  const model = readModel([{ file: 'template', template: recording.template, bytes: 0 }], [], { asDeployed: true });
  const nameOf = localNames(model);
  const resolver = new Resolver(model, {
    ...{ account: ACCOUNT, region: REGION },
    apiId: (ref) => apiIdOf(nameOf(ref)),
  });
  return localApis(model, {
    environment: {
      ...{ account: ACCOUNT, region: REGION, partition: 'aws', backends: stubBackends(recording, stubs, tokens) },
      ...{
        compileSchema,
        now: Date.now,
        random: Math.random,
        newId: randomUUID,
        nameOf,
        text: (text) => resolver.text(text),
      },
    },
    ...{ domainName: 'localhost', port: 443 },
  });
}

/** Sends the requests of a recording to its API, in this process. */
export function inProcess(recording: Recording, stubs: Stubs, tokens: Tokens): Send {
  const [api] = apisOf(recording, stubs, tokens);
  return async (recorded) => {
    const from = performance.now();
    const { answer, trace } = await api.handle(requestOf(recorded, targetOf(recorded), tokens));
    if (process.env.TRACE) process.stdout.write(`${JSON.stringify(trace, null, 1)}\n`);
    const body = Buffer.from(answer.body as Uint8Array);
    return { status: answer.status, headers: answer.headers, body, tookInMs: performance.now() - from };
  };
}

/** A recorded request as it would stand on the wire. */
export const requestOf = (recorded: RecordedRequest, target: string, tokens: Tokens): IncomingRequest => ({
  ...{ method: recorded.method, target, body: bytesOfBody(recorded.body), sourceIp: '127.0.0.1' },
  headers: [
    ['Host', 'localhost'],
    ...Object.entries(recorded.headers ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, tokens.header(each)]),
    ),
  ],
});
