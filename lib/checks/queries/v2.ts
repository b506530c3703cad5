import {
  type AnyApi,
  type AnyIntegration,
  type AnyRoute,
  type AnyStage,
  type ApiModel,
  type HttpApi,
  type Location,
  type MethodSetting,
  type RouteSettings,
  type V2Integration,
  type V2Route,
  type V2Stage,
  type WebSocketApi,
} from '../../template/model/model';
import { isKnown, knownOr } from '../../template/model/value';
import { callsOf, inside, methodsOf, settingLabel, settingsOf, stagesOf } from './common';

/** A V2 route and the API it belongs to. */
export interface V2RouteOf<A extends HttpApi | WebSocketApi = HttpApi | WebSocketApi> {
  readonly api: A;
  readonly route: V2Route;
}

/** A V2 route whose integration is known. */
export interface V2Call<A extends HttpApi | WebSocketApi = HttpApi | WebSocketApi> extends V2RouteOf<A> {
  readonly integration: V2Integration;
}

/** What is gathered once for a model, since many rules go through it. */
export function once<T>(gather: (model: ApiModel) => readonly T[]): (model: ApiModel) => readonly T[] {
  const byModel = new WeakMap<ApiModel, readonly T[]>();
  return (model) => {
    let found = byModel.get(model);
    if (!found) {
      byModel.set(model, (found = gather(model)));
    }
    return found;
  };
}

const routesIn = <A extends HttpApi | WebSocketApi>(apis: readonly A[]): V2RouteOf<A>[] =>
  apis.flatMap((api) => api.routes.map((route) => ({ api, route })));

const withIntegration = <A extends HttpApi | WebSocketApi>(routes: readonly V2RouteOf<A>[]): V2Call<A>[] =>
  routes.flatMap(({ api, route }) =>
    isKnown(route.integration) ? { api, route, integration: route.integration } : [],
  );

/** All routes of HTTP APIs. */
export const httpRoutesOf = once((model) => routesIn(model.httpApis));

/** All routes of WebSocket APIs, `$connect` and the other predefined ones too. */
export const webSocketRoutesOf = once((model) => routesIn(model.webSocketApis));

/** All routes of HTTP and WebSocket APIs; `api.kind` distinguishes them. */
export const v2RoutesOf = once<V2RouteOf>((model) => [...httpRoutesOf(model), ...webSocketRoutesOf(model)]);

/** All routes of HTTP APIs whose integration is known. */
export const httpCallsOf = once((model) => withIntegration(httpRoutesOf(model)));

/** All routes of WebSocket APIs whose integration is known. */
export const webSocketCallsOf = once((model) => withIntegration(webSocketRoutesOf(model)));

/** All routes of HTTP and WebSocket APIs whose integration is known. */
export const v2CallsOf = once<V2Call>((model) => [...httpCallsOf(model), ...webSocketCallsOf(model)]);

/** All HTTP and WebSocket APIs. */
export const v2ApisOf = once<HttpApi | WebSocketApi>((model) => [...model.httpApis, ...model.webSocketApis]);

/** The stages of HTTP and WebSocket APIs; without their API if it is imported. */
export const v2StagesOf = once<{ readonly stage: V2Stage; readonly api?: HttpApi | WebSocketApi }>((model) => [
  ...v2ApisOf(model).flatMap((api) => api.stages.map((stage) => ({ stage, api }))),
  ...model.detachedV2Stages.map((stage) => ({ stage })),
]);

/** Each `DefaultRouteSettings` (without `routeKey`) and each entry of `RouteSettings`. */
export const routeSettingsOf = once<{
  readonly stage: V2Stage;
  readonly setting: RouteSettings;
  readonly api?: HttpApi | WebSocketApi;
}>((model) =>
  v2StagesOf(model).flatMap(({ stage, api }) =>
    [...(stage.defaultRouteSettings ? [stage.defaultRouteSettings] : []), ...knownOr(stage.routeSettings, [])].map(
      (setting) => ({ stage, setting, api }),
    ),
  ),
);

/** APIs of all kinds. */
export const allApisOf = once<AnyApi>((model) => [...model.restApis, ...v2ApisOf(model)]);

/** Routes of all kinds: the methods of REST APIs too. */
export const allRoutesOf = once<{ readonly api: AnyApi; readonly route: AnyRoute }>((model) => [
  ...methodsOf(model).map(({ api, method }) => ({ api, route: method })),
  ...v2RoutesOf(model),
]);

/** Routes of all kinds whose integration is known. */
export const allCallsOf = once<{
  readonly api: AnyApi;
  readonly route: AnyRoute;
  readonly integration: AnyIntegration;
}>((model) => [
  ...callsOf(model).map(({ api, method, integration }) => ({ api, route: method, integration })),
  ...v2CallsOf(model),
]);

/** Stages of all kinds; without their API if it is imported. */
export const allStagesOf = once<{ readonly stage: AnyStage; readonly api?: AnyApi }>((model) => [
  ...stagesOf(model),
  ...v2StagesOf(model),
]);

/** The routes of one API of any kind: the methods of a REST API too. */
export const routesOfApi = (api: AnyApi): readonly AnyRoute[] => (api.kind === 'rest' ? api.methods : api.routes);

export const routeSettingLabel = ({ routeKey }: RouteSettings): string =>
  routeKey === undefined ? 'for all routes' : `for ${routeKey}`;

/** The settings of stages of all kinds: for all routes, and for single ones; `label` names them. */
export const allSettingsOf = once<{
  readonly stage: AnyStage;
  readonly setting: MethodSetting | RouteSettings;
  readonly label: string;
}>((model) => [
  ...[...settingsOf(model)].map(({ stage, setting }) => ({ stage, setting, label: settingLabel(setting) })),
  ...routeSettingsOf(model).map(({ stage, setting }) => ({ stage, setting, label: routeSettingLabel(setting) })),
]);

/** The stages of WebSocket APIs; one whose API is imported may belong to an HTTP API, and is not included. */
export const webSocketStagesOf = once<{ readonly stage: V2Stage; readonly api: WebSocketApi }>((model) =>
  model.webSocketApis.flatMap((api) => api.stages.map((stage) => ({ stage, api }))),
);

/** Where the variables of a stage are, whatever the kind of its API. */
export const variablesOf = (stage: AnyStage): Location =>
  inside(stage.location, 'routeSettings' in stage ? 'StageVariables' : 'Variables');
