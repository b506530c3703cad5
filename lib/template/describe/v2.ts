import { dnsSuffixOf } from '../../facts/partitions';
import { authorizerOf, CANNOT_TELL, integrationOf, NOTHING, shown } from './rest';
import { type HttpApi, type RouteSettings, type V2Route, type V2Stage, type WebSocketApi } from '../model/model';
import { knownOr, UNKNOWN } from '../model/value';

/** One route of an HTTP or WebSocket API, as plain text for a table. */
export interface V2RouteRow {
  /** `GET /orders/{id}`, `$default`, `$connect`… */
  readonly route: string;
  readonly authorizer: string;
  readonly integration: string;
  readonly throttle: string;
}

/** One stage of an HTTP or WebSocket API, as plain text for a table. */
export interface V2StageRow {
  readonly name: string;
  readonly url: string;
  readonly deployment: string;
  readonly throttle: string;
  readonly logs: string;
}

export function describeV2Routes(api: HttpApi | WebSocketApi): V2RouteRow[] {
  const throttles = api.stages.map(throttlesOf);
  return api.routes.map((route) => ({
    route: routeKeyOf(route),
    authorizer: authorizerOf(route),
    integration: integrationOf(route.integration),
    throttle: throttleOf(route, throttles),
  }));
}

/** The region makes the URL whole; without it the place is left open. */
export function describeV2Stages(api: HttpApi | WebSocketApi, region?: string): V2StageRow[] {
  const suffix = dnsSuffixOf(region ?? '');
  const scheme = api.kind === 'websocket' ? 'wss' : 'https';
  return api.stages.map((stage) => {
    const name = shown(stage.stageName);
    return {
      name,
      url: `${scheme}://<api-id>.execute-api.${region ?? '<region>'}.${suffix}/${name === '$default' ? '' : name}`,
      deployment: stage.autoDeploy === true ? 'automatic' : stage.deployment === undefined ? NOTHING : 'explicit',
      throttle: rates(stage.defaultRouteSettings),
      logs: logsOf(stage),
    };
  });
}

/** If references are part of the key, the part that is known. */
const routeKeyOf = ({ routeKey, httpMethod, path }: V2Route): string =>
  routeKey === UNKNOWN && path !== undefined ? `${shown(httpMethod)} ${path}` : shown(routeKey);

interface Throttles {
  readonly stage: string;
  readonly wide?: RouteSettings;
  /** Undefined if they are unknown. */
  readonly byRoute?: ReadonlyMap<string | undefined, RouteSettings>;
}

const throttlesOf = ({ stageName, defaultRouteSettings, routeSettings }: V2Stage): Throttles => ({
  stage: shown(stageName),
  wide: defaultRouteSettings,
  ...(routeSettings !== UNKNOWN && { byRoute: new Map(routeSettings.map((one) => [one.routeKey, one])) }),
});

/** What holds for the route in every stage; stage by stage where it differs. */
function throttleOf(route: V2Route, stages: readonly Throttles[]): string {
  const each = stages.map(({ stage, wide, byRoute }) => ({
    stage,
    text: byRoute ? rates(wide, byRoute.get(knownOr(route.routeKey, ''))) : CANNOT_TELL,
  }));
  if (new Set(each.map(({ text }) => text)).size <= 1) {
    return each[0]?.text ?? NOTHING;
  }
  return each.map(({ stage, text }) => `${stage}: ${text}`).join(', ');
}

function rates(wide?: RouteSettings, own?: RouteSettings): string {
  const rate = own?.throttlingRateLimit ?? wide?.throttlingRateLimit;
  const burst = own?.throttlingBurstLimit ?? wide?.throttlingBurstLimit;
  return rate === undefined && burst === undefined ? NOTHING : `${shown(rate)}/s, burst ${shown(burst)}`;
}

function logsOf({ accessLog, defaultRouteSettings }: V2Stage): string {
  const level = defaultRouteSettings?.loggingLevel;
  const words = [
    accessLog ? 'access' : '',
    level === undefined || level === 'OFF' ? '' : `execution ${shown(level)}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? NOTHING : words.join(' + ');
}
