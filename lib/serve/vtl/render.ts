import { type Expression, type MacroCall, type Node, type Reference, type Step } from './ast';
import { isNumber } from './compare';
import { assignElement, call, element, property } from './members';
import { integer, numberOf } from './numbers';
import { type Operator, operate, TEXT_MAX } from './operations';
import { print } from './print';
import { TemplateError } from './scanner';
import { HostObject, JavaList, JavaMap, MapView, type Value, type Variables } from './values';

/** Nodes and expressions that one rendering may evaluate: a template can loop for long. */
const STEPS_MAX = 1_000_000;
/** A step may go over a long text; all other requests wait for a rendering. */
const MS_MAX = 5000;
/** The clock is read each so many steps. */
const STEPS_PER_LOOK = 16;
/** Uses of macros within macros, as in Velocity. */
const MACRO_DEPTH_MAX = 20;
/** Elements of a range. */
const RANGE_MAX = 1_000_000;

type Macro = Extract<Node, { kind: 'macro' }>;

/** How a block ended. */
type Flow = 'break' | 'stop' | undefined;

/** What a name stands for: a value, or something that is evaluated each time it is used. */
type Held = { readonly value: Value } | { readonly evaluated: () => Value };

/**
 * Renders a template that was read.
 *
 * @param variables what the service gives; the rendering may change maps in them
 * @throws TemplateError where Velocity throws, or where a template does not end
 */
export function render(template: readonly Node[], variables: Variables): string {
  return new Rendering(template, variables).text();
}

class Rendering {
  private readonly held = new Map<string, Held>();
  private readonly macros = new Map<string, Macro>();
  private out = '';
  private steps = 0;
  private readonly from = performance.now();
  private depth = 0;

  constructor(
    private readonly template: readonly Node[],
    variables: Variables,
  ) {
    for (const [name, given] of Object.entries(variables))
      this.held.set(name, typeof given === 'function' ? { evaluated: given } : { value: given });
  }

  public text(): string {
    this.learn(this.template);
    this.run(this.template);
    return this.out;
  }

  /** A macro can be used before it is defined. */
  private learn(nodes: readonly Node[]): void {
    for (const node of nodes) {
      if (node.kind === 'macro' && !this.macros.has(node.name)) this.macros.set(node.name, node);
      if (node.kind === 'if')
        for (const { body } of [...node.branches, { body: node.otherwise ?? [] }]) this.learn(body);
      else if ('body' in node && node.body) this.learn(node.body);
    }
  }

  private run(nodes: readonly Node[]): Flow {
    for (const node of nodes) {
      const flow = this.node(node);
      if (flow) return flow;
    }
    return undefined;
  }

  private node(node: Node): Flow {
    this.step();
    switch (node.kind) {
      case 'print':
        return this.print(node.text);
      case 'reference':
        return this.printValue(this.reference(node));
      case 'escaped':
        return this.print(this.isThere(node.node) ? node.node.source : `\\${node.node.source}`);
      case 'set':
        return this.assign(node.target, this.value(node.value));
      case 'if': {
        const branch = node.branches.find(({ condition }) => this.isTrue(condition));
        return this.run(branch ? branch.body : (node.otherwise ?? []));
      }
      case 'foreach':
        return this.foreach(node);
      case 'define':
        // What is defined is rendered anew each time it is printed.
        this.held.set(node.name, { value: new HostObject(node.name, {}, {}, () => this.captured(node.body)) });
        return undefined;
      case 'macro':
        return undefined;
      case 'call':
        return this.call(node);
      case 'break':
      case 'stop':
        return node.kind;
    }
  }

  private isThere(node: Reference | MacroCall): boolean {
    return node.kind === 'call' ? this.macros.has(node.name) : this.reference(node) !== null;
  }

  private step(): void {
    if (++this.steps > STEPS_MAX) throw new TemplateError(`the template takes more than ${STEPS_MAX} steps`);
    if (this.steps % STEPS_PER_LOOK === 0 && performance.now() - this.from > MS_MAX)
      throw new TemplateError(`the template takes more than ${MS_MAX / 1000} seconds`);
  }

  private print(text: string): undefined {
    if (this.out.length + text.length > TEXT_MAX)
      throw new TemplateError(`more than ${TEXT_MAX} characters are printed`);
    this.out += text;
  }

  private printValue(value: Value): undefined {
    // Nothing prints nothing: Velocity would print the source.
    if (value !== null) this.print(print(value));
  }

  /** What a block prints. */
  private captured(body: readonly Node[]): string {
    const before = this.out;
    this.out = '';
    this.run(body);
    const text = this.out;
    this.out = before;
    return text;
  }

  private foreach({ name, of, body }: Extract<Node, { kind: 'foreach' }>): Flow {
    const value = this.value(of);
    const list = value instanceof JavaMap ? new MapView(value, ({ values }) => values) : value;
    if (!(list instanceof JavaList) || list.items.length === 0) return undefined;
    const names = [name, 'foreach', 'velocityCount', 'velocityHasNext'];
    const before = names.map((each) => [each, this.held.get(each)] as const);
    const parent = this.named('foreach');
    let index = 0;
    const hasNext = () => index < list.items.length - 1;
    const loop = new HostObject(
      'foreach',
      {
        index: () => integer(index),
        count: () => integer(index + 1),
        hasNext,
        first: () => index === 0,
        last: () => !hasNext(),
        parent: () => parent,
      },
      { hasNext },
    );
    let flow: Flow;
    const { length } = list.items;
    while (index !== list.items.length) {
      this.step();
      // What the body changes is seen, as in Java.
      if (list.items.length !== length)
        throw new TemplateError('#foreach goes through a list or map that its body adds to or removes from');
      this.held.set('foreach', { value: loop });
      this.held.set('velocityCount', { value: integer(index + 1) });
      this.held.set('velocityHasNext', { value: hasNext() });
      this.held.set(name, { value: list.items[index] });
      flow = this.run(body);
      if (flow) break;
      index++;
    }
    for (const [each, held] of before) this.restore(each, held);
    return flow === 'stop' ? 'stop' : undefined;
  }

