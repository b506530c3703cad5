import { GetRestApiCommand, GetRestApisCommand, GetStagesCommand, type RestApi } from '@aws-sdk/client-api-gateway';
import { DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { isNotFound, type StageRef } from '../live/stage';
import { type AwsClients } from './aws';
import { UsageError } from './io';
import { nearMiss } from './near-miss';
import { STAGE_CANARY_OUTPUT } from '../../lib/facts/own-resources';

/** How a person says which stage is meant. */
export interface StageWords {
  /** Name or id. */
  readonly api?: string;
  readonly stack?: string;
  readonly stage?: string;
}

export interface FoundStage extends StageRef {
  readonly apiName: string;
}

/** Finds the stage by the outputs of a stack, or by the name or id of its API. */
export async function findStage(clients: AwsClients, words: StageWords): Promise<FoundStage> {
  const found =
    words.stack !== undefined ? await fromStack(clients, words.stack, words) : await fromApi(clients, words);
  const stageName = words.stage ?? found.stageName ?? (await onlyStage(clients, found));
  return { restApiId: found.restApiId, apiName: found.apiName, stageName };
}

type Found = Omit<FoundStage, 'stageName'> & { readonly stageName?: string };

async function fromStack(clients: AwsClients, StackName: string, { stage }: StageWords): Promise<Found> {
  const { Stacks = [] } = await clients.stacks.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => {
    if (!/does not exist/.test(error.message)) throw error;
    throw new UsageError(`there is no stack "${StackName}" in this account and Region.`);
  });
  const outputs = Stacks[0]?.Outputs ?? [];
  const targets = [
    ...new Map(outputs.flatMap(targetOf).map((one) => [`${one.restApiId}/${one.stageName}`, one])).values(),
  ];
  const wanted = targets.filter(
    ({ stageName }) => stage === undefined || stageName === undefined || stageName === stage,
  );
  const apis = [...new Set(wanted.map(({ restApiId }) => restApiId))];
  if (wanted.length === 1 || (apis.length === 1 && stage !== undefined)) {
    const { restApiId, stageName } = wanted[0];
    return { restApiId, apiName: (await apiById(clients, restApiId))?.name ?? restApiId, stageName };
  }
  if (wanted.length === 0) {
    throw new UsageError(
      `no output of the stack "${StackName}" identifies a REST API: specify it, e.g. apigw canary status <api>.`,
    );
  }
  const all = wanted.map(({ restApiId, stageName }) => [restApiId, stageName].filter(Boolean).join('/'));
  throw new UsageError(
    `the stack "${StackName}" has several stages: ${all.join(', ')}. Specify the API, or a stage with --stage.`,
  );
}

/** Outputs of a stage canary name the stage; those of other constructs have the URL. */
function targetOf({ OutputValue = '', Description = '' }: Output): { restApiId: string; stageName?: string }[] {
  const named = Description.startsWith(STAGE_CANARY_OUTPUT)
    ? /^([a-z0-9]+)\/([A-Za-z0-9_-]+)$/.exec(OutputValue)
    : null;
  const url = /^https:\/\/([a-z0-9]+)\.execute-api\.[^/]+(?:\/([A-Za-z0-9_-]+))?/.exec(OutputValue);
  const match = named ?? url;
  return match ? [{ restApiId: match[1], stageName: match[2] }] : [];
}

async function fromApi(clients: AwsClients, { api }: StageWords): Promise<Found> {
  if (api === undefined) throw new UsageError('no API given. Specify its name or id, or use --stack <name>.', true);
  const byId = /^[a-z0-9]{5,20}$/.test(api) ? await apiById(clients, api) : undefined;
  if (byId) return { restApiId: api, apiName: byId.name ?? api };
  const all = await allApis(clients);
  const named = all.filter(({ name }) => name === api);
  if (named.length > 1) {
    throw new UsageError(
      `several APIs have the name "${api}": specify the id, ${named.map(({ id }) => id).join(' or ')}.`,
    );
  }
  if (named[0]?.id === undefined) {
    const names = all.map(({ name }) => name ?? '').slice(0, 50);
    throw new UsageError(
      `there is no REST API "${api}" in this account and Region.${names.length > 0 ? nearMiss(api, names) : ''}`,
    );
  }
  return { restApiId: named[0].id, apiName: api };
}

async function apiById({ gateway }: AwsClients, restApiId: string): Promise<RestApi | undefined> {
  try {
    return await gateway.send(new GetRestApiCommand({ restApiId }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function allApis({ gateway }: AwsClients): Promise<RestApi[]> {
  const all: RestApi[] = [];
  let position: string | undefined;
  do {
    const page = await gateway.send(new GetRestApisCommand({ limit: 500, position }));
    all.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined);
  return all;
}

/** The stage if none is given: the only one, or the only one with a canary. */
async function onlyStage({ gateway }: AwsClients, { restApiId, apiName }: Found): Promise<string> {
  const { item = [] } = await gateway.send(new GetStagesCommand({ restApiId }));
  const canaries = item.filter(({ canarySettings }) => canarySettings !== undefined);
  const [only, ...others] = canaries.length === 1 ? canaries : item;
  if (only?.stageName !== undefined && others.length === 0) return only.stageName;
  const names = item.map(({ stageName }) => stageName).join(', ');
  throw new UsageError(
    item.length === 0
      ? `the API "${apiName}" has no stage.`
      : `the API "${apiName}" has several stages: choose one with --stage: ${names}.`,
  );
}
