import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding } from '../../lib/checks/rule';
import { type IncomingRequest } from '../../lib/serve/exchange';
import { type JsonObject } from '../../lib/serve/json';
import { type LocalApi } from '../../lib/serve/local-api';
import { type WebSocketConnection } from '../../lib/serve/websocket/connection';
import { type LocalGateway } from './local-gateway';
import { type NotEmulated } from './not-emulated';
import { type PageApi, type PageGateway, type PageRequest } from './page/contract';
import { describeRest, type ServedStage } from './page/describe';
import { describeV2 } from './page/describe-v2';
import { excerptsOf } from './page/excerpts';

export interface PageParts {
  readonly gateway: LocalGateway;
  /** The APIs that are served, each with its URL. */
  readonly served: () => readonly { readonly api: LocalApi; readonly url: string }[];
  readonly findings: () => readonly Finding[];
  readonly notEmulated: () => readonly NotEmulated[];
}

/** What the page needs, out of the gateway of the command. */
export function pageGateway({ gateway, served, findings, notEmulated }: PageParts): PageGateway {
  const { issuer } = gateway;
  const apiOf = (id: string): LocalApi => {
    const found = served().find(({ api }) => api.apiId === id);
    if (!found) throw new Error(`There is no API ${id}`);
    return found.api;
  };
  return {
    apis: () => served().map(({ api, url }) => describe(api, url, gateway)),
    findings: () =>
      findings().map(({ id, severity, message, template, logicalId, segments }) => ({
        ...{ rule: id, severity, text: message, location: { template, logicalId, path: segments } },
      })),
    notEmulated: () => notEmulated().map(({ what, location }) => ({ text: what, location })),
    async send(request) {
      const incoming = incomingOf(request, request.method, request.body);
      return { request: incoming, ...(await gateway.handle(apiOf(request.api), incoming)) };
    },
    source: (location) => excerptsOf(gateway.sources)(location),
    ...(issuer && { token: (claims: object) => Promise.resolve(issuer.token(claims as JsonObject)) }),
    async connect(request, { onMessage, onClose }) {
      const incoming = incomingOf(request, 'GET', new Uint8Array());
      const found = apiOf(request.api).sockets?.(incoming.target);
      if (!found) throw new Error(`There is no stage ${request.stage} of a WebSocket API`);
      const held: { connection?: WebSocketConnection } = {};
      const handshake = await found.gateway.connect(incoming, found.prefix, {
        send: onMessage,
        close(code, reason = '') {
          onClose(code, reason);
          void held.connection?.closed(code, reason);
        },
      });
      gateway.tell(handshake.trace, incoming);
      if (handshake.kind === 'refused')
        throw new Error(`The connection is refused with status ${handshake.answer.status}`);
      const { connection: open } = handshake;
      held.connection = open;
      return {
        send: (text) => void open.receive(text).then((trace) => trace && gateway.tell(trace)),
        close: () => void open.closed(1000).then((trace) => trace && gateway.tell(trace)),
      };
    },
  };
}

function describe(api: LocalApi, url: string, gateway: LocalGateway): PageApi {
  const [first, ...others] = (api.restStages ?? []).map((stage): ServedStage => ({
    stage,
    url: `${url}/${stage.stageName}`,
  }));
  return first ? describeRest([first, ...others]) : describeV2(api, gateway.model, url);
}

const incomingOf = (
  { stage, target, headers }: Pick<PageRequest, 'stage' | 'target' | 'headers'>,
  method: string,
  body: Uint8Array,
): IncomingRequest => ({
  ...{ method, body, sourceIp: '127.0.0.1' },
  target: `${stage === '$default' ? '' : `/${encodeURIComponent(stage)}`}${target}`,
  headers: headers.some(([name]) => name.toLowerCase() === 'host') ? headers : [['Host', 'localhost'], ...headers],
});

/** The page as it is built. */
export const pageHtml = (): string => readFileSync(join(__dirname, 'page.html'), 'utf8');
