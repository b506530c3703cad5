import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';

const TYPE = /^[A-Za-z0-9!#$&^_.+'*`|~-]+\/[A-Za-z0-9!#$&^_.+'*`|~-]+$/;
const PARAMETER = /^[A-Za-z0-9!#$&^_.+'*`|~-]+=([A-Za-z0-9!#$&^_.+'*`|~-]+|"[^"\\]*")$/;

/** @throws if the text is not a content type of a response; it may have parameters */
export function checkAnswerType(type: string, where: string, owner: Owner): void {
  if (Token.isUnresolved(type)) return;
  const [bare, ...parameters] = type.split(';');
  if (TYPE.test(bare) && parameters.every((one) => PARAMETER.test(one.trim()))) return;
  throw owner.error(
    `${where} has ${show(type)}, which is not a content type; write "type/subtype", e.g. "application/json" or "text/html"`,
  );
}
