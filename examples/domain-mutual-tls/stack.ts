import { join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import { RestAuthorizer, RestGateway, RestIntegration, TrustStore, WebAcl } from '../../lib';

/** An API for partners, whose clients present a certificate from a known authority. */
export class DomainMutualTlsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new RestGateway(this, 'Partners', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: { 'GET /prices': { integration: RestIntegration.mock() } },
      webAcl: WebAcl.managed(),
      domain: {
        domainName: 'partners.example.com',
        hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
          hostedZoneId: 'Z0123456789ABCDEFGHIJ',
          zoneName: 'example.com',
        }),
        mutualTls: { trustStore: TrustStore.fromPemFiles(join(__dirname, 'partners-ca.pem')) },
      },
    });
  }
}
