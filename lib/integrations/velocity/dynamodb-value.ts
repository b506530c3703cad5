import { type Duration } from 'aws-cdk-lib';
import { Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../request-value';
import { type VelocityTemplate } from './template';

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
   * A string that may be missing: if the text is empty, the item does not have the attribute. For the key of an index, for which
   * DynamoDB does not accept an empty string; only for the `item` that an integration puts.
   *
   * @param value text of the request
   */
  public static optionalString(value: RequestValue): DynamoDbValue {
    const { literal } = value._source;
    const absent = (template: VelocityTemplate) =>
      literal === undefined ? `${template.variable(value)} == ""` : String(literal === '');
    return new DynamoDbValue((template) => `{"S":${template.json(value)}}`, absent);
  }

  /**
   * A number. For text that is not a number, the response is 400.
   *
   * @param value text of the request
   */
  public static number(value: RequestValue): DynamoDbValue {
    const { literal } = value._source;
    if (literal !== undefined && !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(literal)) {
      throw new Owner('DynamoDbValue.number').error(
        `${show(literal)} is not a number; write digits, e.g. RequestValue.literal("12.5")`,
      );
    }
    return new DynamoDbValue((template) => `{"N":${template.json(value)}}`);
  }

  /**
   * A boolean: true if the text is `true`, otherwise false.
   *
   * @param value text of the request
   */
  public static boolean(value: RequestValue): DynamoDbValue {
    const { literal } = value._source;
    return new DynamoDbValue((template) =>
      literal === undefined
        ? `{"BOOL":#if(${template.variable(value)} == "true")true#{else}false#end}`
        : `{"BOOL":${literal === 'true'}}`,
    );
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
  public readonly _render: (template: VelocityTemplate) => string;

  /** The Velocity condition for a missing value. @internal */
  public readonly _absent?: (template: VelocityTemplate) => string;

  private constructor(render: (template: VelocityTemplate) => string, absent?: (template: VelocityTemplate) => string) {
    this._render = render;
    this._absent = absent;
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
  /** `true` or `false`. */
  BOOLEAN = 'BOOL',
}
