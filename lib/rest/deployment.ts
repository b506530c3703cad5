import { CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { DeploymentId } from '../gateway/deployment-id';
import { type SplicedBody } from '../document/spliced-body';
import { type RestApiResource } from './api-resource';

/**
 * Properties of the API resource that change nothing that is deployed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
const NOT_DEPLOYED = ['Name', 'Description', 'Version', 'Tags', 'FailOnWarnings', 'Mode'];

/** The deployment of an API, which all stages serve. */
export class RestDeployment {
  public readonly resource: CfnDeployment;
  private readonly id: DeploymentId;

  constructor(scope: Construct, api: RestApiResource, body: SplicedBody, redeployOn?: readonly string[]) {
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
