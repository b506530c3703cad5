import { BODY_MAX_BYTES, INTEGRATIONS_PER_HTTP_API, STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { type Owner } from '../authoring/errors';
import { isCatchAll } from '../gateway/http-route-key';
import { type SplicedBody } from '../document/spliced-body';
import { suggest } from '../lookup/nearest';
import { tooManyIntegrations } from './document';
import { type HttpRouteDefinition } from './route';
import { type HttpRouteBinder } from './route-binder';
import { type HttpStageDefinition } from './stage';

/** A gateway to which no more routes come. */
export interface FinishedHttpGateway {
  readonly owner: Owner;
  readonly stages: Readonly<Record<string, HttpStageDefinition>>;
  readonly routes: readonly HttpRouteDefinition[];
  readonly binder: HttpRouteBinder;
  readonly body: SplicedBody;
}

/** What must hold between the parts of a gateway; returns the errors. */
export function checkGateway(gateway: FinishedHttpGateway): string[] {
  const { owner, routes } = gateway;
  if (routes.length === 0) {
    return [owner.error('has no route; give it routes: { "GET /…": { integration: … } }, or call addRoute').message];
  }
  return [
    ...checkCatchAlls(gateway),
    ...checkStages(gateway),
    ...checkIntegrations(gateway),
    ...checkBodySize(gateway),
  ];
}

/** What an authorized route misses by a letter must not go to an open one unseen. */
function checkCatchAlls({ owner, routes }: FinishedHttpGateway): string[] {
  const authorized = routes.find(({ authorizer }) => authorizer.kind !== 'none');
  if (!authorized) return [];
  return routes
    .filter(
      ({ route, authorizer, allowOpenCatchAll }) =>
        isCatchAll(route) && authorizer.kind === 'none' && !allowOpenCatchAll,
    )
    .map(
      ({ route }) =>
        owner
          .part(`route "${route.key}"`)
          .error(
            `is open beside routes that are not, e.g. "${authorized.route.key}", and takes every path and method that no other route names, ` +
              'misspelt ones of theirs too; give it an authorizer, or say allowOpenCatchAll: true',
          ).message,
    );
}

function checkStages({ owner, stages, routes, binder }: FinishedHttpGateway): string[] {
  const errors: string[] = [];
  const keys = routes.map(({ route }) => route.key);
  for (const stage of Object.values(stages)) {
    const report = (message: string) => errors.push(owner.part(`stage "${stage.key}"`).error(message).message);
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

function checkIntegrations({ owner, routes }: FinishedHttpGateway): string[] {
  const count = tooManyIntegrations(routes);
  if (count === undefined) return [];
  return [
    owner.error(
      `has ${count} different integrations, and an HTTP API takes ${INTEGRATIONS_PER_HTTP_API}, which no quota raises; let routes share functions or URLs, ` +
        'join routes with one back-end into "ANY /…/{proxy+}", or split the API into several gateways behind one domain',
    ).message,
  ];
}

function checkBodySize({ owner, body }: FinishedHttpGateway): string[] {
  if (body.size <= BODY_MAX_BYTES) return [];
  return [
    owner.error(
      `the OpenAPI document is ${Math.round(body.size / 1000)} KB, and a template takes 1000 KB in all; split the API by its first path ` +
        'segments into several gateways behind one domain, or join routes with one back-end into "ANY /…/{proxy+}"',
    ).message,
  ];
}
