import { isOffered, type RegionalFeature } from '../../../facts/partitions';
import { type ApiModel } from '../../../template/model/model';
import { stackOf } from '../../../template/model/stack-of';
import { domainHas, domainLabel, domainsOf, isEnhanced } from '../../queries/domains';
import { type Rule, type Violation } from '../../rule';
import { inside, knownAnd } from '../../queries/common';
import { httpIntegrationsOf, onIntegration } from '../../queries/v2-integrations';
import { outline } from '../../../template/model/text';

/** What is used and where, and the feature that it needs. */
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
          message: `the authorizer "${key}" uses Amazon Cognito user pools`,
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
    const isCloudMap = cloudMapService !== undefined || outline(uri).includes(':servicediscovery:');
    yield isCloudMap
      ? { feature: 'httpCloudMap', ...onIntegration(use, 'leads to an AWS Cloud Map service') }
      : { feature: 'httpPrivate', ...onIntegration(use, 'uses a VPC link') };
  }
}

export const rule: Rule = {
  id: 'ALL-NET8',
  appliesTo: ['rest', 'http', 'domain'],
  severity: 'warning',
  title: 'The features that an API uses are offered in its Region',
  why:
    'In the China Regions and AWS GovCloud (US), API Gateway has no edge-optimized endpoints and no private integrations of HTTP APIs with AWS Cloud Map (in ' +
    'us-gov-east-1, no private integrations of HTTP APIs at all). GovCloud has no TLS policies that start with SecurityPolicy_, and China has no Amazon Cognito ' +
    'authorizers. A feature that is not offered makes the stack roll back.',
  fix: {
    library:
      'Omit `endpointType` and `securityPolicy`, use `RestAuthorizer.jwt(…)` in China, and use ' +
      '`HttpIntegration.alb(…)` or the REST gateway for services in a VPC.',
    l2:
      'Set `endpointTypes: [EndpointType.REGIONAL]`, and on the L1 `securityPolicy = "TLS_1_2"` without ' +
      '`endpointAccessMode`; use a `RequestAuthorizer` in China, and `HttpAlbIntegration` or a `RestApi` for services in a ' +
      'VPC.',
    cloudFormation:
      'Set `EndpointConfiguration` to `REGIONAL` and `SecurityPolicy: TLS_1_2` without `EndpointAccessMode`. Use an ' +
      'authorizer of the type `REQUEST` in China, and a load balancer or a REST API in place of the Cloud Map service.',
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
