import { CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import {
  ApiDomain,
  ApiDomainRecords,
  ApiKind,
  ExistingApi,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../lib';

/** Two REST APIs and an HTTP API of another team behind one name, served from the Region with the lowest latency. */
export class DomainMultiApiStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });
    const domain = new ApiDomain(this, 'Domain', {
      domainName: 'api.example.com',
      hostedZone: zone,
      records: ApiDomainRecords.latency(),
    });

    const webAcl = WebAcl.managed();
    const orders = new RestGateway(this, 'Orders', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /{id}': { integration: RestIntegration.mock() } },
      stages: { live: {}, next: {} },
      webAcl,
    });
    const stock = new RestGateway(this, 'Stock', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /{sku}': { integration: RestIntegration.mock() } },
      webAcl,
    });

    domain.map(orders, { path: 'orders', stage: 'live' });
    domain.map(orders, { path: 'orders-next', stage: 'next' });
    domain.map(stock, { path: 'stock' });
    const apiId = new CfnParameter(this, 'SearchApiId', { description: 'The HTTP API of the search team' });
    domain.map(ExistingApi.fromAttributes({ kind: ApiKind.HTTP, apiId: apiId.valueAsString, stageName: '$default' }), {
      path: 'search/v1',
    });
  }
}
