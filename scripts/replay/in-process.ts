import { randomUUID } from 'node:crypto';
import { type Backends, BackendError } from '../../lib/serve/backends';
import { type Environment } from '../../lib/serve/environment';
import { type Answer, type IncomingRequest } from '../../lib/serve/exchange';
import { HttpGateway } from '../../lib/serve/http/gateway';
import { chosenStage, noStage } from '../../lib/serve/http/stages';
import { RestGateway } from '../../lib/serve/rest/gateway';
import { type Json } from '../../lib/serve/json';
import { type Trace } from '../../lib/serve/trace';
import { type ApiModel } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type Text } from '../../lib/template/model/text';
import { isKnown, knownOr, type Value } from '../../lib/template/model/value';
import { compileSchema } from '../../runtime/serve/schemas';
import { type Received } from './judge';
import { bytesOfBody, type RecordedRequest, type Recording, targetOf } from './recording';
import { type Stubs } from './stubs';
import { type Tokens } from './tokens';

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

function text(value: Text): string {
  if (typeof value === 'string') return value;
  return value.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'pseudo')
        return (
          {
            'AWS::Partition': 'aws',
            'AWS::Region': REGION,
            'AWS::AccountId': ACCOUNT,
            'AWS::URLSuffix': 'amazonaws.com',
          }[part.logicalId] ?? ''
        );
      if (part.attribute === 'Arn') return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${part.logicalId}`;
      return part.logicalId;
    })
    .join('');
}

export function stubBackends(recording: Recording, stubs: Stubs, tokens: Tokens): Backends {
  return {
    async invoke({ functionId, target, event, invocationType, timeoutInMs }) {
      const name = functionId ?? target.split(':')[6] ?? target;
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
      const issuer = stubs.backend(origin);
      if (issuer?.type === 'issuer') {
        const json = pathname.endsWith('openid-configuration')
          ? { issuer: origin, jwks_uri: `${origin}/keys` }
          : tokens.keySet;
        return { status: 200, headers: [], body: Buffer.from(JSON.stringify(json)) };
      }
      const length: [string, string][] = [['content-length', String(body.length)]];
      const answer = await timed(
        stubs.callServer(service ? `aws:${service.name}` : origin, {
          ...{ method, target: pathname + search, headers: [...headers, ...length], body: Buffer.from(body) },
        }),
        timeoutInMs,
      );
      if (!answer) throw new BackendError('connection', `Nobody answers at ${origin}`);
      const isLong = answer.headers.some(([name]) => name.toLowerCase() === 'content-length');
      return {
        ...answer,
        headers: [
          ...answer.headers,
          ['Date', new Date().toUTCString()],
          ['Connection', 'keep-alive'],
          ...(isLong ? [] : [['Content-Length', String(answer.body.length)] as const]),
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

export function inProcess(
  recording: Recording,
  stubs: Stubs,
  tokens: Tokens,
): (request: RecordedRequest) => Promise<Received> {
  const model = readModel([{ file: 'template', template: recording.template, bytes: 0 } as never]);
  const environment: Environment = {
    ...{ account: ACCOUNT, region: REGION, partition: 'aws', backends: stubBackends(recording, stubs, tokens) },
    ...{ compileSchema, now: Date.now, random: Math.random, newId: randomUUID, text },
  };
  const handle = recording.kind === 'HTTP' ? httpHandler(model, environment) : restHandler(model, environment);
  return async (recorded) => {
    const request: IncomingRequest = {
      ...{ method: recorded.method, target: targetOf(recorded), body: bytesOfBody(recorded.body) },
      sourceIp: '127.0.0.1',
      headers: [
        ['host', 'localhost'],
        ...Object.entries(recorded.headers ?? {}).flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, tokens.header(each)]),
        ),
      ],
    };
    const from = performance.now();
    const { answer, trace } = await handle(request);
    if (process.env.TRACE) process.stdout.write(`${JSON.stringify(trace, null, 1)}\n`);
    const body = answer.body as Uint8Array;
    return {
      status: answer.status,
      headers: answer.headers,
      body: Buffer.from(body),
      tookInMs: performance.now() - from,
    };
  };
}

type Handler = (request: IncomingRequest) => Promise<{ readonly answer: Answer; readonly trace?: Trace }>;

const variablesOf = (variables: Value<Readonly<Record<string, Value<string>>>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(knownOr(variables, {})).map(([name, value]) => [name, knownOr(value, '')]));

const PLACE = { apiId: 'localapi', domainName: 'localhost', port: 443 } as const;

function httpHandler(model: ApiModel, environment: Environment): Handler {
  const [api] = model.httpApis;
  const gateways = new Map(
    api.stages.map((stage) => {
      const stageVariables = variablesOf(stage.variables);
      return [
        knownOr(stage.stageName, ''),
        new HttpGateway({ ...PLACE, model, api, stage, environment, stageVariables }),
      ] as const;
    }),
  );
  return async (request) => {
    const chosen = chosenStage(gateways.keys(), request);
    const gateway = chosen && gateways.get(chosen.stage);
    return gateway ? gateway.handle(request, chosen.prefix) : { answer: noStage() };
  };
}

function restHandler(model: ApiModel, environment: Environment): Handler {
  const api = model.restApis[0];
  const gateways = new Map(
    (api?.stages ?? []).map((stage) => {
      const gateway = new RestGateway({
        ...{ ...PLACE, model, api, stage, environment },
        stageVariables: variablesOf(stage.variables),
        ...(stage.canary ? { canary: { percent: knownOr(stage.canary.percentTraffic, 0), variables: {} } } : {}),
        ...(api.policy === undefined ? {} : { policy: JSON.parse(JSON.stringify(api.policy, resolve)) as Json }),
        schemaOf: (each) => JSON.parse(JSON.stringify(each.schema ?? null, resolve)) as Json,
      });
      return [isKnown(stage.stageName) ? stage.stageName : '', gateway] as const;
    }),
  );
  return (request) => {
    const stage = request.target.replace(/^\/+/, '').split(/[/?]/)[0];
    const gateway = gateways.get(stage);
    if (!gateway) throw new Error(`no stage ${stage}`);
    return gateway.handle(request, `/${stage}`);
  };
}

/** References of policies and schemas, roughly. */
function resolve(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const one = value as Record<string, unknown>;
  if (typeof one['Fn::Sub'] === 'string')
    return one['Fn::Sub'].replace(/\$\{([^}]*)\}/g, (_, name: string) =>
      text({
        parts: [name.startsWith('AWS::') ? { kind: 'pseudo', logicalId: name } : { kind: 'resource', logicalId: name }],
      } as never),
    );
  if (typeof one.Ref === 'string') return one.Ref;
  return value;
}
