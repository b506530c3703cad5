import { type LocalDomains } from '../../lib/serve/domains';
import { type LocalApi } from '../../lib/serve/local-api';
import { type Finding } from '../../lib/checks/rule';
import { type ApiModel } from '../../lib/template/model/model';
import { describeRoutes } from '../../lib/template/describe/rest';
import { describeV2Routes } from '../../lib/template/describe/v2';
import { type Unresolved } from '../../lib/serve/resolve';
import { knownOr } from '../../lib/template/model/value';
import { type Access, apiAt } from './access';
import { type NotEmulated } from './not-emulated';

/** More routes than a screen has lines are counted only. */
const ROUTES_MAX = 40;
const FINDINGS_MAX = 10;

const place = ({ template, logicalId, path }: NotEmulated['location']): string =>
  [template, [logicalId, ...path].join('.')].join(' ');

/** An API as clients call it. */
export interface Shown {
  readonly api: LocalApi;
  readonly url: string;
  readonly access: Access;
  /** A token with all scopes of the API, if there is a local issuer. */
  readonly token?: string;
}

/** What the banner shows. */
interface Served {
  readonly model: ApiModel;
  readonly domains: LocalDomains;
}

/** An API with its URLs and routes, a first request, and what clients need for it. */
export function apiLines(shown: Shown, { model, domains }: Served): string[] {
  const { api, url } = shown;
  const routes = routesOf(api, model);
  const rows =
    routes.length > ROUTES_MAX ? [...routes.slice(0, ROUTES_MAX), `… and ${routes.length - ROUTES_MAX} more`] : routes;
  const kind = { rest: 'REST', http: 'HTTP', websocket: 'WebSocket' }[api.kind];
  const base = api.kind === 'websocket' ? url.replace(/^http/, 'ws') : url;
  return [
    `${api.name} (${kind})`,
    ...api.stages.map((stage) => `  ${base}${pathOf(stage)}`),
    ...domainLines(api, { domains }),
    ...rows.map((route) => `    ${route}`),
    ...accessLines(shown),
    ...(api.kind === 'websocket'
      ? [`  Try: npx wscat -c ${base}${pathOf(api.stages[0])}`]
      : tryLines(shown, model, `${url}${pathOf(api.stages[0])}`)),
    '',
  ];
}

const pathOf = (stage: string): string => (stage === '$default' ? '' : `/${stage}`);

/** The Host header selects the custom domain, on each port. */
function domainLines({ location }: LocalApi, { domains }: Pick<Served, 'domains'>): string[] {
  const ways = domains.ways(location);
  return ways.map(
    ({ address, stage }) => `  ${address} (by its Host header)${stage === undefined ? '' : `, the stage ${stage}`}`,
  );
}

function routesOf({ location }: LocalApi, model: ApiModel): string[] {
  const api = apiAt(model, location);
  if (!api) return [];
  return api.kind === 'rest'
    ? describeRoutes(api).map(({ method, path, integration }) => `${method.padEnd(7)} ${path}  ${integration}`)
    : describeV2Routes(api).map(({ route, integration }) => `${route}  ${integration}`);
}

function accessLines({ access: { tokens, keys }, token }: Shown): string[] {
  return [
    ...(tokens === undefined
      ? []
      : token === undefined
        ? [`  Tokens: those of ${tokens.issuer}; with --issuer local, this command signs some`]
        : [
            '  Tokens: signed by the local issuer. This one has all scopes, and is valid for an hour:',
            `  TOKEN=${token}`,
          ]),
    ...(keys === undefined
      ? []
      : [
          `  API keys: ${keys.length === 0 ? 'none of the templates is in a usage plan of this API' : keys.join(', ')}`,
        ]),
  ];
}

/** A request for the first route. */
function tryLines({ api: { location }, access, token }: Shown, model: ApiModel, base: string): string[] {
  const api = apiAt(model, location);
  const routes = api === undefined ? [] : api.kind === 'rest' ? api.methods : api.routes;
  const route = routes.find(({ httpMethod }) => httpMethod !== 'OPTIONS');
  if (!route) return [];
  const named = knownOr(route.httpMethod ?? 'ANY', 'ANY');
  const method = named === 'ANY' ? 'GET' : named;
  const path = String(route.path ?? '/').replaceAll(/\{[^{}]*\}/g, '1');
  const isGuarded = ['COGNITO_USER_POOLS', 'JWT', 'CUSTOM'].includes(String(route.authorizationType));
  const needsToken = isGuarded && access.tokens !== undefined;
  const [key = '<key>'] = access.keys ?? [];
  return [
    [
      '  Try: curl -i',
      ...(method === 'GET' ? [] : ['-X', method]),
      ...(needsToken ? [`-H "Authorization: Bearer ${token === undefined ? '<token>' : '$TOKEN'}"`] : []),
      ...(route.apiKeyRequired === true ? [`-H "x-api-key: ${key}"`] : []),
      ...(/^(POST|PUT|PATCH)$/.test(method) ? [`-H "Content-Type: application/json" -d '{}'`] : []),
      /[^\w/.:~-]/.test(`${base}${path}`) ? `'${base}${path}'` : `${base}${path}`,
    ].join(' '),
  ];
}

/** The errors of the checks: what fails here will fail when it is deployed. */
export function findingLines(findings: readonly Finding[]): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  return [
    `The checks report ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; "apigw check" shows more:`,
    ...errors
      .slice(0, FINDINGS_MAX)
      .map(
        ({ id, message, template, logicalId, segments }) =>
          `  ${id}: ${message} (${place({ template, logicalId, path: segments })})`,
      ),
    ...(errors.length > FINDINGS_MAX ? [`  … and ${errors.length - FINDINGS_MAX} more`] : []),
    '',
  ];
}

/** Features that are not emulated, and their places in the template. */
export function notEmulatedLines(found: readonly NotEmulated[], unresolved: readonly Unresolved[]): string[] {
  const byText = new Map<string, NotEmulated[]>();
  for (const one of found) byText.set(one.what, [...(byText.get(one.what) ?? []), one]);
  const texts = [...byText].map(
    ([what, all]) => `  ${what} (${place(all[0].location)}${all.length > 1 ? ` and ${all.length - 1} more` : ''})`,
  );
  const values = unresolved.map(
    ({ label, where }) =>
      `  No value for ${label}${where === undefined ? '' : ` in ${where}`}; give one with --env-vars or --parameter-overrides`,
  );
  return texts.length + values.length === 0 ? [] : ['Not emulated:', ...texts, ...values, ''];
}
