import { type SeenRequest } from '../fake-http';
import { badRequest, notFound, ServiceFault } from './errors';
import { patched, type PatchOperation, type StageState } from './stage-patch';

/** Path → method → what a snapshot knows of it. */
export type ApiSummary = Record<string, Record<string, { authorizationType: string; apiKeyRequired: boolean }>>;

export interface DeploymentState {
  readonly id: string;
  readonly createdDate: number;
  readonly description?: string;
  readonly apiSummary: ApiSummary;
}

export interface RestApiState {
  readonly id: string;
  readonly name: string;
  readonly deployments: Map<string, DeploymentState>;
  readonly stages: Map<string, StageState>;
  readonly authorizers: { id: string; name: string; type: string }[];
}

/** The control plane of API Gateway, as far as releases need it. Dates are seconds since the epoch. */
export class FakeRestApis {
  readonly apis = new Map<string, RestApiState>();
  /** Not recorded: whether `remove /canarySettings` fails on a stage without a canary. */
  strictRemoval = true;
  /** Not recorded: whether a deployment that only a canary uses can be deleted. */
  canaryKeepsDeployment = true;
  pageSize = 25;
  /** The routes that the next deployment is a snapshot of. */
  routes: ApiSummary = { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } };
  private serial = 0;

  constructor(private readonly now: () => number) {}

  createRestApi(name: string, id = `api${String(++this.serial).padStart(7, '0')}`): string {
    this.apis.set(id, { id, name, deployments: new Map(), stages: new Map(), authorizers: [] });
    return id;
  }

  deleteRestApi(id: string): void {
    this.api(id);
    this.apis.delete(id);
  }

  createDeployment(apiId: string, description?: string): string {
    const id = `d${++this.serial}`;
    const createdDate = Math.floor(this.now() / 1000);
    this.api(apiId).deployments.set(id, { id, createdDate, description, apiSummary: structuredClone(this.routes) });
    return id;
  }

  createStage(apiId: string, stageName: string, deploymentId: string, variables: Record<string, string> = {}): void {
    const api = this.api(apiId);
    if (api.stages.has(stageName)) throw new ServiceFault(409, 'ConflictException', 'Stage already exists');
    if (!api.deployments.has(deploymentId)) throw badRequest('Deployment id does not exist');
    const createdDate = Math.floor(this.now() / 1000);
    const dates = { createdDate, lastUpdatedDate: createdDate };
    const off = { methodSettings: {}, tracingEnabled: false, cacheClusterEnabled: false };
    api.stages.set(stageName, { stageName, deploymentId, variables, ...off, ...dates });
  }

  updateStage(apiId: string, name: string, operations: readonly PatchOperation[]): StageState {
    const api = this.api(apiId);
    const next = patched(this.stage(apiId, name), operations, (id) => api.deployments.has(id), this.strictRemoval);
    next.lastUpdatedDate = Math.floor(this.now() / 1000);
    api.stages.set(name, next);
    return next;
  }

  deleteStage(apiId: string, name: string): void {
    this.stage(apiId, name);
    this.api(apiId).stages.delete(name);
  }

  deleteDeployment(apiId: string, id: string): void {
    const api = this.api(apiId);
    if (!api.deployments.has(id)) throw notFound('Invalid Deployment identifier specified');
    const uses = (stage: StageState) =>
      stage.deploymentId === id || (this.canaryKeepsDeployment && stage.canarySettings?.deploymentId === id);
    if ([...api.stages.values()].some(uses)) {
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    }
    api.deployments.delete(id);
  }

  api(id: string): RestApiState {
    const api = this.apis.get(id);
    if (!api) throw notFound('Invalid API identifier specified 123456789012:' + id);
    return api;
  }

  stage(apiId: string, name: string): StageState {
    const stage = this.api(apiId).stages.get(name);
    if (!stage) throw notFound('Invalid stage identifier specified');
    return stage;
  }

  /** One request of the REST-JSON protocol. */
  answer({ method, path, body }: SeenRequest): { status: number; body?: unknown } {
    const url = new URL(path, 'http://fake');
    const [root, apiId, kind, id] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
    if (root !== 'restapis') throw notFound(`${method} ${path}`);
    const key = `${method} ${[apiId && '{api}', kind, id && '{id}'].filter(Boolean).join('/')}`;
    const given = body ? JSON.parse(body) : {};
    switch (key) {
      case 'GET ':
        return this.page(url, [...this.apis.values()].map(shownApi));
      case 'GET {api}':
        return ok(shownApi(this.api(apiId)));
      case 'GET {api}/stages':
        return ok({ item: [...this.api(apiId).stages.values()] });
      case 'GET {api}/stages/{id}':
        return ok(this.stage(apiId, id));
      case 'PATCH {api}/stages/{id}':
        return ok(this.updateStage(apiId, id, given.patchOperations));
      case 'DELETE {api}/stages/{id}':
        this.deleteStage(apiId, id);
        return { status: 202 };
      case 'GET {api}/authorizers':
        return this.page(url, this.api(apiId).authorizers);
      case 'GET {api}/deployments':
        return this.page(
          url,
          [...this.api(apiId).deployments.values()].map((one) => shownDeployment(one, false)),
        );
      case 'POST {api}/deployments':
        return { status: 201, body: this.postDeployment(apiId, given) };
      case 'GET {api}/deployments/{id}': {
        const deployment = this.api(apiId).deployments.get(id);
        if (!deployment) throw notFound('Invalid Deployment identifier specified');
        return ok(shownDeployment(deployment, url.searchParams.getAll('embed').includes('apisummary')));
      }
      case 'DELETE {api}/deployments/{id}':
        this.deleteDeployment(apiId, id);
        return { status: 202 };
      default:
        throw notFound(`${method} ${path}`);
    }
  }

  /** CreateDeployment, with its rules for stages and canaries. */
  private postDeployment(apiId: string, given: Record<string, unknown>): unknown {
    const { stageName, canarySettings } = given as { stageName?: string; canarySettings?: Record<string, never> };
    const invalid = 'Invalid deployment content specified.';
    const stage = stageName ? this.api(apiId).stages.get(stageName) : undefined;
    if (canarySettings && !stageName) {
      throw badRequest(
        `${invalid}Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? 'null'}`,
      );
    }
    if (canarySettings && !stage) {
      throw badRequest(
        `${invalid}Stage ${stageName} must already be created before making a canary release deployment`,
      );
    }
    if (stage?.canarySettings && !canarySettings) throw badRequest('Non canary deployment not supported');
    const id = this.createDeployment(apiId, given.description as string | undefined);
    if (stage && canarySettings) {
      stage.canarySettings = { percentTraffic: 0, useStageCache: false, ...canarySettings, deploymentId: id };
    } else if (stage) stage.deploymentId = id;
    else if (stageName) this.createStage(apiId, stageName, id);
    return shownDeployment(this.api(apiId).deployments.get(id)!, false);
  }

  private page(url: URL, items: readonly unknown[]): { status: number; body: unknown } {
    const start = Number(url.searchParams.get('position') ?? 0);
    const end = start + Math.min(this.pageSize, Number(url.searchParams.get('limit') ?? this.pageSize));
    return ok({ item: items.slice(start, end), ...(end < items.length && { position: String(end) }) });
  }
}

const ok = (body: unknown) => ({ status: 200, body });
const shownApi = ({ id, name }: RestApiState) => ({ id, name });

function shownDeployment({ apiSummary, ...rest }: DeploymentState, summary: boolean): unknown {
  return { ...rest, ...(summary && { apiSummary }) };
}
