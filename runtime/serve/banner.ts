import { type LocalApi } from '../../lib/serve/local-api';
import { type Finding } from '../../lib/checks/rule';
import { type ApiModel } from '../../lib/template/model/model';
import { describeRoutes } from '../../lib/template/describe/rest';
import { describeV2Routes } from '../../lib/template/describe/v2';
import { type Unresolved } from '../../lib/serve/resolve';
import { type NotEmulated } from './not-emulated';

/** More routes than a screen has lines are counted only. */
const ROUTES_MAX = 40;
const FINDINGS_MAX = 10;

const place = ({ template, logicalId, path }: NotEmulated['location']): string =>
  [template, [logicalId, ...path].join('.')].join(' ');

/** The APIs with their URLs and routes. */
export function apiLines(api: LocalApi, url: string, model: ApiModel): string[] {
  const routes = routesOf(api, model);
  const shown =
    routes.length > ROUTES_MAX ? [...routes.slice(0, ROUTES_MAX), `… and ${routes.length - ROUTES_MAX} more`] : routes;
  const kind = { rest: 'REST', http: 'HTTP', websocket: 'WebSocket' }[api.kind];
  return [
    `${api.name} (${kind})`,
    ...api.stages.map((stage) => `  ${url}${stage === '$default' ? '' : `/${stage}`}`),
    ...shown.map((route) => `    ${route}`),
    ...keyLines(api),
    '',
  ];
}

/** The API keys whose values nobody can read in the templates. */
function keyLines({ keys = [] }: LocalApi): string[] {
  const stages = new Map<string, string[]>();
  for (const { stage, key } of keys) if (key.isLocal) stages.set(key.value, [...(stages.get(key.value) ?? []), stage]);
  return [...stages].map(([value, all]) => `  x-api-key: ${value} (${all.join(', ')})`);
}

function routesOf({ logicalId }: LocalApi, model: ApiModel): string[] {
  const rest = model.restApis.find(({ location }) => location.logicalId === logicalId);
  if (rest)
    return describeRoutes(rest).map(({ method, path, integration }) => `${method.padEnd(7)} ${path}  ${integration}`);
  const api = [...model.httpApis, ...model.webSocketApis].find(({ location }) => location.logicalId === logicalId);
  return api ? describeV2Routes(api).map(({ route, integration }) => `${route}  ${integration}`) : [];
}

/** The errors of the checks: what fails here will fail when it is deployed. */
export function findingLines(findings: readonly Finding[]): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  return [
    `The checks find ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; "apigw check" tells more:`,
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

/** What is not emulated, and where it is in the template. */
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
