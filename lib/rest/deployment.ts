import { CfnDeployment, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { DeploymentId } from '../shared/deployment-id';
import { type SplicedBody } from '../shared/spliced-body';

/** Properties of the API resource that change nothing that is deployed. */
const NOT_DEPLOYED = ['Name', 'Description', 'Tags', 'FailOnWarnings', 'Mode', 'Parameters'];

/** The deployment of an API, which all stages serve. */
export class RestDeployment {
  public readonly resource: CfnDeployment;
  private readonly id: DeploymentId;

  constructor(scope: Construct, api: CfnRestApi, body: SplicedBody, redeployOn?: readonly string[]) {
    this.resource = new CfnDeployment(scope, 'Deployment', { restApiId: api.ref });
    this.id = new DeploymentId(this.resource, { api, body, notDeployed: NOT_DEPLOYED, redeployOn });
  }

  /** The tree is finished: takes the id once for the synthesis at hand. */
  public freeze(): void {
    this.id.freeze();
  }

  /** Something was added to the API. */
  public thaw(): void {
    this.id.thaw();
  }
}
