import { joined, UNKNOWN_PART } from '../model/expression';
import { type Text, UNKNOWN_TEXT } from '../model/text';

/** A reference to a parameter store or a secret, which CloudFormation replaces at deployment. */
const START = '{{resolve:';

export const isDynamic = (text: string): boolean => text.includes(START);

/** The text with what the references come to unknown. */
export function withoutDynamic(text: string, template: string): Text {
  const pieces = text.split(/\{\{resolve:[^{}]*\}\}/);
  const parts = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [UNKNOWN_PART, piece]));
  return joined(parts, template) ?? UNKNOWN_TEXT;
}
