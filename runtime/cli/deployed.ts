import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { type ApiModel, type RestApi } from '../../lib/template/model';
import { readModel } from '../../lib/template/read';
import { isKnown } from '../../lib/template/value';
import { Refused } from '../live/refused';
import { readAuthorizers, readSnapshot } from '../live/snapshot';
import { isNotFound, liveStage } from '../live/stage';
import { nameOf } from './api-names';
import { type AwsClients } from './aws';
import { authorizerGaps, type Gap, routeGaps, stageGaps } from './deployed-compare';
import { findStage, type FoundStage } from './find-stage';
import { UsageError } from './io';
import { type LiveIo } from './live-io';
import { json, line, shown } from './shown';
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

/** `apigw deployed`: what the template says and callers do not get; 1 where there is a gap. */
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
  const gaps = await gapsOf(api, clients, at);
  if (options.json) {
    const { restApiId, stageName, apiName } = at;
    io.stdout(json({ api: { id: restApiId, name: apiName }, stage: stageName, gaps }));
  } else if (gaps.length === 0) {
    io.stdout(
      line(`${at.apiName}, stage ${at.stageName}: what is live is what the template says, as far as it tells.`),
    );
  } else {
    const rows = gaps.map(({ kind, what, template, live }) => [kind, what, template, live]);
    const title = line(`${at.apiName}, stage ${at.stageName}: ${count(gaps.length, 'difference')}`);
    io.stdout(shown([title, table(io, ['kind', 'what', 'template', 'live'], rows)]));
  }
  return gaps.length > 0 ? 1 : 0;
}

async function gapsOf(api: RestApi, { gateway }: AwsClients, { restApiId, stageName }: FoundStage): Promise<Gap[]> {
  const stage = await gateway.send(new GetStageCommand({ restApiId, stageName })).catch((error: unknown) => {
    if (isNotFound(error)) throw new Refused(`There is no stage "${stageName}" of the REST API ${restApiId}.`);
    throw error;
  });
  const { stable, canary } = liveStage(stage);
  const routes = routeGaps(api, await readSnapshot(gateway, restApiId, stable));
  const inTemplate = api.stages.find((one) => one.stageName === stageName);
  const canaryRoutes =
    canary && canary.deployment !== stable
      ? routeGaps(api, await readSnapshot(gateway, restApiId, canary.deployment))
      : undefined;
  return [
    ...deploymentGap(stable, routes, canary, canaryRoutes),
    ...routes,
    ...authorizerGaps(api, await readAuthorizers(gateway, restApiId)),
    ...(inTemplate ? stageGaps(inTemplate, stage) : []),
  ];
}

/** Names the gap: not deployed at all, or deployed and not promoted. */
function deploymentGap(
  stable: string,
  routes: readonly Gap[],
  canary: { readonly deployment: string; readonly percent: number } | undefined,
  canaryRoutes: readonly Gap[] | undefined,
): Gap[] {
  if (canary && canaryRoutes) {
    const isCandidate = canaryRoutes.length === 0;
    const template = isCandidate ? `the routes of ${canary.deployment}` : 'neither of the two';
    const live = `${stable}, and ${canary.percent} % ${canary.deployment}`;
    return [{ kind: 'deployment', what: isCandidate ? 'not promoted yet' : 'not deployed yet', template, live }];
  }
  return routes.length === 0
    ? []
    : [{ kind: 'deployment', what: 'not deployed yet', template: 'other routes', live: stable }];
}

function apiOf({ restApis }: ApiModel, wanted: string | undefined): RestApi {
  const matching = restApis.filter(
    (api) => wanted === undefined || nameOf(api) === wanted || api.location.logicalId === wanted,
  );
  if (matching.length === 1) return matching[0];
  const names = restApis.map(nameOf).join(', ');
  if (restApis.length === 0) throw new UsageError('there is no REST API in the templates.');
  throw new UsageError(
    matching.length === 0
      ? `there is no API "${wanted}". There is: ${names}.`
      : `several APIs: say --api, one of ${names}.`,
  );
}

function liveNameOf(api: RestApi, { stack }: DeployedOptions): string | undefined {
  if (stack !== undefined) return undefined;
  if (isKnown(api.name)) return api.name;
  throw new UsageError('the template does not tell the name of the API: give --id or --stack.');
}
