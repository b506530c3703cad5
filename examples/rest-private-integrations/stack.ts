import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ListenerAction,
  NetworkListenerAction,
  NetworkLoadBalancer,
  NetworkTargetGroup,
  Protocol,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type Construct } from 'constructs';
import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';

/** Services behind internal load balancers, with TLS end to end, through one VPC link. */
export class RestPrivateIntegrationsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const certificate = new Certificate(this, 'Certificate', {
      domainName: '*.internal.example.com',
      subjectAlternativeNames: ['*.dev.internal.example.com'],
    });
    const shop = new ApplicationLoadBalancer(this, 'Shop', { vpc }).addListener('Https', {
      port: 443,
      open: false,
      certificates: [certificate],
      defaultAction: ListenerAction.fixedResponse(200, { messageBody: 'Where the services of the shop are' }),
    });
    const ledger = new NetworkLoadBalancer(this, 'Ledger', {
      vpc,
      securityGroups: [new SecurityGroup(this, 'LedgerAccess', { vpc, allowAllOutbound: false })],
    }).addListener('Tls', {
      port: 8443,
      protocol: Protocol.TLS,
      certificates: [certificate],
      defaultAction: NetworkListenerAction.forward([
        new NetworkTargetGroup(this, 'LedgerTasks', { vpc, port: 8443, protocol: Protocol.TLS }),
      ]),
    });

    new RestGateway(this, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      routes: {
        // A stage variable selects the service; the listener has a rule for each host name.
        'ANY /shop/{proxy+}': {
          integration: RestIntegration.alb(shop, { host: '${stageVariables.shop}', path: '/{proxy}' }),
        },
        'GET /ledger/{account}': {
          integration: RestIntegration.nlb(ledger, {
            host: 'ledger.internal.example.com',
            path: '/v1/accounts/{account}',
          }),
        },
        'GET /health': {
          integration: RestIntegration.mock({ body: '{"status":"ok"}' }),
          authorizer: RestAuthorizer.none('probe of the API itself'),
        },
      },
      stages: {
        dev: { variables: { shop: 'shop.dev.internal.example.com' } },
        prod: { variables: { shop: 'shop.internal.example.com' } },
      },
      webAcl: WebAcl.managed(),
    });
  }
}
