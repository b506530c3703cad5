import { type Move } from '../../../lib/checks/adopt/move';
import { movesBetween } from '../../../lib/checks/adopt/moves';
import { adoptionsIn, type ApiAdoption } from '../../../lib/checks/adopt/adoption';
import { type PlainResource, readPlainResources } from '../../../lib/template/reader/plain-resources';
import { type CfnTemplate } from '../../../lib/template/reader/source';
import { type Json } from '../../support/stacks';

const FILE = 'shop.yaml';

/** The resources of a template, or of its `Resources` alone. */
export function read(template: Json): PlainResource[] {
  const whole = (template.Resources ? template : { Resources: template }) as CfnTemplate;
  return readPlainResources([{ file: FILE, template: whole, bytes: 0 }]);
}

export const moves = (before: Json, after: Json): Move[] => movesBetween(read(before), read(after));

/** `kind logicalId` of each. */
export const told = (before: Json, after: Json): string[] =>
  moves(before, after).map(({ kind, logicalId }) => `${kind} ${logicalId}`);

export const adoptions = (template: Json): ApiAdoption[] => adoptionsIn(read(template));

export const ref = (logicalId: string): Json => ({ Ref: logicalId });

export const resource = (Type: string, Properties: Json = {}, more: Json = {}): Json => ({ Type, Properties, ...more });

const BODY = { openapi: '3.0.1', info: { title: 'shop', version: '1' }, paths: {} };

/** A REST API with a document, a stage, a key in a plan, a domain and logs. */
export const REST: Json = {
  Api: resource('AWS::ApiGateway::RestApi', {
    Name: 'shop',
    Body: BODY,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    SecurityPolicy: 'TLS_1_2',
  }),
  Deployment: resource('AWS::ApiGateway::Deployment', { RestApiId: ref('Api') }),
  Stage: resource('AWS::ApiGateway::Stage', {
    RestApiId: ref('Api'),
    DeploymentId: ref('Deployment'),
    StageName: 'prod',
    AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '{}' },
  }),
  Log: resource('AWS::Logs::LogGroup', { LogGroupName: '/shop/access' }),
  Key: resource('AWS::ApiGateway::ApiKey', { Name: 'partner', Enabled: true }),
  Plan: resource('AWS::ApiGateway::UsagePlan', {
    UsagePlanName: 'basic',
    ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }],
  }),
  PlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
    UsagePlanId: ref('Plan'),
    KeyId: ref('Key'),
    KeyType: 'API_KEY',
  }),
  Domain: resource('AWS::ApiGateway::DomainName', {
    DomainName: 'api.example.com',
    EndpointConfiguration: { Types: ['REGIONAL'] },
    RegionalCertificateArn: ref('Certificate'),
  }),
  Certificate: resource('AWS::CertificateManager::Certificate', { DomainName: 'api.example.com' }),
  Mapping: resource('AWS::ApiGateway::BasePathMapping', {
    DomainName: ref('Domain'),
    RestApiId: ref('Api'),
    Stage: ref('Stage'),
  }),
  Acl: resource('AWS::WAFv2::WebACL', { Name: 'acl', Scope: 'REGIONAL' }),
  Association: resource('AWS::WAFv2::WebACLAssociation', {
    WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
    ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/${Stage}' },
  }),
};

/** The same under other logical ids, with all references. */
export function renamed(template: Json, ids: Readonly<Record<string, string>>): Json {
  let text = JSON.stringify(template);
  for (const [from, to] of Object.entries(ids)) {
    text = text
      .replaceAll(`"Ref":"${from}"`, `"Ref":"${to}"`)
      .replaceAll(`"Fn::GetAtt":["${from}"`, `"Fn::GetAtt":["${to}"`)
      .replaceAll(`\${${from}}`, `\${${to}}`)
      .replace(`"${from}":{"Type"`, `"${to}":{"Type"`);
  }
  return JSON.parse(text);
}

/** The same with other properties of one resource. */
export const changed = (template: Json, logicalId: string, properties: Json): Json => ({
  ...template,
  [logicalId]: { ...template[logicalId], Properties: { ...template[logicalId].Properties, ...properties } },
});

export const without = (template: Json, ...ids: readonly string[]): Json =>
  Object.fromEntries(Object.entries(template).filter(([id]) => !ids.includes(id)));
