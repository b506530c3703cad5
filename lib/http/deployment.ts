import { type CfnApi, CfnDeployment } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { DeploymentId, type DeployedApi } from '../gateway/deployment-id';

/** What stages without automatic deployment serve; created with the first of them. */
export class HttpDeployment {
  private made?: { readonly resource: CfnDeployment; readonly id: DeploymentId };

  constructor(
    private readonly scope: Construct,
    private readonly deployed: DeployedApi & { readonly api: CfnApi },
  ) {}

  /** Whether a stage serves it. */
  public get isMade(): boolean {
    return this.made !== undefined;
  }

  public get resource(): CfnDeployment {
    this.made ??= this.create();
    return this.made.resource;
  }

  public freeze(): void {
    this.made?.id.freeze();
  }

  public thaw(): void {
    this.made?.id.thaw();
  }

  private create() {
    const resource = new CfnDeployment(this.scope, 'Deployment', { apiId: this.deployed.api.ref });
    return { resource, id: new DeploymentId(resource, this.deployed) };
  }
}
