import { type CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { CfnDeployment, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { createHash } from 'node:crypto';
import { type Construct } from 'constructs';
import { type Document, rawOverrides, type SplicedBody } from '../shared/spliced-body';

/** Properties of the API resource that change nothing that is deployed. */
const NOT_DEPLOYED = ['Name', 'Description', 'Tags', 'FailOnWarnings', 'Mode', 'Parameters'];

/**
 * The deployment of an API. Its logical id changes with all that must be deployed, overrides by hand included, and with
 * nothing else: a new id makes a new snapshot, moves the stages to it, and then removes the old one.
 */
export class RestDeployment {
  public readonly resource: CfnDeployment;
  private hash?: string;

  constructor(
    scope: Construct,
    private readonly api: CfnRestApi,
    private readonly body: SplicedBody,
    private readonly redeployOn: readonly string[] = [],
  ) {
    this.resource = new CfnDeployment(scope, 'Deployment', { restApiId: api.ref });
    const base = Stack.of(scope).getLogicalId(this.resource);
    this.resource.overrideLogicalId(
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
    const hash = createHash('sha256').update(this.body.digest(this.api)).update(deployedOverrides(this.api));
    if (this.redeployOn.length > 0) hash.update(JSON.stringify(Stack.of(this.api).resolve(this.redeployOn)));
    return hash.digest('hex').toUpperCase();
  }
}

function deployedOverrides(api: CfnResource): string {
  const properties = { ...(rawOverrides(api).Properties as Document | undefined) };
  for (const name of NOT_DEPLOYED) delete properties[name];
  return Object.keys(properties).length > 0 ? JSON.stringify(Stack.of(api).resolve(properties)) : '';
}
