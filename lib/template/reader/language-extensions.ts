import { Data, type Evaluate, type Evaluated } from './evaluated';
import { Expression, joined, type Part } from '../model/expression';
import { Numeral } from './numerals';
import { UNKNOWN } from '../model/value';

const MAX_DEPTH = 64;

/**
 * The functions that the transform `AWS::LanguageExtensions` adds.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export class LanguageExtensions {
  constructor(private readonly evaluate: Evaluate) {}

  public length(items: readonly unknown[] | undefined): Evaluated {
    // The end of a list that was split at something unknown is unknown too.
    return items && !items.includes(UNKNOWN) ? items.length : UNKNOWN;
  }

  public jsonString(value: Evaluated, file: string, depth: number): Evaluated {
    const parts: Part[] = [];
    return this.write(value, depth, parts) ? (joined(parts, file) ?? UNKNOWN) : UNKNOWN;
  }

  /** False if the content is unknown. */
  private write(value: Evaluated, depth: number, into: Part[]): boolean {
    if (value instanceof Expression) {
      into.push('"', ...value.parts.map((part) => (typeof part === 'string' ? escaped(part) : part)), '"');
      return true;
    }
    if (!(value instanceof Data)) {
      into.push(value === UNKNOWN ? '' : JSON.stringify((value instanceof Numeral ? value.number : value) ?? null));
      return value !== UNKNOWN;
    }
    const isList = Array.isArray(value.value);
    const entries = Object.entries(value.value)
      .map(([key, raw]) => [key, raw === UNKNOWN ? UNKNOWN : this.evaluate(raw, value.scope, depth + 1)] as const)
      .filter(([, item]) => item !== undefined);
    into.push(isList ? '[' : '{');
    for (const [index, [key, item]] of entries.entries()) {
      into.push(`${index > 0 ? ',' : ''}${isList ? '' : `${JSON.stringify(key)}:`}`);
      if (depth > MAX_DEPTH || !this.write(item, depth + 1, into)) {
        return false;
      }
    }
    into.push(isList ? ']' : '}');
    return true;
  }
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
