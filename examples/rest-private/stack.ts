import { Stack, type StackProps } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { RestAccess, RestAuthorizer, RestEndpointType, RestGateway, RestIntegration } from '../../lib';

const CODE = 'exports.handler = async () => ({ statusCode: 200, body: "[]" });';

/** An API for one VPC, called by a role of the same account and by services of the organization. */
export class RestPrivateStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { natGateways: 0, maxAzs: 2 });
    const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });
    const fn = new Function(this, 'Stock', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(CODE),
    });

    const gateway = new RestGateway(this, 'Internal', {
      endpointType: RestEndpointType.PRIVATE,
      vpcEndpoints: [endpoint],
      access: [RestAccess.onlyIpRanges([vpc.vpcCidrBlock]), RestAccess.onlyOrganization('o-a1b2c3d4e5')],
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: {
        'GET /stock': { integration: RestIntegration.lambda(fn) },
        'GET /stock/{sku}': { integration: RestIntegration.lambda(fn) },
        'GET /health': {
          integration: RestIntegration.mock(),
          authorizer: RestAuthorizer.none('probe inside of the VPC'),
        },
      },
    });

    const reader = new Role(this, 'Reader', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    gateway.grantExecute(reader, { routes: ['GET /stock/{sku}'], stages: ['prod'] });
  }
}
