/** Code of a value: as it is, or an object of such. */
export type PropText = string | { readonly [name: string]: PropText };

const WIDTH = 100;

/** A text in quotes. */
export const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** The name of a property. */
const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

/** Lines of code: `name: value,`, in one line if it fits. */
export function propLines(name: string, value: PropText, indent = ''): string[] {
  if (typeof value === 'string') return [`${indent}${keyText(name)}: ${value},`];
  const entries = Object.entries(value);
  const flat = `${indent}${keyText(name)}: ${flatText(value)},`;
  if (flat.length <= WIDTH || entries.length === 0) return [flat];
  return [
    `${indent}${keyText(name)}: {`,
    ...entries.flatMap(([key, one]) => propLines(key, one, `${indent}  `)),
    `${indent}},`,
  ];
}

function flatText(value: PropText): string {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(([key, one]) => `${keyText(key)}: ${flatText(one)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
}
