import { type Text, type Texts } from '../../template/model/text';
import { knownOr, type Value } from '../../template/model/value';
import { type Environment } from '../environment';

/** A parameter mapping: where the value goes, and the expression that it comes from. */
export interface Mapping {
  readonly to: string;
  readonly name: string;
  readonly expression: string;
}

/** @param key what the names of the mappings look like: where the value goes, and its name there */
export function mappings(parameters: Value<Texts>, key: RegExp, environment: Environment): Mapping[] {
  return Object.entries(knownOr(parameters, {})).flatMap(([written, expression]: [string, Text]) => {
    const match = key.exec(written);
    return match ? [{ to: match[1], name: match[2], expression: environment.text(expression) }] : [];
  });
}
