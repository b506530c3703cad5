import { type DomainMapping, type DomainName } from '../../template/model/model';
import { type RoutingRule } from '../../template/model/domains';
import { type ResourceRef, sameResource } from '../../template/model/place';
import { type Text } from '../../template/model/text';
import { isKnown, knownOr, UNKNOWN, type Value } from '../../template/model/value';
import { always, breaking, harmless, opening, presence, uncertain } from '../rules';
import { type Subject } from '../trait';
import { ACCESS_MODE, ADDRESSES, TLS } from './apis';
import { policyTrait } from './policies';
import { type Side } from './side';

const MUTUAL_TLS = presence(
  breaking('callers without a client certificate are refused'),
  opening('callers need no client certificate'),
  uncertain('other client certificates are accepted'),
);
const CERTIFICATE = always(harmless('callers see another certificate of the same name'));
const ENDPOINT = always(uncertain('the name must point to another endpoint'));
const ROUTING = always(uncertain('mappings and routing rules are read in another order'));
const TARGET = always(uncertain('another API or stage responds'));
const PATH = always(breaking('the API receives other paths'));

export function domainSubject(side: Side, domain: DomainName): Subject {
  const { domainName, configurations, mutualTls, routingMode, resolvedPolicy, location } = domain;
  const traits = side.of(location);
  if (mutualTls) traits.text('mutual TLS', mutualTls.truststoreUri, MUTUAL_TLS, mutualTls.location);
  if (mutualTls) traits.text('trust store version', mutualTls.truststoreVersion, MUTUAL_TLS, mutualTls.location);
  traits.value('routing mode', routingMode, ROUTING, 'API_MAPPING_ONLY');
  policyTrait(traits, resolvedPolicy, location);
  for (const [index, one] of knownOr(configurations, []).entries()) {
    const where = index === 0 ? '' : ` ${index + 1}`;
    traits.value(`endpoint${where}`, one.endpointType, ENDPOINT);
    traits.value(`security policy${where}`, one.securityPolicy, TLS);
    traits.value(`endpoint access mode${where}`, one.endpointAccessMode, ACCESS_MODE, 'BASIC');
    traits.value(`IP address type${where}`, one.ipAddressType, ADDRESSES);
    traits.text(`certificate${where}`, one.certificateArn ?? one.regionalCertificateArn, CERTIFICATE);
  }
  if (configurations === UNKNOWN) {
    traits.add({ name: 'configuration', rule: ENDPOINT, value: side.unknown(location) });
  }
  const shown = domainName === undefined ? undefined : side.text(domainName, location);
  return {
    kind: 'domain',
    key: shown?.isSure ? shown.key : location.logicalId,
    label: shown?.isSure ? shown.text : location.logicalId,
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('its URLs do not respond'),
    written: side.written.at(location),
  };
}

export function mappingSubject(side: Side, mapping: DomainMapping): Subject {
  const { domain, domainName, mappingKey, stageName, stage, api, stripBasePath, location } = mapping;
  const traits = side.of(location);
  const target = targetOf(side, api, stage, stageName);
  traits.text('target', target, TARGET);
  if (target === undefined) traits.add({ name: 'target', rule: TARGET, value: side.unknown(location) });
  traits.value('strips base path', stripBasePath, PATH, false);
  const name = nameOfDomain(side, domain, domainName);
  const label = `${name}/${mappingKey === UNKNOWN ? '?' : (mappingKey ?? '')}`;
  return {
    kind: 'mapping',
    key: label,
    label,
    location,
    traits: traits.all,
    added: harmless('new'),
    removed: breaking('its URL does not respond'),
  };
}

export function ruleSubject(side: Side, rule: RoutingRule): Subject {
  const { domain, priority, conditions, actions, location } = rule;
  const traits = side.of(location);
  const key = JSON.stringify(side.written.at(location)) ?? '';
  const text = `${knownOr(conditions, []).length} conditions, ${knownOr(actions, []).length} actions`;
  traits.add({ name: 'rule', rule: TARGET, value: { key, text, isSure: true } });
  const label = `${nameOfDomain(side, domain, undefined)} ${isKnown(priority) ? priority : location.logicalId}`;
  return {
    kind: 'routing rule',
    key: label,
    label,
    location,
    traits: traits.all,
    added: uncertain('requests that it matches are led to another API'),
    removed: uncertain('requests that it matched are led to another API'),
  };
}

/** API and stage as people read them; unknown if the API is. */
function targetOf(
  side: Side,
  api: Value<ResourceRef>,
  stage: ResourceRef | undefined,
  stageName: Text | undefined,
): string | undefined {
  if (!isKnown(api)) return undefined;
  const { restApis, httpApis, webSocketApis } = side.model;
  const found = [...restApis, ...httpApis, ...webSocketApis].find(({ location }) => sameResource(location, api));
  const name = found && isKnown(found.name) ? found.name : api.logicalId;
  return `${name}/${String(side.stageName(stage, stageName) ?? '')}`;
}

function nameOfDomain(side: Side, domain: DomainMapping['domain'], domainName: Text | undefined): string {
  const made = isKnown(domain)
    ? side.model.domainNames.find(({ location }) => sameResource(location, domain))
    : undefined;
  const name = made?.domainName ?? domainName;
  return typeof name === 'string' ? name : (made?.location.logicalId ?? String(name ?? '?'));
}
