import { type Evaluate, type Evaluated } from './evaluated';
import { Expression } from '../model/expression';
import { Numeral, valueAt } from './numerals';
import { own, type Scope } from './scope';

const PENDING = Symbol('pending');

/** Conditions of a template, as far as it tells: those on parameters are known at deployment only. */
export class Conditions {
  constructor(private readonly evaluate: Evaluate) {}

  public holds(name: unknown, scope: Scope, depth: number): boolean | undefined {
    if (typeof name !== 'string') {
      return undefined;
    }
    const key = `condition ${name}`;
    if (!scope.resolved.has(key)) {
      scope.resolved.set(key, PENDING);
      scope.resolved.set(key, this.judged(scope.section('Conditions', name), scope, depth));
    }
    const known = scope.resolved.get(key);
    return typeof known === 'boolean' ? known : undefined;
  }

  private judged(raw: unknown, scope: Scope, depth: number): boolean | undefined {
    if (depth > 64) {
      return undefined;
    }
    const each = (name: string): (boolean | undefined)[] | undefined => {
      const list = own(raw, name);
      return Array.isArray(list) ? list.map((one: unknown) => this.judged(one, scope, depth + 1)) : undefined;
    };
    const named = own(raw, 'Condition');
    if (named !== undefined) {
      return this.holds(named, scope, depth + 1);
    }
    const [negated] = each('Fn::Not') ?? [];
    if (negated !== undefined) {
      return !negated;
    }
    const all = each('Fn::And');
    if (all) {
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    const some = each('Fn::Or');
    if (some) {
      return some.includes(true) ? true : some.includes(undefined) ? undefined : false;
    }
    return this.equal(own(raw, 'Fn::Equals'), scope, depth);
  }

  private equal(raw: unknown, scope: Scope, depth: number): boolean | undefined {
    const [a, b] = Array.isArray(raw)
      ? raw.map((_one, index) => literal(this.evaluate(valueAt(raw, index), scope, depth + 1), scope))
      : [];
    return a === undefined || b === undefined ? undefined : a === b;
  }
}

/** The characters of a value, if they are all known; Region and account are, where the stack says them. */
export function literal(value: Evaluated, { source }: Scope): string | undefined {
  if (value instanceof Expression) {
    const [part] = value.parts;
    const id = value.parts.length === 1 && typeof part === 'object' && part.kind === 'pseudo' ? part.logicalId : '';
    return id === 'AWS::Region' ? source.region : id === 'AWS::AccountId' ? source.account : undefined;
  }
  if (value instanceof Numeral) return value.text;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
