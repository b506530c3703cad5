import { STAGE_VARIABLE_NAME } from '../../facts/names';
import { Owner, show } from '../../authoring/errors';
import { type HttpIntegrationContext } from '../binding';
import { literalOf } from './expression';

const OWNER = new Owner('HttpResponseValue');

/**
 * A value from the back end's response, for a mapping.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export class HttpResponseValue {
  /**
   * A header of the response.
   */
  public static header(name: string): HttpResponseValue {
    if (!/^[!#&*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw OWNER.error(`${show(name)} is not the name of a header`);
    return new HttpResponseValue(`$response.header.${name}`);
  }

  /**
   * A part of the JSON body. Only the first 100 KB of the body are read.
   *
   * @param jsonPath `$.order.id`
   */
  public static bodyField(jsonPath: string): HttpResponseValue {
    if (!/^\$(\.[A-Za-z_][A-Za-z0-9_-]*|\[\d+\])+$/.test(jsonPath)) {
      throw OWNER.error(
        `the JSON path ${show(jsonPath)} must start with "$" and have names and numbers only, e.g. "$.order.id"`,
      );
    }
    return new HttpResponseValue(`$response.body.${jsonPath.replace(/^\$\.?/, '')}`);
  }

  /**
   * A context variable, e.g. `requestId`.
   *
   * @param name names joined by dots, without `$context.`
   */
  public static context(name: string): HttpResponseValue {
    if (!/^\w+(\.\w+)*$/.test(name)) {
      throw OWNER.error(`the context variable ${show(name)} must be names joined by dots, e.g. "requestId"`);
    }
    return new HttpResponseValue(`$context.${name}`);
  }

  /**
   * A stage variable.
   *
   * @param name A-Z a-z 0-9 and _; every stage must have it
   */
  public static stageVariable(name: string): HttpResponseValue {
    if (!STAGE_VARIABLE_NAME.test(name)) throw OWNER.error(`${show(name)} is not the name of a stage variable`);
    return new HttpResponseValue(`$stageVariables.${name}`, { stageVariable: name });
  }

  /**
   * Text that is the same for every response.
   */
  public static literal(text: string): HttpResponseValue {
    return new HttpResponseValue(text, { literal: true });
  }

  private constructor(
    /** @internal */
    public readonly _expression: string,
    /** @internal */
    public readonly _of: { readonly literal?: boolean; readonly stageVariable?: string } = {},
  ) {}
}

/** The value as a mapping names it. @throws if a text would be read as an expression */
export function responseExpressionOf(value: HttpResponseValue, context: HttpIntegrationContext): string {
  const { literal, stageVariable } = value._of;
  if (stageVariable !== undefined) context.useStageVariable(stageVariable);
  return literal ? literalOf(value._expression, context) : value._expression;
}
