import { CfnDeployment } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { DeploymentId } from '../gateway/deployment-id';
import { type SplicedBody } from '../document/spliced-body';
import { type HttpApiResource } from './api-resource';

/** Properties of the API resource that change nothing that is deployed. */
const NOT_DEPLOYED = ['Name', 'Description', 'Tags', 'FailOnWarnings', 'Version', 'ProtocolType'];

/** The deployment of an API, which the stages serve that do not deploy by themselves. */
export class HttpDeployment {
  public readonly resource: CfnDeployment;
  private readonly id: DeploymentId;

  constructor(scope: Construct, api: HttpApiResource, body: SplicedBody, redeployOn?: readonly string[]) {
    this.resource = new CfnDeployment(scope, 'Deployment', { apiId: api.ref });
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
