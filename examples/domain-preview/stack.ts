import { Stack, type StackProps } from 'aws-cdk-lib';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import { ApiDomain, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

/** The next version of an API behind the name of the current one, for callers that request it with a header. */
export class DomainPreviewStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const webAcl = WebAcl.managed();
    const [present, next] = ['Orders', 'OrdersNext'].map(
      (name) =>
        new RestGateway(this, name, {
          defaultAuthorizer: RestAuthorizer.iam(),
          routes: { 'GET /{id}': { integration: RestIntegration.mock() } },
          webAcl,
        }),
    );

    const domain = new ApiDomain(this, 'Domain', {
      domainName: 'api.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        zoneName: 'example.com',
      }),
    });
    domain.map(present, { path: 'orders' });
    domain.addRoutingRule('preview', next, {
      priority: 100,
      headers: [{ header: 'x-preview', value: 'orders-next' }],
      basePaths: ['orders'],
      stripBasePath: true,
    });
  }
}
