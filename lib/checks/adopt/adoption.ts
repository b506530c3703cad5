import { type GatewayKind } from '../../facts/kinds';
import { type PlainResource } from '../../template/reader/plain-resources';
import { partsOf, stageAdoption } from './adopted-parts';
import { adoptedDomains, type AdoptedDomain } from './adopted-domains';
import { planAdoption } from './adopted-plans';
import { hasDocument } from './imports';
import { type NotKept } from './not-kept';
import { type PropText, quoted } from './prop-text';
import { Resources } from './resources';
import { reachOf } from './reach-props';
import { literal } from './values';

/** How a gateway takes over a deployed API. */
export interface ApiAdoption {
  readonly kind: GatewayKind;
  readonly name: string;
  readonly template: string;
  readonly logicalId: string;
  /** Whether the API keeps its id and URL; otherwise CloudFormation replaces it, and both go behind one domain. */
  readonly inPlace: boolean;
  /** The `adopt` prop; empty if the API cannot be kept. */
  readonly adopt: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Other props, without which a value would change. */
  readonly props: { readonly [name: string]: PropText };
  /** Statements after the gateway is created, called `gateway`. */
  readonly statements: readonly string[];
  readonly domains: readonly AdoptedDomain[];
  /** Resources that need DeletionPolicy: Retain in a deployment before, because an import keeps their ids. */
  readonly retain: readonly string[];
  readonly notKept: readonly NotKept[];
}

/** How gateways take over the APIs of the templates. */
export function adoptionsIn(resources: readonly PlainResource[]): ApiAdoption[] {
  const all = new Resources(resources);
  return all.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').map((api) => adoptionOf(api, all));
}

function kindOf({ type, properties }: PlainResource): GatewayKind {
  if (type === 'AWS::ApiGateway::RestApi') return 'rest';
  return literal(properties.ProtocolType) === 'WEBSOCKET' ? 'websocket' : 'http';
}

/** Metrics of REST APIs have the name of the API as a dimension. */
function nameOfApi({ properties }: PlainResource): { readonly [name: string]: PropText } {
  const name = literal(properties.Name);
  return name === undefined ? {} : { apiName: quoted(name) };
}

function adoptionOf(api: PlainResource, all: Resources): ApiAdoption {
  const kind = kindOf(api);
  const { template, logicalId, properties } = api;
  // CloudFormation accepts no ProtocolType next to a Body, and its removal replaces the API.
  const inPlace = kind !== 'http' || properties.ProtocolType === undefined;
  const parts = partsOf(kind, api, all);
  const stages = stageAdoption(kind, api, all);
  const plans = planAdoption(api, all, stages.keys);
  const { domains, notKept } = adoptedDomains(kind, api, all);
  const adopted = { api: logicalId, ...stages.adopt, ...plans.adopt, ...parts.adopt };
  const known = Object.entries(adopted).filter(
    ([, value]) => typeof value === 'string' || Object.keys(value).length > 0,
  );
  const replaced: NotKept = {
    logicalId,
    type: api.type,
    why: `CloudFormation accepts no ProtocolType next to the Body of an HttpGateway ("Redundant fields"), and replaces an API whose ProtocolType changes`,
    instead: 'create the gateway next to the API, and move the mapping of the domain to it',
  };
  return {
    kind,
    name: literal(properties.Name) ?? logicalId,
    template,
    logicalId,
    inPlace,
    adopt: inPlace ? Object.fromEntries(known) : {},
    props: { ...nameOfApi(api), ...reachOf(kind, api), ...stages.props, ...plans.props },
    statements: plans.statements,
    domains,
    retain: inPlace && kind !== 'websocket' && !hasDocument(api) ? parts.retain : [],
    notKept: [...(inPlace ? [] : [replaced]), ...stages.notKept, ...plans.notKept, ...notKept],
  };
}
