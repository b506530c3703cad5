import { badRequest } from './errors';

/** A stage as GetStage shows it. */
export interface StageState {
  readonly stageName: string;
  deploymentId: string;
  variables: Record<string, string>;
  canarySettings?: CanaryState;
  accessLogSettings?: { destinationArn: string; format: string };
  methodSettings: Record<string, Record<string, unknown>>;
  tracingEnabled: boolean;
  cacheClusterEnabled: boolean;
  createdDate: number;
  lastUpdatedDate: number;
}

export interface CanaryState {
  deploymentId: string;
  percentTraffic: number;
  stageVariableOverrides?: Record<string, string>;
  useStageCache: boolean;
}

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: string;
  readonly from?: string;
}

const OVERRIDE = /^\/canarySettings\/stageVariableOverrides\/([^/]+)$/;
const COPIES: Record<string, string> = {
  '/canarySettings/deploymentId': '/deploymentId',
  '/canarySettings/stageVariableOverrides': '/variables',
};

/**
 * The patch operations of UpdateStage, as they were recorded against AWS: one after the other on one copy, which is
 * kept only when all of them are legal.
 */
export function patched(
  stage: StageState,
  operations: readonly PatchOperation[],
  exists: (deploymentId: string) => boolean,
  strictRemoval: boolean,
): StageState {
  const next = structuredClone(stage);
  for (const operation of operations) apply(next, operation, exists, strictRemoval);
  return next;
}

function apply(stage: StageState, at: PatchOperation, exists: (id: string) => boolean, strictRemoval: boolean): void {
  switch (at.op) {
    case 'replace':
      return replace(stage, at.path, at.value ?? '', exists);
    case 'remove':
      if (at.path !== '/canarySettings') {
        throw badRequest(
          `Cannot remove method setting ${at.path.slice(1)} because there is no method setting for this method `,
        );
      }
      if (!stage.canarySettings && strictRemoval) throw invalidPath(at.path);
      delete stage.canarySettings;
      return;
    case 'copy':
      return copy(stage, at);
    default:
      throw badRequest(`Invalid ${at.op} operation with path: ${at.path}`);
  }
}

function replace(stage: StageState, path: string, value: string, exists: (id: string) => boolean): void {
  const deployment = (): string => {
    if (!exists(value)) throw badRequest('Deployment id does not exist');
    return value;
  };
  // The first setting makes the canary, which then serves the stage's own deployment to nobody.
  const canary = (): CanaryState =>
    (stage.canarySettings ??= { deploymentId: stage.deploymentId, percentTraffic: 0, useStageCache: false });
  const override = OVERRIDE.exec(path);
  const variable = /^\/variables\/([^/]+)$/.exec(path);
  if (path === '/deploymentId') stage.deploymentId = deployment();
  else if (path === '/canarySettings/deploymentId') canary().deploymentId = deployment();
  else if (path === '/canarySettings/percentTraffic') canary().percentTraffic = percent(value);
  else if (path === '/tracingEnabled') stage.tracingEnabled = value === 'true';
  else if (override) canary().stageVariableOverrides = { ...canary().stageVariableOverrides, [override[1]]: value };
  else if (variable) stage.variables[variable[1]] = value;
  else throw invalidPath(path);
}

function percent(value: string): number {
  const number = Number(value);
  if (value === '' || !(number >= 0 && number <= 100)) throw badRequest(`Invalid percent traffic: ${value}`);
  return number;
}

function copy(stage: StageState, { path, from = '' }: PatchOperation): void {
  if (COPIES[from] !== path) {
    throw badRequest(
      `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`,
    );
  }
  const canary = stage.canarySettings;
  if (!canary) throw badRequest('Promotion not available. Canary does not exist.');
  if (path === '/deploymentId') stage.deploymentId = canary.deploymentId;
  else stage.variables = { ...stage.variables, ...canary.stageVariableOverrides };
}

function invalidPath(path: string): Error {
  return badRequest(
    `Invalid method setting path: ${path}. Must be one of: [/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /*/*/metrics/enabled, /variables/{variable_name}, /tracingEnabled]`,
  );
}
