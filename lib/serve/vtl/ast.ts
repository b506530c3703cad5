/** A reference such as `$!{order.items[0].get('name')}`. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly steps: readonly Step[];
  /** As it is written, for messages. */
  readonly source: string;
}

/** What follows a name: `.name`, `.method(…)` or `[index]`. */
export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly index: Expression };

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export type Expression =
  | Reference
  | { readonly kind: 'text'; readonly value: string }
  /** Text in double quotes with references or directives in it. */
  | { readonly kind: 'interpolated'; readonly body: readonly Node[] }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyArray<readonly [Expression, Expression]> }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Node[];
}

/** The use of a macro. */
export interface MacroCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** Of `#@name() … #end`. */
  readonly body?: readonly Node[];
  readonly source: string;
}

/** A part of a template. */
export type Node =
  | { readonly kind: 'print'; readonly text: string }
  | Reference
  /** `\\$name` or `\\#name()`: its source without the backslash, or with it if there is nothing of that name. */
  | { readonly kind: 'escaped'; readonly node: Reference | MacroCall }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: readonly Node[] }
  | { readonly kind: 'foreach'; readonly name: string; readonly of: Expression; readonly body: readonly Node[] }
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly Node[] }
  | {
      readonly kind: 'macro';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: readonly Node[];
    }
  | MacroCall
  | { readonly kind: 'break' }
  | { readonly kind: 'stop' };
