import { Stack, Token } from 'aws-cdk-lib';
import { CfnRecordSet, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type Construct } from 'constructs';
import { Owner, show } from '../authoring/errors';

/**
 * The target of an alias record.
 */
export interface ApiDomainAliasTarget {
  /**
   * DNS name of the target.
   */
  readonly dnsName: string;

  /**
   * The hosted zone that contains the DNS name: of API Gateway in the Region, of CloudFront, or of a VPC endpoint.
   */
  readonly hostedZoneId: string;
}

/**
 * A set of records that share a name with others, e.g. those of another Region.
 */
export interface ApiDomainSharedRecordsOptions {
  /**
   * Distinguishes these records from the others with the same name. 1 to 128 characters.
   *
   * @default - the Region
   */
  readonly setIdentifier?: string;

  /**
   * Id of a Route 53 health check: while it fails, Route 53 returns the other records.
   *
   * @default - none
   */
  readonly healthCheckId?: string;
}

/** The target of the records of a domain. */
export interface RecordsTarget {
  readonly target: ApiDomainAliasTarget;
  /** Whether it has IPv6 addresses. */
  readonly ipv6: boolean;
  /**
   * Whether Route 53 can evaluate the health of the target: not of a CloudFront distribution.
   * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
   */
  readonly hasHealth: boolean;
}

/** The routing policy of a name that several records share. */
interface Policy {
  readonly weight?: number;
  readonly region?: 'stack';
  readonly shared?: ApiDomainSharedRecordsOptions;
}

/** The DNS records of an `ApiDomain` in its hosted zone. */
export class ApiDomainRecords {
  /**
   * The only records for the name.
   */
  public static simple(): ApiDomainRecords {
    return new ApiDomainRecords({});
  }

  /**
   * A share of the traffic; records with the same name elsewhere, e.g. in another Region, have the other shares.
   *
   * @param weight 0 to 255; the share is the weight divided by the sum of all weights for the name
   * @param options identifier and health check
   */
  public static weighted(weight: number, options: ApiDomainSharedRecordsOptions = {}): ApiDomainRecords {
    const owner = new Owner('ApiDomainRecords.weighted');
    if (!Token.isUnresolved(weight) && !(Number.isInteger(weight) && weight >= 0 && weight <= 255)) {
      throw owner.error(`the weight must be a whole number from 0 to 255, got: ${show(weight)}`);
    }
    return new ApiDomainRecords({ weight, shared: options });
  }

  /**
   * The callers for whom this Region has the lowest latency; the other Regions have records with the same name.
   *
   * @param options identifier and health check
   */
  public static latency(options: ApiDomainSharedRecordsOptions = {}): ApiDomainRecords {
    return new ApiDomainRecords({ region: 'stack', shared: options });
  }

  /**
   * No records: they are created elsewhere.
   */
  public static none(): ApiDomainRecords {
    return new ApiDomainRecords(undefined);
  }

  private constructor(private readonly policy: Policy | undefined) {}

  /** @internal */
  public get _isNone(): boolean {
    return this.policy === undefined;
  }

  /**
   * @param to target of the records
   * @internal
   */
  public _create(
    scope: Construct,
    name: string,
    zone: IHostedZone,
    { target, ipv6, hasHealth }: RecordsTarget,
  ): CfnRecordSet[] {
    const { policy } = this;
    if (!policy) return [];
    const { region } = Stack.of(scope);
    return (ipv6 ? ['A', 'AAAA'] : ['A']).map(
      (type) =>
        new CfnRecordSet(scope, `Record${type}`, {
          name,
          type,
          hostedZoneId: zone.hostedZoneId,
          aliasTarget: {
            dnsName: target.dnsName,
            hostedZoneId: target.hostedZoneId,
            evaluateTargetHealth: policy.shared && hasHealth ? true : undefined,
          },
          weight: policy.weight,
          region: policy.region && region,
          setIdentifier: policy.shared && (policy.shared.setIdentifier ?? region),
          healthCheckId: policy.shared?.healthCheckId,
        }),
    );
  }
}
