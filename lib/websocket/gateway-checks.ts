import { STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { checkUsagePlans } from '../usage-plans/checks';
import { type UsagePlanDefinition } from '../usage-plans/usage-plan';
import { suggest } from '../lookup/nearest';
import { type WebSocketRouteBinder } from './route-binder';
import { type WebSocketRouteDefinition } from './route';
import { type WebSocketApiSettings } from './settings';
import { type WebSocketStageDefinition } from './stage';

/** A gateway to which no more routes come. */
export interface WebSocketFinishedGateway {
  readonly owner: Owner;
  readonly settings: WebSocketApiSettings;
  readonly stages: Readonly<Record<string, WebSocketStageDefinition>>;
  readonly routes: readonly WebSocketRouteDefinition[];
  readonly binder: WebSocketRouteBinder;
  readonly plans: readonly UsagePlanDefinition[];
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway({ owner, settings, stages, routes, binder, plans }: WebSocketFinishedGateway): string[] {
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { $connect: { integration: … } }, or call addRoute').message];
  }
  const errors: string[] = [];
  if (!routes.some(({ route }) => route.event === 'connect')) {
    errors.push(
      owner.error(
        'has no route "$connect", so that nobody is asked for and everyone may connect; add one, with WebSocketIntegration.mock() where ' +
          'nothing else is to happen: { $connect: { integration: WebSocketIntegration.mock(), authorizer: … } }',
      ).message,
    );
  }
  return [
    ...errors,
    ...checkSubprotocol(owner, routes),
    ...checkStages(owner, stages, routes, binder),
    ...checkUsagePlans(
      owner,
      settings,
      plans,
      Object.keys(stages),
      routes.map(({ route, apiKeyRequired, authorizer }) => ({
        key: route.key,
        apiKeyRequired,
        hasFunction: authorizer?.kind === 'request' && !authorizer.jwt,
      })),
    ),
  ];
}

/** Clients close a connection that answers none of the subprotocols that they offer (WHATWG Fetch, "establish a WebSocket connection"). */
function checkSubprotocol(owner: Owner, routes: readonly WebSocketRouteDefinition[]): string[] {
  return routes.flatMap(({ route, authorizer, integration }) => {
    const token = authorizer?.jwt?.token;
    const sources = token && 'kind' in token ? token.sources : [];
    const subprotocol = sources.find((source) => source.in === 'subprotocol');
    if (!subprotocol || integration.properties.integrationType?.endsWith('_PROXY')) return [];
    return [
      owner
        .part(`route "${route.key}"`)
        .error(
          `takes the token from what follows the subprotocol "${subprotocol.name}", and its integration cannot answer the header ` +
            'Sec-WebSocket-Protocol, without which browsers close the connection; put a function behind it (WebSocketIntegration.lambda) ' +
            'that answers it, or take WebSocketTokenSource.query or .header',
        ).message,
    ];
  });
}

function checkStages(
  owner: Owner,
  stages: Readonly<Record<string, WebSocketStageDefinition>>,
  routes: readonly WebSocketRouteDefinition[],
  binder: WebSocketRouteBinder,
): string[] {
  const errors: string[] = [];
  const keys = routes.map(({ route }) => route.key);
  for (const stage of Object.values(stages)) {
    const where = owner.part(`stage "${stage.key}"`);
    const report = (message: string) => errors.push(where.error(message).message);
    for (const route of Object.keys(stage.routes)) {
      if (!keys.includes(route))
        report(`routes has "${route}", which is no route of the gateway.${suggest(route, keys)}`);
    }
    const variables = binder.variablesOf(stage);
    const names = Object.keys(variables);
    for (const [name, route] of binder.usedVariables) {
      if (!Object.hasOwn(variables, name)) {
        const hint = names.length > 0 ? suggest(name, names) : ` Set it: variables: { ${name}: "…" }`;
        report(`has no variable "${name}", which route "${route}" reads.${hint}`);
      }
    }
    if (names.length > STAGE_VARIABLES_PER_STAGE) {
      report(
        `has ${names.length} variables, those of lambdaByStage included; a stage takes ${STAGE_VARIABLES_PER_STAGE}`,
      );
    }
  }
  return errors;
}
