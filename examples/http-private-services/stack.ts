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
import { DnsRecordType, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { type Construct } from 'constructs';
import { HttpAuthorizer, HttpGateway, HttpIntegration, HttpRequestParameter, RequestValue } from '../../lib';

/** Services in a VPC, with TLS end to end, through one VPC link: behind load balancers, or found with AWS Cloud Map. */
export class HttpPrivateServicesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const certificate = new Certificate(this, 'Certificate', { domainName: '*.internal.example.com' });
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
    const namespace = new PrivateDnsNamespace(this, 'Namespace', { vpc, name: 'internal.example.com' });
    const stock = namespace.createService('Stock', { dnsRecordType: DnsRecordType.SRV });
    const stockTasks = new SecurityGroup(this, 'StockTasks', { vpc, allowAllOutbound: false });

    new HttpGateway(this, 'Api', {
      defaultAuthorizer: HttpAuthorizer.jwt({
        issuer: 'https://login.example.com/',
        audience: ['https://api.example.com'],
        scopes: ['shop'],
      }),
      routes: {
        'ANY /shop/{proxy+}': {
          integration: HttpIntegration.alb(shop, { host: 'shop.internal.example.com', path: '/{proxy}' }),
        },
        'GET /ledger/{account}': {
          integration: HttpIntegration.nlb(ledger, {
            host: 'ledger.internal.example.com',
            path: '/v1/accounts/{account}',
            requestParameters: [
              HttpRequestParameter.overwriteHeader('user', RequestValue.authorizerContext('claims.sub')),
              HttpRequestParameter.removeHeader('cookie'),
            ],
          }),
          scopes: ['ledger'],
        },
        'GET /stock/{sku}': {
          integration: HttpIntegration.cloudMap(stock, {
            vpc,
            host: 'stock.internal.example.com',
            port: 8443,
            target: { connections: stockTasks.connections },
            instanceAttributes: { color: 'blue' },
          }),
        },
      },
      stages: { dev: {}, prod: { autoDeploy: false } },
    });
  }
}
