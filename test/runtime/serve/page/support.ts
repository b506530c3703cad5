import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionCall } from '../../../../lib/serve/backends';
import { type FunctionLog, type FunctionOutcome } from '../../../../lib/serve/functions';
import { type Environment } from '../../../../lib/serve/environment';
import { type Json } from '../../../../lib/serve/json';
import { RestGateway } from '../../../../lib/serve/rest/gateway';
import { readModel } from '../../../../lib/template/reader/read';
import { type Text } from '../../../../lib/template/model/text';
import { readSources } from '../../../../runtime/cli/sources';
import { type PageConnectionEvents, type PageGateway } from '../../../../runtime/serve/page/contract';
import { describeRest } from '../../../../runtime/serve/page/describe';
import { excerptsOf } from '../../../../runtime/serve/page/excerpts';
import { createPageServer } from '../../../../runtime/serve/page/server';
import { type PageServer } from '../../../../runtime/serve/page/contract';
import { type Exchanged } from '../../../../runtime/serve/trace-view';
import { compileSchema } from '../../../../runtime/serve/schemas';

const TEMPLATE = join(__dirname, 'shop.yaml');
export const PAGE = join(__dirname, '../../../../assets/serve/page.html');

export const TOKEN = 'token-of-the-test-page';
export const ATTACK = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';

function text(value: Text): string {
  if (typeof value === 'string') return value;
  return value.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'pseudo') return 'us-east-1';
      return part.attribute === 'Arn'
        ? `arn:aws:lambda:us-east-1:111122223333:function:${part.logicalId}`
        : part.logicalId;
    })
    .join('');
}

/** The functions of the template. */
async function invoke({ functionId, event }: FunctionCall): Promise<FunctionOutcome> {
  const { headers, methodArn, body } = event as Record<string, never>;
  if (functionId === 'Guard') {
    if (headers?.['Authorization'] !== 'Bearer let-me-in-please') {
      return { kind: 'error', payload: JSON.stringify({ errorMessage: 'Unauthorized' }) };
    }
    const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }];
    const policyDocument = { Version: '2012-10-17', Statement };
    return { kind: 'answer', payload: JSON.stringify({ principalId: 'me', policyDocument }) };
  }
  return {
    kind: 'answer',
    payload: JSON.stringify({
      statusCode: 200,
      headers: { 'X-Seen': headers?.['X-Note'] ?? '' },
      body: body ?? 'nothing',
    }),
  };
}

export interface FakeGateway extends PageGateway {
  /** What was sent to connections of the console. */
  readonly said: string[];
  /** A request as if it came over the wire, path with the stage. */
  request(method: string, target: string, headers?: Exchanged['request']['headers'], body?: string): Promise<Exchanged>;
}

/** A gateway that answers requests to the template beside this file as the local one does. */
export function fakeGateway(onLog: (line: FunctionLog) => void = () => undefined): FakeGateway {
  const file = join(mkdtempSync(join(tmpdir(), 'page-')), 'shop.yaml');
  writeFileSync(file, readFileSync(TEMPLATE));
  const sources = readSources([file]);
  const model = readModel(sources);
  const [api] = model.restApis;
  const environment: Environment = {
    ...{ account: '111122223333', region: 'us-east-1', partition: 'aws', compileSchema, text },
    ...{ now: Date.now, random: Math.random, newId: randomUUID, nameOf: ({ logicalId }) => logicalId },
    backends: {
      invoke: async (call) => {
        onLog({
          functionId: call.functionId ?? '',
          requestId: call.requestId,
          text: `got ${JSON.stringify(call.event)}`,
        });
        return invoke(call);
      },
      send: () => Promise.reject(new Error('no network')),
    },
  };
  const gateways = api.stages.map(
    (stage) =>
      new RestGateway({
        ...{ model, api, stage, environment, apiId: 'Shop', domainName: 'localhost', port: 3000, stageVariables: {} },
        schemaOf: ({ schema }) => schema as Json,
      }),
  );
  const exchange = async (stage: string, request: Exchanged['request']): Promise<Exchanged> => {
    const gateway = gateways.find((each) => each.stage.stageName === stage);
    if (!gateway) throw new Error(`There is no stage ${stage}`);
    return { request, ...(await gateway.handle(request, `/${stage}`)) };
  };
  const [first, ...rest] = gateways.map(({ stage }) => ({ stage, url: `http://localhost:3000/${stage.stageName}` }));
  const chat = {
    id: 'Chat',
    kind: 'websocket' as const,
    name: 'chat',
    apiKeys: [],
    stages: [{ name: 'live', url: 'ws://localhost:3001/live' }],
  };
  const route = { authorization: 'NONE', apiKeyRequired: false, parameters: [], integration: 'AWS_PROXY' };
  const said: string[] = [];
  return {
    said,
    apis: () => [
      describeRest([first, ...rest]),
      { ...chat, routes: ['$connect', 'sendMessage'].map((path) => ({ ...route, path })) },
    ],
    findings: () => [
      {
        ...{ severity: 'warning', rule: 'REST-OBS1', text: 'The stage has no tracing.' },
        location: api.stages[0].location,
      },
    ],
    notEmulated: () => [{ text: 'The web ACL of the stage: every request passes.' }],
    source: excerptsOf(sources),
    token: async (claims) =>
      `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature-of-test`,
    send: ({ stage, method, target, headers, body }) =>
      exchange(stage, { method, headers, body, target: `/${stage}${target}`, sourceIp: '127.0.0.1' }),
    request: (method, target, headers = [], body = '') =>
      exchange(target.split('/')[1], { method, target, headers, body: Buffer.from(body), sourceIp: '127.0.0.1' }),
    connect: async ({ target }, { onMessage, onClose }: PageConnectionEvents) => {
      if (target.includes('refuse')) throw new Error('403 Forbidden: $connect was refused');
      return {
        send: (message) => {
          said.push(message);
          onMessage(`echo ${message}`);
        },
        close: () => onClose(1000, 'bye'),
      };
    },
  };
}

export interface OpenPage {
  readonly gateway: FakeGateway;
  readonly server: PageServer;
}

export async function openPage(html = readFileSync(PAGE, 'utf8')): Promise<OpenPage> {
  const opened: { server?: PageServer } = {};
  const gateway = fakeGateway((line) => opened.server?.log(line));
  opened.server = await createPageServer({ gateway, html, token: TOKEN });
  return { gateway, server: opened.server };
}
