import { type Duration } from 'aws-cdk-lib';
import { Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../request-value';
import { jsonLiteral, jsonText, type VelocityTemplate } from './template';

/**
 * A typed value of a DynamoDB item.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */
export class DynamoDbValue {
  /**
   * A string.
   *
   * @param value text of the request
   */
  public static string(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue((template) => `{"S":${template.json(value)}}`);
  }

  /**
   * A string that may be missing: if the text is empty, the attribute is not written. For the key of an index, for which DynamoDB does
   * not accept an empty string, and for `PATCH`; only for the `item` that an integration puts, and for what one sets.
   *
   * @param value text of the request
   */
  public static optionalString(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue((template) => `{"S":${template.json(value)}}`, isEmpty(value));
  }

  /**
   * A number. For text that is not a number, the response is 400.
   *
   * @param value text of the request
   */
  public static number(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue(numberOf(value, 'number'));
  }

  /**
   * A number that may be missing: if the text is empty, the attribute is not written.
   *
   * @param value text of the request
   */
  public static optionalNumber(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue(numberOf(value, 'optionalNumber'), isEmpty(value));
  }

  /**
   * A boolean: true if the text is `true`, otherwise false.
   *
   * @param value text of the request
   */
  public static boolean(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue(booleanOf(value));
  }

  /**
   * A boolean that may be missing: if the text is empty, the attribute is not written.
   *
   * @param value text of the request
   */
  public static optionalBoolean(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue(booleanOf(value), isEmpty(value));
  }

  /**
   * A list of the strings in a list of the JSON body. For anything else the response is 400.
   *
   * @param value `RequestValue.bodyField('$.tags')`
   */
  public static stringList(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue((template) => stringsOf(value, 'stringList', template, (text) => `{"S":${text}}`, 'L'));
  }

  /**
   * A set of the strings in a list of the JSON body, in any order. For anything else, an empty list, and a text that is twice in it, the
   * response is 400.
   *
   * @param value `RequestValue.bodyField('$.tags')`
   */
  public static stringSet(value: RequestValue): DynamoDbValue {
    return new DynamoDbValue((template) => stringsOf(value, 'stringSet', template, (text) => text, 'SS'));
  }

  /**
   * A map: name → value. No value in it may be optional.
   *
   * @param values names and values
   */
  public static map(values: { [name: string]: DynamoDbValue }): DynamoDbValue {
    const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
    refuseOptional(values, 'map');
    return new DynamoDbValue(
      (template) =>
        `{"M":{${entries.map(([name, one]) => `"${jsonLiteral(name)}":${one._render(template)}`).join(',')}}}`,
    );
  }

  /**
   * A list of these values. None of them may be optional.
   *
   * @param values values in their order
   */
  public static list(values: DynamoDbValue[]): DynamoDbValue {
    refuseOptional(Object.fromEntries(values.map((one, index) => [String(index), one])), 'list');
    return new DynamoDbValue((template) => `{"L":[${values.map((one) => one._render(template)).join(',')}]}`);
  }

  /**
   * Null: the attribute exists and has no value.
   */
  public static nothing(): DynamoDbValue {
    return new DynamoDbValue(() => '{"NULL":true}');
  }

  /**
   * A number of seconds since 1970: a time after the request, e.g. for the Time to Live of a table.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   * @param after time after the request
   */
  public static expiry(after: Duration): DynamoDbValue {
    const seconds = after.toSeconds({ integral: false });
    return new DynamoDbValue((template) => `{"N":"${template.secondsAfterRequest(Math.ceil(seconds))}"}`);
  }

  /** @internal */
  public readonly _render: Render;

  /** The Velocity condition for a missing value. @internal */
  public readonly _absent?: Render;

  private constructor(render: Render, absent?: Render) {
    this._render = render;
    this._absent = absent;
  }
}

type Render = (template: VelocityTemplate) => string;

const isEmpty =
  (value: RequestValue): Render =>
  (template) =>
    value._source.literal === undefined ? `${template.variable(value)} == ""` : String(value._source.literal === '');

function numberOf(value: RequestValue, factory: string): Render {
  const { literal } = value._source;
  if (literal !== undefined && !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(literal)) {
    throw new Owner(`DynamoDbValue.${factory}`).error(
      `${show(literal)} is not a number; write digits, e.g. RequestValue.literal("12.5")`,
    );
  }
  return (template) => `{"N":${template.json(value)}}`;
}

function booleanOf(value: RequestValue): Render {
  const { literal } = value._source;
  return (template) =>
    literal === undefined
      ? `{"BOOL":#if(${template.variable(value)} == "true")true#{else}false#end}`
      : `{"BOOL":${literal === 'true'}}`;
}

/** An attribute value without a type if the body has no list of strings: DynamoDB rejects it. */
function stringsOf(
  value: RequestValue,
  factory: string,
  template: VelocityTemplate,
  element: (text: string) => string,
  type: 'L' | 'SS',
): string {
  const { jsonPath } = value._source;
  if (jsonPath === undefined) {
    throw new Owner(`DynamoDbValue.${factory}`).error(
      'only the JSON body has lists; write RequestValue.bodyField("$.tags")',
    );
  }
  const { list, isListOfStrings } = template.strings(jsonPath);
  const elements = `#foreach($one in ${list})${element(`"${jsonText('$one')}"`)}#if($foreach.hasNext),#end#end`;
  return `{#if(${isListOfStrings})"${type}":[${elements}]#end}`;
}

function refuseOptional(values: Readonly<Record<string, DynamoDbValue>>, factory: string): void {
  const optional = Object.keys(values).find((name) => values[name]._absent);
  if (optional !== undefined) {
    throw new Owner(`DynamoDbValue.${factory}`).error(
      `${show(optional)} is optional, but only attributes of an item may be missing; use DynamoDbValue.string, .number or .boolean`,
    );
  }
}

/**
 * Type of an attribute in the response.
 */
export enum DynamoDbAttributeType {
  /** A JSON string. */
  STRING = 'S',
  /** A JSON number. */
  NUMBER = 'N',
  /** A list of strings in the item; an element of another type is null. */
  STRING_LIST = 'L',
  /** A set of strings in the item, as a list. */
  STRING_SET = 'SS',
  /** `true` or `false`. */
  BOOLEAN = 'BOOL',
}
