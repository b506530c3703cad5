import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { type CfnApi, CfnAuthorizer, CfnDeployment, CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { createHash } from 'node:crypto';
import { type Construct } from 'constructs';
import { NOT_DEPLOYED } from '../gateway/deployment-id';
import { type FinalProperties } from '../document/final-properties';
import { references, unwrapped } from '../document/identities';
import { canonical } from '../document/merged';

/** A resource as it is in the template, including manual overrides; no part of the CDK's public interface, but of all its L1s. */
interface Rendered {
  _toCloudFormation(): { readonly Resources: Readonly<Record<string, unknown>> };
}

/**
 * The deployment of an API: a snapshot of all its parts, created after them. Its logical ID changes with everything that must be
 * deployed, including manual overrides, and with nothing else: a new ID creates a new snapshot, moves the stages to it, and then
 * removes the old one.
 */
export class WebSocketDeployment {
  private made?: CfnDeployment;
  private readonly parts: CfnResource[] = [];
  /** The deployment, and the stages that deploy automatically: they come after all parts. */
  private readonly dependents: CfnResource[] = [];
  /** What they come after. */
  private readonly before: CfnResource[] = [];
  private hash?: string;

  constructor(
    private readonly scope: Construct,
    private readonly api: CfnApi & { readonly finalProperties: FinalProperties },
    private readonly redeployOn: readonly string[] = [],
  ) {}

  /** What stages without automatic deployment serve; created with the first of them. */
  public get resource(): CfnDeployment {
    if (this.made) return this.made;
    const resource = new CfnDeployment(this.scope, 'Deployment', { apiId: this.api.ref });
    const base = Stack.of(this.scope).getLogicalId(resource);
    resource.overrideLogicalId(
      Lazy.uncachedString({ produce: () => `${base}${(this.hash ?? this.compute()).slice(0, 32)}` }),
    );
    this.made = resource;
    this.comesAfter(resource);
    return resource;
  }

  /** The parts that refer to what is behind the API. */
  public get backEnds(): readonly CfnResource[] {
    return this.parts.filter((part) => part instanceof CfnIntegration || part instanceof CfnAuthorizer);
  }

  /** Something is now part of the API, and of its next snapshot. */
  public add(part: CfnResource): void {
    this.parts.push(part);
    this.addResourceDependency(part);
    this.hash = undefined;
  }

  /** Something must exist before the API is deployed, but is not part of it. */
  public addResourceDependency(target: CfnResource): void {
    this.before.push(target);
    for (const dependent of this.dependents) dependent.addResourceDependency(target);
  }

  /** A stage that deploys automatically, with settings of routes: it comes after all parts too. */
  public deploysItself(stage: CfnResource): void {
    this.comesAfter(stage);
  }

  private comesAfter(dependent: CfnResource): void {
    this.dependents.push(dependent);
    for (const target of this.before) dependent.addResourceDependency(target);
  }

  /**
   * Computes the hash once per synthesis, when the tree is finished. Until then it is computed again each time, since functions
   * and overrides may still change what the parts refer to.
   */
  public freeze(): void {
    this.hash = this.compute();
  }

  private compute(): string {
    const stack = Stack.of(this.api);
    const parts = this.parts.map((part) => `${String(stack.resolve(part.logicalId))} ${propertiesOf(part)}`).sort();
    const hash = createHash('sha256').update(this.apiProperties()).update(JSON.stringify(parts));
    if (this.redeployOn.length > 0) hash.update(JSON.stringify(stack.resolve(this.redeployOn)));
    return hash.digest('hex').toUpperCase();
  }

  /** What the gateway wrote, and its final form. */
  private apiProperties(): string {
    const { ownIdentities, changedIdentities } = this.api.finalProperties;
    const isDeployed = ([name]: [string, unknown]): boolean => !NOT_DEPLOYED.websocket.includes(name);
    const own = Object.fromEntries(Object.entries(ownIdentities).filter(isDeployed));
    const changes = [...changedIdentities].filter(isDeployed);
    return JSON.stringify(unwrapped(own)) + (changes.length > 0 ? canonical(changes) : '');
  }
}

/** The properties as text. Dependencies and other attributes of a resource deploy nothing. */
function propertiesOf(part: CfnResource): string {
  const [body] = Object.values((part as unknown as Rendered)._toCloudFormation().Resources);
  const { Properties = {} } = references(body, part) as { Properties?: Record<string, unknown> };
  return JSON.stringify(unwrapped(Properties));
}