  private restore(name: string, held: Held | undefined): void {
    if (held) this.held.set(name, held);
    else this.held.delete(name);
  }

  private call({ name, args, body, source }: MacroCall): Flow {
    const macro = this.macros.get(name);
    if (!macro) return this.print(source);
    if (++this.depth > MACRO_DEPTH_MAX)
      throw new TemplateError(`#${name} is nested in macros more than ${MACRO_DEPTH_MAX} deep`);
    const names = [...macro.parameters, 'bodyContent'];
    const before = names.map((each) => [each, this.held.get(each)] as const);
    // Arguments are evaluated each time they are used, with the names as they are outside.
    const outside = <T>(evaluate: () => T): T => {
      const inside = names.map((each) => [each, this.held.get(each)] as const);
      for (const [each, held] of before) this.restore(each, held);
      const result = evaluate();
      for (const [each, held] of inside) this.restore(each, held);
      return result;
    };
    macro.parameters.forEach((parameter, at) => {
      if (args[at]) this.held.set(parameter, { evaluated: () => outside(() => this.value(args[at])) });
      else this.held.delete(parameter);
    });
    if (body) this.held.set('bodyContent', { evaluated: () => outside(() => this.captured(body)) });
    const flow = this.run(macro.body);
    for (const [each, held] of before) this.restore(each, held);
    this.depth--;
    return flow === 'stop' ? 'stop' : undefined;
  }

  private named(name: string): Value {
    const held = this.held.get(name);
    if (!held) return null;
    return 'value' in held ? held.value : held.evaluated();
  }

  private reference({ name, steps }: Reference): Value {
    return steps.reduce<Value>((value, step) => (value === null ? null : this.follow(value, step)), this.named(name));
  }

  private follow(value: Value, step: Step): Value {
    this.step();
    switch (step.kind) {
      case 'property':
        return property(value, step.name);
      case 'index':
        return element(value, this.value(step.index));
      case 'method':
        return call(
          value,
          step.name,
          step.args.map((arg) => this.value(arg)),
        );
    }
  }

  /** What is nothing is not assigned: the earlier value stays. */
  private assign({ name, steps }: Reference, value: Value): undefined {
    if (value === null) return;
    if (steps.length === 0) {
      this.held.set(name, { value });
      return;
    }
    const owner = this.reference({ kind: 'reference', name, steps: steps.slice(0, -1), source: '' });
    const last = steps.at(-1)!;
    if (last.kind === 'index') assignElement(owner, this.value(last.index), value);
    else if (last.kind === 'property' && owner instanceof JavaMap) owner.put(last.name, value);
  }

  private value(expression: Expression): Value {
    this.step();
    switch (expression.kind) {
      case 'reference':
        return this.reference(expression);
      case 'text':
      case 'boolean':
        return expression.value;
      case 'number':
        return numberOf(expression.digits);
      case 'interpolated':
        return this.captured(expression.body);
      case 'list':
        return new JavaList(expression.items.map((item) => this.value(item)));
      case 'map':
        return new JavaMap(expression.entries.map(([key, value]) => [this.value(key), this.value(value)]));
      case 'range':
        return this.range(this.value(expression.from), this.value(expression.to));
      case 'not':
        return !this.isTrue(expression.of);
      case 'binary':
        if (expression.operator === '&&') return this.isTrue(expression.left) && this.isTrue(expression.right);
        if (expression.operator === '||') return this.isTrue(expression.left) || this.isTrue(expression.right);
        return this.operation(expression.operator, expression.left, expression.right);
    }
  }

  private operation(operator: Operator, left: Expression, right: Expression): Value {
    const [a, b] = [this.value(left), this.value(right)];
    if (operator !== '+' || (typeof a !== 'string' && typeof b !== 'string')) return operate(operator, a, b);
    // A text is joined with the source of what is nothing.
    const given = (value: Value, { kind, ...of }: Expression) =>
      value ?? (kind === 'reference' ? (of as Reference).source : null);
    return operate(operator, given(a, left), given(b, right));
  }

  /** References are true unless they are nothing or false; of other expressions only what gives a boolean. */
  private isTrue(expression: Expression): boolean {
    const value = this.value(expression);
    return expression.kind === 'reference' ? value !== null && value !== false : value === true;
  }

  private range(from: Value, to: Value): Value {
    if (!isNumber(from) || !isNumber(to) || from.type === 'Double' || to.type === 'Double') return null;
    const [start, end] = [Number(from.value), Number(to.value)];
    const length = Math.abs(end - start) + 1;
    if (length > RANGE_MAX) throw new TemplateError(`a range of more than ${RANGE_MAX} numbers`);
    return new JavaList(Array.from({ length }, (_, at) => integer(end < start ? start - at : start + at)));
  }
}
