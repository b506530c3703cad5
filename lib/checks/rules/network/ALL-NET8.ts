import { isOffered, type RegionalFeature } from '../../../facts/partitions';
import { type ApiModel } from '../../../template/model';
import { stackOf } from '../../../template/stack-of';
import { domainHas, domainLabel, domainsOf, isEnhanced } from '../../domains';
import { type Rule, type Violation } from '../../rule';
import { inside, knownAnd } from '../../support';
import { httpIntegrationsOf, onIntegration } from '../../v2-integrations';

/** What is used, where, and under which name the Regions know it. */
type Use = Violation & { readonly feature: RegionalFeature };

function* ofRestApis({ restApis }: ApiModel): Iterable<Use> {
  for (const { endpointTypes, securityPolicy, authorizers, location } of restApis) {
    if (knownAnd(endpointTypes, (types) => types.includes('EDGE'))) {
      yield {
        feature: 'edge',
        location: inside(location, 'EndpointConfiguration'),
        message: 'the API is edge-optimized',
      };
    }
    if (knownAnd(securityPolicy, isEnhanced)) {
      yield {
        feature: 'enhancedTls',
        location: inside(location, 'SecurityPolicy'),
        message: `the API has the SecurityPolicy ${String(securityPolicy)}`,
      };
    }
    for (const { type, key, location: place } of authorizers) {
      if (type === 'COGNITO_USER_POOLS') {
        yield {
          feature: 'cognitoAuthorizer',
          location: place,
          message: `the authorizer "${key}" is one for Amazon Cognito user pools`,
        };
      }
    }
  }
}

function* ofDomains(model: ApiModel): Iterable<Use> {
  for (const domain of domainsOf(model).all) {
    const { location, securityPolicy } = domain;
    if (domainHas(domain, 'EDGE')) {
      yield { feature: 'edge', location, message: `${domainLabel(domain)} is edge-optimized` };
    }
    if (knownAnd(securityPolicy, isEnhanced)) {
      yield {
        feature: 'enhancedTls',
        location: inside(location, 'SecurityPolicy'),
        message: `${domainLabel(domain)} has the SecurityPolicy ${String(securityPolicy)}`,
      };
    }
  }
}

function* ofHttpApis(model: ApiModel): Iterable<Use> {
  for (const use of httpIntegrationsOf(model)) {
    const { connectionType, cloudMapService, uri } = use.integration;
    if (connectionType !== 'VPC_LINK') {
      continue;
    }
    const isCloudMap = cloudMapService !== undefined || uri?.includes(':servicediscovery:') === true;
    yield isCloudMap
      ? { feature: 'httpCloudMap', ...onIntegration(use, 'leads to an AWS Cloud Map service') }
      : { feature: 'httpPrivate', ...onIntegration(use, 'goes through a VPC link') };
  }
}

export const rule: Rule = {
  id: 'ALL-NET8',
  appliesTo: ['rest', 'http', 'domain'],
  severity: 'warning',
  title: 'What an API uses is offered in its Region',
  why:
    'In the China Regions and AWS GovCloud (US) API Gateway has no edge-optimized endpoints and no private integrations of HTTP APIs with AWS Cloud Map (in ' +
    'us-gov-east-1 none at all); GovCloud has no TLS policies that start with SecurityPolicy_, and China no Amazon Cognito authorizers. What is not offered ' +
    'is refused, and the stack rolls back.',
  fix: {
    library:
      'Leave `endpointType` and `securityPolicy` out, take `RestAuthorizer.jwt(…)` in China, and `HttpIntegration.alb(…)`, ' +
      'or the REST gateway, for what is in a VPC.',
    l2:
      'Set `endpointTypes: [EndpointType.REGIONAL]`, and on the L1 `securityPolicy = "TLS_1_2"` without ' +
      '`endpointAccessMode`; take a `RequestAuthorizer` in China, and `HttpAlbIntegration`, or a `RestApi`, for what is in a ' +
      'VPC.',
    cloudFormation:
      'Set `EndpointConfiguration` to `REGIONAL`, `SecurityPolicy: TLS_1_2` without `EndpointAccessMode`; an authorizer of ' +
      'the type `REQUEST` in China; a load balancer in place of the Cloud Map service, or a REST API.',
  },
  link: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
  *check(model) {
    for (const uses of [ofRestApis, ofDomains, ofHttpApis]) {
      for (const { feature, ...violation } of uses(model)) {
        const region = stackOf(model, violation.location)?.region;
        if (region !== undefined && !isOffered(feature, region)) {
          yield { ...violation, message: `${violation.message}, which is not offered in ${region}` };
        }
      }
    }
  },
};
