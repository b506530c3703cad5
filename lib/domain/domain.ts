import { Stack } from 'aws-cdk-lib';
import { CfnDomainName, type CfnDomainNameV2 } from 'aws-cdk-lib/aws-apigateway';
import { type CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import { registerGateway } from '../checks/registration';
import { Owner } from '../authoring/errors';
import { injected } from '../authoring/injection';
import { checkedProps } from '../authoring/shapes/guard';
import { checkDomain } from './definition';
import { ApiDomainBase, type DomainReference, type IApiDomain } from './domain-base';
import { ApiDomainEndpointType, type ApiDomainProps } from './domain-props';
import { ApiDomainRecords } from './records';
import { createPrivateName, createPublicName, type DomainResource } from './resources';

/**
 * Attributes of a domain created elsewhere.
 */
export interface ApiDomainAttributes {
  /**
   * The name, e.g. `api.example.com`.
   */
  readonly domainName: string;

  /**
   * The endpoint type.
   *
   * @default ApiDomainEndpointType.REGIONAL
   */
  readonly endpointType?: ApiDomainEndpointType;

  /**
   * ARN of the domain. The ARN of a PRIVATE domain contains an id, so it is required.
   *
   * @default - derived from the name
   */
  readonly domainNameArn?: string;
}

/**
 * A domain name for one API or several: certificate, TLS, DNS records, paths and routing rules.
 *
 * REST and HTTP APIs can share a name; WebSocket APIs need separate names.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export class ApiDomain extends ApiDomainBase {
  /** Name that identifies the class to the CDK's property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.ApiDomain';

  /**
   * Imports a domain created elsewhere, to map APIs to it. Its records, certificate and TLS policy stay as they are: HTTP
   * APIs need TLS_1_2, and with mutual TLS the default endpoints of the APIs must be off.
   */
  public static fromApiDomainAttributes(scope: Construct, id: string, attributes: ApiDomainAttributes): IApiDomain {
    return new ImportedApiDomain(scope, id, attributes);
  }

  /**
   * The name, e.g. `api.example.com`.
   */
  public readonly domainName: string;

  /**
   * ARN of the domain.
   */
  public readonly domainNameArn: string;

  /**
   * The resource of a REGIONAL or EDGE domain, for property overrides.
   */
  public readonly cfnDomainName?: CfnDomainName;

  /**
   * The resource of a PRIVATE domain, for property overrides.
   */
  public readonly cfnDomainNameV2?: CfnDomainNameV2;

  /** @internal */
  protected readonly _reference: DomainReference;
  private readonly made: DomainResource;

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    props = injected(ApiDomain, { scope, id }, props);
    const owner = checkedProps(new Owner(`ApiDomain '${id}'`), 'ApiDomainProps', props, new.target !== ApiDomain);
    checkDomain(scope, props, owner);
    super(scope, id, props, owner);
    const context = { tls: this._tls, rules: this._rules };
    this.made =
      props.endpointType === ApiDomainEndpointType.PRIVATE
        ? createPrivateName(this, props, context, owner)
        : createPublicName(this, props, context);
    this.domainName = props.domainName;
    this.domainNameArn = this.made.arn;
    if (this.made.resource instanceof CfnDomainName) this.cfnDomainName = this.made.resource;
    else this.cfnDomainNameV2 = this.made.resource;
    this._reference = { name: this.made.resource.ref, arn: this.made.arn };
    const records = props.records ?? ApiDomainRecords.simple();
    const { aliasTarget: target, ipv6 } = this.made;
    const hasHealth = props.endpointType !== ApiDomainEndpointType.EDGE;
    if (props.hostedZone && target) {
      records._create(this, props.domainName, props.hostedZone, { target, ipv6, hasHealth });
    }
    this._adoption?.apply();
    registerGateway(this);
  }

  /**
   * The DNS name that the name must point to (an alias record, or a CNAME), if the records are created elsewhere: that of API
   * Gateway in the Region, or of the CloudFront distribution of an EDGE domain.
   *
   * @throws on a PRIVATE domain, whose name points to its VPC endpoints
   */
  public get regionalDomainName(): string {
    return this.publicTarget('regionalDomainName').dnsName;
  }

  /**
   * The hosted zone of `regionalDomainName`, for alias records.
   *
   * @throws on a PRIVATE domain, whose name points to its VPC endpoints
   */
  public get regionalHostedZoneId(): string {
    return this.publicTarget('regionalHostedZoneId').hostedZoneId;
  }

  /**
   * The generated certificate, for property overrides.
   */
  public get cfnCertificate(): CfnCertificate | undefined {
    return this.node.tryFindChild('Certificate') as CfnCertificate | undefined;
  }

  /**
   * The records of the name, for property overrides: A, and AAAA where the endpoint has IPv6 addresses.
   *
   * @example
   * const domain = new ApiDomain(this, 'Shop', { domainName: 'api.example.com', hostedZone: zone });
   * for (const record of domain.cfnRecords) record.comment = 'The shop';
   */
  public get cfnRecords(): CfnRecordSet[] {
    return this.node.children.filter((child) => child instanceof CfnRecordSet);
  }

  private publicTarget(what: string) {
    const { aliasTarget } = this.made;
    if (!this.cfnDomainName || !aliasTarget) {
      throw this._owner.error(
        `${what} is only for REGIONAL and EDGE domains; a PRIVATE name points to its VPC endpoint`,
      );
    }
    return aliasTarget;
  }
}

class ImportedApiDomain extends ApiDomainBase {
  public readonly domainName: string;
  /** @internal */
  protected readonly _reference: DomainReference;

  constructor(scope: Construct, id: string, attributes: ApiDomainAttributes) {
    const { domainName, endpointType, domainNameArn } = attributes;
    const owner = new Owner(`ApiDomain '${id}'`);
    super(scope, id, { domainName, endpointType }, owner);
    if (endpointType === ApiDomainEndpointType.PRIVATE && domainNameArn === undefined) {
      throw owner.error('domainNameArn of a PRIVATE domain is required, because it contains an id');
    }
    this.domainName = domainName;
    const { partition, region } = Stack.of(this);
    const arn = domainNameArn ?? `arn:${partition}:apigateway:${region}::/domainnames/${domainName}`;
    this._reference = { name: domainName, arn };
  }
}
