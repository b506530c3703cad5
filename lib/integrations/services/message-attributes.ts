import { type Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../request-value';
import { formLiteral, type VelocityTemplate } from '../velocity/template';

/** Form fields of string attributes. They are numbered as they are written: an omitted one must leave no gap. */
export function attributeFields(
  template: VelocityTemplate,
  prefix: string,
  attributes: Readonly<Record<string, RequestValue>>,
): string {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return '';
  const fields = names.map((name) => {
    const value = attributes[name];
    const at = `&${prefix}.\${n}`;
    const all = `#set($n = $n + 1)${at}.Name=${formLiteral(name)}${at}.Value.DataType=String${at}.Value.StringValue=${template.form(value)}`;
    return value._source.literal === undefined ? `#if(${template.variable(value)} != "")${all}#end` : all;
  });
  return `#set($n = 0)${fields.join('')}`;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function checkAttributeNames(names: readonly string[], owner: Owner): void {
  for (const name of names) {
    if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i.test(name)) {
      throw owner.error(
        `${show(name)} is not the name of a message attribute; 1 to 256 of A-Z a-z 0-9 _ - and single dots inside, not starting with "AWS." or "Amazon."`,
      );
    }
  }
}
