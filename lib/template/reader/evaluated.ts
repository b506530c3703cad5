import { type Expression } from '../model/expression';
import { type Numeral } from './numerals';
import { type Dict, type Scope } from './scope';
import { type UNKNOWN } from '../model/value';

/** A list or an object, with the template in whose terms it is written. */
export class Data {
  constructor(
    public readonly value: Dict | readonly unknown[],
    public readonly scope: Scope,
  ) {}
}

/** What a property comes to: nothing, a scalar, a string with references, a list or object, or unknown. */
export type Evaluated = undefined | typeof UNKNOWN | string | number | boolean | Numeral | Expression | Data;

export type Evaluate = (raw: unknown, scope: Scope, depth: number) => Evaluated;
