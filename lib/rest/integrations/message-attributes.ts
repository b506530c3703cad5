import { type RequestValue } from './request-value';
import { formLiteral, type VelocityTemplate } from './velocity';

/** Form fields of string attributes. They are counted as they are written: one left out must leave no gap. */
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
