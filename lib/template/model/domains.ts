import { type Located, type ResourceRef } from './place';
import { type Resolved } from './resolved';
import { type Text } from './text';
import { type Value } from './value';

/** A custom domain name: `AWS::ApiGatewayV2::DomainName`, `AWS::ApiGateway::DomainName`, or the private `DomainNameV2`. */
export interface DomainName extends Located {
  readonly resourceType: string;
  readonly domainName?: Text;
  /** One for each endpoint; a V1 domain has one, from its own properties. */
  readonly configurations: Value<DomainConfiguration[]>;
  readonly mutualTls?: MutualTls;
  readonly routingMode?: Value<string>;
  /** The resource policy of a private domain as written. */
  readonly policy?: unknown;
  /** The same with its references; resolved on first use. */
  readonly resolvedPolicy?: Resolved;
}

export interface DomainConfiguration extends Located {
  /** Undefined where the template does not say. */
  readonly endpointType?: Value<string>;
  /** V1 and private: the list that the type is the first of. */
  readonly endpointTypes?: Value<string[]>;
  readonly ipAddressType?: Value<string>;
  readonly certificateArn?: Text;
  /** The certificate, if it is in the templates. */
  readonly certificate?: ResourceRef;
  /** V1 only. */
  readonly regionalCertificateArn?: Text;
  /** V1 only. */
  readonly regionalCertificate?: ResourceRef;
  readonly ownershipVerificationCertificateArn?: Text;
  readonly securityPolicy?: Value<string>;
  readonly endpointAccessMode?: Value<string>;
}

export interface MutualTls extends Located {
  readonly truststoreUri?: Text;
  readonly truststoreVersion?: Text;
}

/** What leads from a domain to an API: a base path mapping, an API mapping, or an action of a routing rule. */
export interface DomainMapping extends Located {
  readonly resourceType: string;
  /** Of any kind; unknown if it is not in the templates. */
  readonly api: Value<ResourceRef>;
  /** The domain resource; unknown if it is not in the templates. */
  readonly domain?: Value<ResourceRef>;
  readonly domainName?: Text;
  /** Undefined for the root of the domain. */
  readonly mappingKey?: Value<string>;
  readonly stageName?: Text;
  /** The stage, if it is in the templates. */
  readonly stage?: ResourceRef;
  /** Made only under a condition. */
  readonly conditional?: boolean;
  /** Routing rule only: whether the API gets the path without the base path that the rule matched. */
  readonly stripBasePath?: Value<boolean>;
}

export interface RoutingRule extends Located {
  readonly domain?: Value<ResourceRef>;
  readonly priority?: Value<number>;
  /** How many base paths and headers each condition looks at. */
  readonly conditions: Value<RoutingCondition[]>;
  readonly actions: Value<DomainMapping[]>;
}

export interface RoutingCondition extends Located {
  readonly basePaths: Value<string[]>;
  readonly headers: Value<{ readonly header?: Value<string>; readonly valueGlob?: Value<string> }[]>;
}

/** What lets a VPC endpoint reach a private domain. */
export interface DomainAssociation extends Located {
  readonly domain?: Value<ResourceRef>;
  readonly domainArn?: Text;
  readonly source?: Text;
  readonly sourceType?: Value<string>;
}

/** An alias record that points to a domain of API Gateway. */
export interface DomainAlias extends Located {
  readonly domain: ResourceRef;
  /** Whether it points to the CloudFront distribution of an edge-optimized domain: its attribute or its hosted zone says so. */
  readonly toDistribution: boolean;
  /** The attributes of the domain that name and zone are from, where they differ: `RegionalDomainName`, `DistributionHostedZoneId`. */
  readonly mixed?: { readonly name: string; readonly zone: string };
  readonly evaluateTargetHealth?: Value<boolean>;
}

/** What the templates say about custom domains. */
export interface DomainParts {
  readonly domainNames: DomainName[];
  readonly domainMappings: DomainMapping[];
  readonly routingRules: RoutingRule[];
  readonly domainAliases: DomainAlias[];
  readonly domainAssociations: DomainAssociation[];
}
