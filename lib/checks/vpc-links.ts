import { type ApiModel, type Integration, type Method } from '../template/model';
import { type VpcLink } from '../template/neighbours-model';
import { type Text } from '../template/value';
import { absolute, callsOf, resourceKey } from './support';

export interface PrivateCall {
  readonly method: Method;
  readonly integration: Integration;
  /** Where it is in the templates. */
  readonly link?: VpcLink;
}

/** The methods that go through a VPC link. */
export function* privateCalls(model: ApiModel): Iterable<PrivateCall> {
  let links: Map<Text, VpcLink> | undefined;
  for (const { method, integration } of callsOf(model)) {
    if (integration.connectionType !== 'VPC_LINK') {
      continue;
    }
    links ??= new Map(model.vpcLinks.map((link) => [resourceKey(link.location), link]));
    const id = absolute(integration.connectionId ?? '', integration.location.template);
    const [, key] = /^<([^<>]+?)(?:\.[A-Za-z]+)?>$/.exec(id) ?? [];
    // The name of a file may hold dots too.
    const link = links.get(id.slice(1, -1)) ?? (key === undefined ? undefined : links.get(key));
    yield { method, integration, link };
  }
}
