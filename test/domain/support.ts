import { type App, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import {
  ApiDomain,
  type ApiDomainProps,
  ApiKind,
  type ApiMappingTarget,
  ExistingApi,
  type IMappableApi,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
} from '../../lib';
import { testApp } from '../support/stacks';

export const ENV = { region: 'eu-west-1', account: '111111111111' };

export function stackOf(id = 'Stack', app: App = testApp(), props: StackProps = { env: ENV }): Stack {
  return new Stack(app, id, props);
}

export function rest(scope: Construct, id = 'Orders', props: Partial<RestGatewayProps> = {}): RestGateway {
  return new RestGateway(scope, id, {
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /': { integration: RestIntegration.mock() } },
    ...props,
  });
}

export function zone(scope: Construct): IHostedZone {
  const known = scope.node.tryFindChild('Zone') as IHostedZone | undefined;
  return known ?? HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
}

export function certificate(scope: Construct, id = 'Given', region = 'eu-west-1'): ICertificate {
  return Certificate.fromCertificateArn(scope, id, `arn:aws:acm:${region}:111111111111:certificate/${id}`);
}

export function domain(scope: Construct, props: Partial<ApiDomainProps> = {}, id = 'Names'): ApiDomain {
  return new ApiDomain(scope, id, { domainName: 'api.example.com', hostedZone: zone(scope), ...props });
}

/** A raw HTTP or WebSocket API with one stage. */
export function raw(scope: Construct, kind: ApiKind.HTTP | ApiKind.WEBSOCKET, off?: boolean): ExistingApi {
  const api = new CfnApi(scope, `Raw${kind}`, { name: kind, protocolType: kind });
  const stage = new CfnStage(scope, `Raw${kind}Stage`, { apiId: api.ref, stageName: '$default' });
  return ExistingApi.fromAttributes({
    kind,
    apiId: api.ref,
    stageName: stage.ref,
    disableExecuteApiEndpoint: off,
  });
}

/** What a gateway of another kind hands over. */
export class FakeGateway implements IMappableApi {
  public readonly asked: (string | undefined)[] = [];

  constructor(private readonly target: Partial<ApiMappingTarget> = {}) {}

  public bindToDomain(stage?: string): ApiMappingTarget {
    this.asked.push(stage);
    return {
      label: "HttpGateway 'Http'",
      kind: ApiKind.HTTP,
      apiId: 'http1',
      stageName: '$default',
      disableExecuteApiEndpoint: true,
      ...this.target,
    };
  }
}
