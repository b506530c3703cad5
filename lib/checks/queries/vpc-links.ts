import { type ApiModel, type Integration, type Method, type V2Integration } from '../../template/model/model';
import { type VpcLink } from '../../template/model/neighbours';
import { callsOf, resourceKey } from './common';
import { v2IntegrationsOf, type V2Use } from './v2-integrations';
import { referenceOf } from '../../template/model/text';

export interface PrivateCall {
  readonly method: Method;
  readonly integration: Integration;
  /** If it is in the templates. */
  readonly link?: VpcLink;
}

export interface PrivateUse {
  readonly use: V2Use;
  /** If it is in the templates. */
  readonly link?: VpcLink;
}

/** The methods that go through a VPC link. */
export function* privateCalls(model: ApiModel): Iterable<PrivateCall> {
  const links = new Links(model);
  for (const { method, integration } of callsOf(model)) {
    if (integration.connectionType === 'VPC_LINK') {
      yield { method, integration, link: links.of(integration) };
    }
  }
}

/** The integrations of HTTP and WebSocket APIs that go through a VPC link. */
export function* privateUses(model: ApiModel): Iterable<PrivateUse> {
  const links = new Links(model);
  for (const use of v2IntegrationsOf(model)) {
    if (use.integration.connectionType === 'VPC_LINK') {
      yield { use, link: links.of(use.integration) };
    }
  }
}

/** The links of the templates, by the resources that refer to them. */
class Links {
  private byKey?: Map<string, VpcLink>;

  constructor(private readonly model: ApiModel) {}

  public of({ connectionId }: Integration | V2Integration): VpcLink | undefined {
    const links = (this.byKey ??= new Map(this.model.vpcLinks.map((link) => [resourceKey(link.location), link])));
    const link = referenceOf(connectionId);
    return link && links.get(resourceKey(link));
  }
}
