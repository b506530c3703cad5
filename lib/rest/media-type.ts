import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../shared/errors';

const NAME = "[A-Za-z0-9!#$&^_.+'*`|~-]+";
const ANSWER_TYPE = new RegExp(`^${NAME}/${NAME}(\\s*;\\s*${NAME}=(${NAME}|"[^"\\\\]*"))*$`);

/** @throws where the text is no content type of an answer; it may have parameters */
export function checkAnswerType(type: string, where: string, owner: Owner): void {
  if (Token.isUnresolved(type) || ANSWER_TYPE.test(type)) return;
  throw owner.error(
    `${where} has ${show(type)}, which is no content type; write "type/subtype", e.g. "application/json" or "text/html"`,
  );
}
