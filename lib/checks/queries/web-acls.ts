import { type ApiModel, type WebAclAssociation } from '../../template/model/model';
import { type WebAcl, type WebAclLog } from '../../template/model/neighbours';
import { outline, referenceTo, textKey } from '../../template/model/text';

/** The web ACLs that protect stages of REST APIs, with the resource if it is in the templates. */
export function* stageWebAcls(model: ApiModel): Iterable<{ association: WebAclAssociation; webAcl?: WebAcl }> {
  const byArn = new Map(model.webAcls.map((webAcl) => [textKey(referenceTo(webAcl.location, 'Arn')), webAcl]));
  for (const association of model.webAclAssociations) {
    const { stage, resourceArn, webAclArn = '' } = association;
    if (stage || outline(resourceArn).includes('/restapis/')) {
      yield { association, webAcl: byArn.get(textKey(webAclArn)) };
    }
  }
}

/** The logs of those web ACLs. */
export function stageWebAclLogs(model: ApiModel): WebAclLog[] {
  const guarding = new Set([...stageWebAcls(model)].map(({ association }) => textKey(association.webAclArn ?? '')));
  return model.webAclLogs.filter(({ webAclArn = '' }) => guarding.has(textKey(webAclArn)));
}
