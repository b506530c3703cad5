import { type ApiModel, type Located } from '../template/model/model';
import { isKnown, type Value } from '../template/model/value';
import { domainLabel, domainsOf, isEnhanced } from './queries/domains';
import { type Violation } from './rule';
import { inside, resourceKey } from './queries/common';

/** The TLS settings of an API or a domain. */
interface Tls extends Located {
  readonly securityPolicy?: Value<string>;
  readonly endpointAccessMode?: Value<string>;
  readonly endpointTypes: Value<string[]>;
}

type Labelled = readonly [tls: Tls, label: string];

const all = (model: ApiModel): Labelled[] => [
  ...model.restApis.map((api): Labelled => [api, 'the API']),
  ...domainsOf(model).all.map((domain): Labelled => [domain, domainLabel(domain)]),
];

/** APIs and domains that left the access mode STRICT since the previous templates, or changed what cannot change under it. */
export function* strictLeft(model: ApiModel): Iterable<Violation> {
  const before = new Map(model.previous && all(model.previous).map(([tls]) => [resourceKey(tls.location), tls]));
  for (const [tls, label] of all(model)) {
    const old = before.get(resourceKey(tls.location));
    const change = old?.endpointAccessMode === 'STRICT' ? changeOf(old, tls) : undefined;
    if (change !== undefined) {
      const [property, became] = change;
      yield {
        location: inside(tls.location, property),
        message:
          `${label} had EndpointAccessMode STRICT in the previous assembly, and its ${property} becomes ${became} in ` +
          'one step: calls fail for about 15 minutes; deploy BASIC first, at a time of low traffic',
        severity: 'warning',
      };
    }
  }
}

function changeOf(
  old: Tls,
  { securityPolicy, endpointAccessMode: mode, endpointTypes }: Tls,
): [string, string] | undefined {
  if (isKnown(securityPolicy) && !isEnhanced(securityPolicy)) return ['SecurityPolicy', securityPolicy];
  // BASIC is the intermediate step.
  if (mode === undefined) return ['EndpointAccessMode', 'none'];
  const isMoved = isKnown(endpointTypes) && isKnown(old.endpointTypes) && endpointTypes[0] !== old.endpointTypes[0];
  return isMoved ? ['EndpointConfiguration', endpointTypes[0]] : undefined;
}
