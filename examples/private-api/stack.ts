import { Stack, type StackProps } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HostedZone, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import { RestAuthorizer, RestEndpointType, RestGateway, RestIntegration } from '../../lib';

/** A private API with its own domain name, which resolves only inside one VPC. */
export class PrivateApiStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { natGateways: 0, maxAzs: 2 });
    const endpoint = vpc.addInterfaceEndpoint('ExecuteApi', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });

    new RestGateway(this, 'Stock', {
      endpointType: RestEndpointType.PRIVATE,
      vpcEndpoints: [endpoint],
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /stock/{sku}': { integration: RestIntegration.mock() } },
      domain: {
        domainName: 'stock.internal.example.com',
        hostedZone: new PrivateHostedZone(this, 'Internal', { vpc, zoneName: 'internal.example.com' }),
        // A certificate is validated in a public zone.
        validationZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
          hostedZoneId: 'Z0123456789ABCDEFGHIJ',
          zoneName: 'example.com',
        }),
      },
    });
  }
}
