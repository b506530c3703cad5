import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { createHash } from 'node:crypto';
import { type Document } from './skeleton';
import { rawOverrides, type SplicedBody } from './spliced-body';

/** What a deployment is a snapshot of. */
export interface DeployedApi {
  readonly api: CfnResource;
  readonly body: SplicedBody;
  /** Properties of the API resource that change nothing that is deployed. */
  readonly notDeployed: readonly string[];
  /** What else must be deployed when it changes. */
  readonly redeployOn?: readonly string[];
}

/**
 * The logical id of a deployment. It changes with all that must be deployed, overrides by hand included, and with nothing
 * else: a new id makes a new snapshot, moves the stages to it, and then removes the old one.
 */
export class DeploymentId {
  private hash?: string;

  constructor(
    deployment: CfnResource,
    private readonly deployed: DeployedApi,
  ) {
    const base = Stack.of(deployment).getLogicalId(deployment);
    deployment.overrideLogicalId(
      Lazy.uncachedString({ produce: () => `${base}${(this.hash ?? this.compute()).slice(0, 32)}` }),
    );
  }

  /**
   * Takes the hash once for the synthesis at hand, when the tree is finished. Until then it is computed anew each time,
   * since functions and overrides may still change what the document refers to.
   */
  public freeze(): void {
    this.hash = this.compute();
  }

  /** Something was added to the API. */
  public thaw(): void {
    this.hash = undefined;
  }

  private compute(): string {
    const { api, body, redeployOn = [] } = this.deployed;
    const hash = createHash('sha256').update(body.digest(api)).update(this.deployedOverrides());
    if (redeployOn.length > 0) hash.update(JSON.stringify(Stack.of(api).resolve(redeployOn)));
    return hash.digest('hex').toUpperCase();
  }

  private deployedOverrides(): string {
    const { api, notDeployed } = this.deployed;
    const properties = { ...(rawOverrides(api).Properties as Document | undefined) };
    for (const name of notDeployed) delete properties[name];
    return Object.keys(properties).length > 0 ? JSON.stringify(Stack.of(api).resolve(properties)) : '';
  }
}
