import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { type ApiModel, type RestApi } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { isKnown } from '../../lib/template/model/value';
import { Refused } from '../live/refused';
import { readAuthorizers, readSnapshot } from '../live/snapshot';
import { isNotFound, liveStage } from '../live/stage';
import { nameOf } from './api-names';
import { type AwsClients } from './aws';
import { authorizerGaps, type Gap, NOT_TOLD, routeGaps, stageGaps, type Unknown } from './deployed-compare';
import { findStage, type FoundStage } from './find-stage';
import { UsageError } from './io';
import { type LiveIo } from './live-io';
import { json, line, lines, shown } from './shown';
import { readSources } from './sources';
import { count, table } from './table';

export interface DeployedOptions {
  /** Which API of the templates, by name or logical id. */
  readonly api?: string;
  /** Id of the live API, where its name does not tell. */
  readonly id?: string;
  readonly stack?: string;
  readonly stage?: string;
  readonly json: boolean;
}

/** `apigw deployed`: how the live stage differs from the template; 1 if it does. */
export async function deployed(
  paths: readonly string[],
  clients: AwsClients,
  options: DeployedOptions,
  io: LiveIo,
): Promise<number> {
  const model = readModel(readSources(paths));
  const api = apiOf(model, options.api);
  const at = await findStage(clients, {
    api: options.id ?? liveNameOf(api, options),
    stack: options.stack,
    stage: options.stage,
  });
  const { gaps, unknown } = await compare(api, clients, at);
  if (options.json) {
    const { restApiId, stageName, apiName } = at;
    io.stdout(json({ api: { id: restApiId, name: apiName }, stage: stageName, gaps, unknown }));
  } else if (gaps.length + unknown.length === 0) {
    io.stdout(
      line(
        `${at.apiName}, stage ${at.stageName}: the live stage matches the template, as far as the template is known.`,
      ),
    );
  } else {
    const rows = gaps.map(({ kind, what, template, live }) => [kind, what, template, live]);
    const title = line(`${at.apiName}, stage ${at.stageName}: ${count(gaps.length, 'difference')}`);
    const found = rows.length > 0 ? [table(io, ['kind', 'what', 'template', 'live'], rows)] : [];
    io.stdout(shown([title, ...found, lines(unknown.map(({ what, reason }) => `Not available: ${what}: ${reason}`))]));
  }
  return gaps.length > 0 ? 1 : unknown.length > 0 ? 3 : 0;
}

async function compare(
  api: RestApi,
  { gateway }: AwsClients,
  { restApiId, stageName }: FoundStage,
): Promise<{ gaps: Gap[]; unknown: Unknown[] }> {
  const stage = await gateway.send(new GetStageCommand({ restApiId, stageName })).catch((error: unknown) => {
    if (isNotFound(error)) throw new Refused(`The REST API ${restApiId} has no stage "${stageName}".`);
    throw error;
  });
  const { stable, canary } = liveStage(stage);
  const unknown: Unknown[] = [];
  const routesOf = async (deployment: string) => {
    const what = `routes of the deployment ${deployment}`;
    const snapshot = await answered(what, () => readSnapshot(gateway, restApiId, deployment), unknown);
    return snapshot && routeGaps(api, snapshot);
  };
  const routes = await routesOf(stable);
  const isSplit = canary !== undefined && canary.deployment !== stable;
  const canaryRoutes = isSplit ? await routesOf(canary.deployment) : undefined;
  const authorizers = await answered('authorizers', () => readAuthorizers(gateway, restApiId), unknown);
  const inTemplate = api.stages.find((one) => one.stageName === stageName);
  const settings = inTemplate && stageGaps(inTemplate, stage);
  unknown.push(...(settings?.unknown ?? []));
  const gaps = [
    ...(isSplit ? canaryGap(stable, canary, canaryRoutes) : deploymentGap(stable, routes)),
    ...(routes ?? []),
    ...(authorizers ? authorizerGaps(api, authorizers) : []),
    ...(settings?.gaps ?? []),
  ];
  return { gaps, unknown };
}

/** What the service tells; one part that it refuses is unknown, and no reason to be silent about the others. */
async function answered<T>(
  what: string,
  read: () => Promise<T | undefined>,
  unknown: Unknown[],
): Promise<T | undefined> {
  try {
    const answer = await read();
    if (answer === undefined) unknown.push({ what, reason: NOT_TOLD });
    return answer;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: unknown };
    if ($metadata === undefined) throw error;
    unknown.push({ what, reason: `${name}: ${message}` });
    return undefined;
  }
}

/** Deployed and not promoted, or not deployed at all. */
function canaryGap(
  stable: string,
  { deployment, percent }: { readonly deployment: string; readonly percent: number },
  routes: readonly Gap[] | undefined,
): Gap[] {
  const live = `${stable}, and ${percent} % ${deployment}`;
  if (routes === undefined) return [{ kind: 'deployment', what: 'a canary is live', template: 'one deployment', live }];
  return routes.length === 0
    ? [{ kind: 'deployment', what: 'not promoted yet', template: `the routes of ${deployment}`, live }]
    : [{ kind: 'deployment', what: 'not deployed yet', template: 'neither of the two', live }];
}

function deploymentGap(stable: string, routes: readonly Gap[] | undefined): Gap[] {
  return routes === undefined || routes.length === 0
    ? []
    : [{ kind: 'deployment', what: 'not deployed yet', template: 'other routes', live: stable }];
}

function apiOf(model: ApiModel, wanted: string | undefined): RestApi {
  const restApis = model.restApis.filter(({ reference }) => !reference);
  const matching = restApis.filter(
    (api) => wanted === undefined || nameOf(api) === wanted || api.location.logicalId === wanted,
  );
  if (matching.length === 1) return matching[0];
  const names = restApis.map(nameOf).join(', ');
  if (restApis.length === 0) throw new UsageError('there is no REST API in the templates.');
  throw new UsageError(
    matching.length === 0
      ? `there is no API "${wanted}". The APIs are: ${names}.`
      : `several APIs: choose one with --api: ${names}.`,
  );
}

function liveNameOf(api: RestApi, { stack }: DeployedOptions): string | undefined {
  if (stack !== undefined) return undefined;
  if (isKnown(api.name)) return api.name;
  throw new UsageError('the template does not contain the name of the API: use --id or --stack.');
}
