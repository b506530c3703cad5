import { EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Token } from 'aws-cdk-lib';
import { isOffered } from '../facts/partitions';
import { type Owner } from '../authoring/errors';
import { ApiKind, kindOf, type ApiMappingTarget } from './api';
import { ApiDomainEndpointType, type ApiDomainProps } from './domain-props';

/** The TLS settings of the resource of a domain. */
export interface TlsSettings {
  readonly securityPolicy: string;
  readonly endpointAccessMode?: string;
}

/** HTTP and WebSocket APIs and mutual TLS do not support policies with this prefix. */
const isEnhanced = (policy: string): boolean => policy.startsWith('SecurityPolicy_');

/** The TLS policy of a domain: the user's, otherwise the best that all mapped APIs support. */
export class TlsChoice {
  private readonly legacy: string[] = [];

  constructor(
    private readonly props: ApiDomainProps,
    private readonly endpointType: ApiDomainEndpointType,
    private readonly region: string,
    private readonly owner: Owner,
  ) {
    const { securityPolicy, endpointAccessMode, mutualTls } = props;
    if (mutualTls) this.needLegacy('mutual TLS');
    if (securityPolicy === undefined || Token.isUnresolved(securityPolicy)) return;
    const edge = endpointType === ApiDomainEndpointType.EDGE;
    if (isEnhanced(securityPolicy) && securityPolicy.endsWith('_EDGE') !== edge) {
      throw owner.error(
        `securityPolicy ${securityPolicy} is for ${edge ? 'REGIONAL and PRIVATE' : 'EDGE'} domains, and this one is ${endpointType}`,
      );
    }
    if (mutualTls && securityPolicy === SecurityPolicy.TLS_1_0) {
      throw owner.error('mutual TLS does not support securityPolicy TLS_1_0; leave it out');
    }
    if (endpointAccessMode && !isEnhanced(securityPolicy)) {
      throw owner.error(
        `endpointAccessMode requires a policy that starts with "SecurityPolicy_"; securityPolicy is ${securityPolicy}`,
      );
    }
  }

  /** @throws if the API does not support the user's settings */
  public admit(target: ApiMappingTarget, owner: Owner): void {
    const { kind, label, securityPolicy, endpointAccessMode, endpointType } = target;
    if (kind !== ApiKind.REST) {
      this.needLegacy(`${label} is ${kindOf(kind).api}, and those`);
      if (this.props.securityPolicy === SecurityPolicy.TLS_1_0) {
        throw owner.error(
          `${label} needs securityPolicy TLS_1_2, and the domain has TLS_1_0; leave securityPolicy out`,
        );
      }
    }
    // STRICT allows only requests through the API's own endpoint type.
    const strict = endpointAccessMode === EndpointAccessMode.STRICT && securityPolicy !== undefined;
    if (strict && endpointType !== undefined && endpointType !== this.endpointType) {
      throw owner.error(
        `${label} is ${endpointType} and has endpointAccessMode STRICT, which rejects requests through ${an(this.endpointType)} domain; ` +
          `set endpointAccessMode: EndpointAccessMode.BASIC there, or give API and domain the same endpoint type`,
      );
    }
  }

  /** Whether paths may have several levels. */
  public get isAncient(): boolean {
    return this.props.securityPolicy === SecurityPolicy.TLS_1_0;
  }

  public get settings(): TlsSettings {
    const { props, endpointType } = this;
    const securityPolicy = props.securityPolicy ?? this.best;
    if (!isEnhanced(securityPolicy)) return { securityPolicy };
    const mode = endpointType === ApiDomainEndpointType.PRIVATE ? EndpointAccessMode.BASIC : EndpointAccessMode.STRICT;
    return { securityPolicy, endpointAccessMode: props.endpointAccessMode ?? mode };
  }

  private get best(): string {
    if (this.legacy.length > 0 || !isOffered('enhancedTls', this.region)) return SecurityPolicy.TLS_1_2;
    return this.endpointType === ApiDomainEndpointType.EDGE
      ? SecurityPolicy.TLS12_PFS_2025_EDGE
      : SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
  }

  private needLegacy(who: string): void {
    const { securityPolicy, endpointAccessMode } = this.props;
    this.legacy.push(who);
    const supports = who.endsWith('those') ? 'support' : 'supports';
    if (securityPolicy && isEnhanced(securityPolicy)) {
      throw this.owner.error(
        `${who} ${supports} no policy that starts with "SecurityPolicy_", and securityPolicy is ${securityPolicy}; leave it out for TLS_1_2`,
      );
    }
    if (endpointAccessMode) {
      throw this.owner.error(
        `${who} ${supports} no endpointAccessMode, which requires a policy that starts with "SecurityPolicy_"; leave it out`,
      );
    }
  }
}

const an = (type: string): string => (type === 'EDGE' ? 'an EDGE' : `a ${type}`);
