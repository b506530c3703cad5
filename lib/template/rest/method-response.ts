import { type MethodResponse } from '../model/model';
import { Place } from '../reader/located';
import { type Node } from '../reader/node';
import { type Texts } from '../model/text';
import { UNKNOWN, type Value } from '../model/value';

/** One of which nothing is known, if the declared ones are unknown. */
export const UNKNOWN_METHOD_RESPONSE: Omit<MethodResponse, 'location'> = {
  statusCode: UNKNOWN,
  parameters: UNKNOWN,
  responseModels: UNKNOWN,
};

/** A declared response; its models are read when they are requested. */
export class MethodResponseOf extends Place implements MethodResponse {
  readonly #models: () => Value<Texts>;

  constructor(
    node: Node,
    public readonly statusCode: Value<string>,
    public readonly parameters: Value<readonly string[]>,
    models: () => Value<Texts>,
  ) {
    super(node);
    this.#models = models;
  }

  public get responseModels(): Value<Texts> {
    return this.#models();
  }
}
