import { at } from '../../lookup/named';
import { type PlainResource } from '../../template/reader/plain-resources';

interface Consequence {
  /** What callers or operators notice if the resource goes. */
  readonly seen: string;
  readonly instead: string;
}

const adopt = (option: string): string => `keep the logical id: ${option}`;
const API: Consequence = {
  seen: 'the API gets another id and URL, and clients of the old URL fail',
  instead: `${adopt('adopt.api')}; if the API must be replaced, put both behind one domain first`,
};
const STAGE: Consequence = {
  seen: 'the URL of the stage fails, at least until another one is created',
  instead: adopt('adopt.stages, and the same stage name'),
};
const DOMAIN: Consequence = {
  seen: 'the domain name fails, and another one has another target for DNS',
  instead: adopt('adopt.domainName of the domain'),
};
const MAPPING: Consequence = {
  seen: 'the path of the domain fails, at least until another mapping is created',
  instead: adopt('adopt.mappings or adopt.basePathMappings of the domain'),
};

const CONSEQUENCES: Readonly<Record<string, Consequence>> = {
  'AWS::ApiGateway::RestApi': API,
  'AWS::ApiGatewayV2::Api': API,
  'AWS::ApiGateway::Stage': STAGE,
  'AWS::ApiGatewayV2::Stage': STAGE,
  'AWS::ApiGateway::ApiKey': {
    seen: 'the value of the key changes, and clients with the old value get 403',
    instead: adopt('adopt.apiKeys, and the same name and value'),
  },
  'AWS::ApiGateway::UsagePlan': {
    seen: 'keys lose the plan with its limits and the used quota',
    instead: adopt('adopt.usagePlans'),
  },
  'AWS::ApiGateway::UsagePlanKey': {
    seen: 'the key is not in the plan, and its clients get 403, until it is added again',
    instead: adopt('adopt.usagePlanKeys'),
  },
  'AWS::ApiGateway::ClientCertificate': {
    seen: 'back ends that trust the certificate reject the API',
    instead: adopt('adopt.clientCertificates'),
  },
  'AWS::ApiGateway::DomainName': DOMAIN,
  'AWS::ApiGateway::DomainNameV2': DOMAIN,
  'AWS::ApiGatewayV2::DomainName': DOMAIN,
  'AWS::ApiGateway::BasePathMapping': MAPPING,
  'AWS::ApiGateway::BasePathMappingV2': MAPPING,
  'AWS::ApiGatewayV2::ApiMapping': MAPPING,
  'AWS::CertificateManager::Certificate': {
    seen: 'a new certificate is issued and validated; the old one cannot be deleted while a domain uses it',
    instead: `${adopt('adopt.certificate of the domain')}, or pass it as certificate`,
  },
  'AWS::Logs::LogGroup': {
    seen: 'the events of the log group are deleted with it',
    instead: `${adopt('adopt.accessLogs or adopt.executionLogs, and the same name')}, or set DeletionPolicy: Retain in a deployment before`,
  },
  'AWS::Route53::RecordSet': {
    seen: 'the name does not resolve until another record is created',
    instead: adopt('adopt.records of the domain'),
  },
  'AWS::WAFv2::WebACL': {
    seen: 'the rules of the web ACL no longer protect the API',
    instead: adopt('adopt.webAcl'),
  },
  'AWS::WAFv2::WebACLAssociation': {
    seen: 'a stage has one association, so deleting this one may leave the stage without a web ACL',
    instead: adopt('adopt.webAclAssociations'),
  },
};

/** What is noticed if a resource of this type goes; undefined for types that callers and operators do not depend on. */
export function consequenceOf({ type }: PlainResource): Consequence | undefined {
  return at(CONSEQUENCES, type);
}
