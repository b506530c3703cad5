import { type ApiModel, type WebAclAssociation } from '../../template/model/model';
import { type WebAcl, type WebAclLog } from '../../template/model/neighbours';
import { absolute, resourceKey } from './common';

/** The web ACLs that protect stages of REST APIs, with the resource if it is in the templates. */
export function* stageWebAcls(model: ApiModel): Iterable<{ association: WebAclAssociation; webAcl?: WebAcl }> {
  const byArn = new Map(model.webAcls.map((webAcl) => [`<${resourceKey(webAcl.location)}.Arn>`, webAcl]));
  for (const association of model.webAclAssociations) {
    const { stage, resourceArn = '', webAclArn = '', location } = association;
    if (stage || resourceArn.includes('/restapis/')) {
      yield { association, webAcl: byArn.get(absolute(webAclArn, location.template)) };
    }
  }
}

/** The logs of those web ACLs. */
export function stageWebAclLogs(model: ApiModel): WebAclLog[] {
  const arnOf = (arn: string | undefined, { template }: { template: string }): string => absolute(arn ?? '', template);
  const guarding = new Set(
    [...stageWebAcls(model)].map(({ association }) => arnOf(association.webAclArn, association.location)),
  );
  return model.webAclLogs.filter(({ webAclArn, location }) => guarding.has(arnOf(webAclArn, location)));
}
