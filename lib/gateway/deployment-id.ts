import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { createHash } from 'node:crypto';
import { type FinalProperties } from '../document/final-properties';
import { canonical } from '../document/merged';
import { identities } from '../document/identities';
import { type SplicedBody } from '../document/spliced-body';
import { type GatewayKind } from '../facts/kinds';

/**
 * Properties of the resource of an API that change nothing that is deployed. On WebSocket APIs, disabling the default endpoint
 * needs a deployment.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-disable-default-endpoint.html
 */
export const NOT_DEPLOYED: Readonly<Record<GatewayKind, readonly string[]>> = {
  rest: ['Name', 'Description', 'Version', 'Tags', 'FailOnWarnings', 'Mode'],
  http: ['Name', 'Description', 'Tags', 'FailOnWarnings', 'Version', 'ProtocolType'],
  websocket: ['Name', 'Description', 'Tags', 'Version', 'IpAddressType'],
};

/** What a deployment is a snapshot of. */
export interface DeployedApi {
  /** The resource, its current document, and its other properties. */
  readonly api: CfnResource & { readonly body?: unknown; readonly finalProperties: FinalProperties };
  readonly body: SplicedBody;
  /** Properties of the API resource that change nothing that is deployed. */
  readonly notDeployed: readonly string[];
  /** What else must be deployed when it changes. */
  readonly redeployOn?: readonly string[];
}

/**
 * The logical ID of a deployment. It changes with everything that must be deployed, including overrides of the resource, and with
 * nothing else: a new ID creates a new snapshot, moves the stages to it, and then removes the old one.
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
   * Computes the hash once per synthesis, when the tree is finished. Until then it is computed again each time, since functions
   * and overrides may still change what the document refers to.
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
    const hash = createHash('sha256').update(body.digest(api)).update(this.changes());
    if (redeployOn.length > 0) hash.update(JSON.stringify(Stack.of(api).resolve(redeployOn)));
    return hash.digest('hex').toUpperCase();
  }

  /** What the template has in addition to what the gateway wrote; empty if nothing, so it does not count. */
  private changes(): string {
    const { api, body, notDeployed } = this.deployed;
    const { changedIdentities, bodyOverrides } = api.finalProperties;
    const changes = [...changedIdentities].filter(([name]) => !notDeployed.includes(name));
    if (api.body !== body) changes.push(['Body', identities(api.body, api)]);
    if (bodyOverrides !== undefined) {
      const digest = body.digestWith(bodyOverrides, api);
      if (digest !== body.digest(api)) changes.push(['Body overrides', digest]);
    }
    return changes.length > 0 ? canonical(changes) : '';
  }
}
