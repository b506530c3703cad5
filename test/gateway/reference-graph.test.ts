import { CfnResource, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { ReferenceGraph } from '../../lib/gateway/late-binding/reference-graph';

const FORMS = ['ref', 'attribute', 'text', 'sub', 'lazy', 'override', 'dependsOn', 'construct', 'name'] as const;
type Form = (typeof FORMS)[number];

/** A resource in a construct of its own, so that dependencies between constructs are those of one resource. */
function resources(scope: Construct, count: number): CfnResource[] {
  return Array.from(
    { length: count },
    (_, n) => new CfnResource(new Construct(scope, `C${n}`), 'R', { type: 'A::B::C' }),
  );
}

function connect(from: CfnResource, to: CfnResource, form: Form, n: number): void {
  const add = (value: unknown) => from.addPropertyOverride(`P${n}`, value);
  switch (form) {
    case 'ref':
      return add({ nested: [to.ref] });
    case 'attribute':
      return add(to.getAtt('Arn'));
    case 'text':
      return add(`before ${to.ref} after`);
    case 'sub':
      return add(Fn.sub('arn:${X}', { X: to.ref }));
    case 'lazy':
      return add(Lazy.string({ produce: () => `${to.ref}!` }));
    case 'override':
      return from.addOverride(`UpdatePolicy.X${n}`, to.ref);
    case 'dependsOn':
      return from.addResourceDependency(to);
    case 'construct':
      return (from.node.scope as Construct).node.addDependency(to.node.scope as Construct);
    case 'name':
      return add({ 'Fn::GetAtt': [Stack.of(to).getLogicalId(to), 'Arn'] });
  }
}

const COUNT = 6;
const edge = fc.record({
  from: fc.nat(COUNT - 1),
  to: fc.nat(COUNT - 1),
  form: fc.constantFrom(...FORMS),
});

test('what leads to an element is what a search by hand finds, whatever the references are made of', () => {
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 14 }), fc.nat(COUNT - 1), fc.nat(COUNT - 1), (edges, goal, start) => {
      const stack = new Stack();
      const all = resources(stack, COUNT);
      const real = edges.filter(({ from, to }) => from !== to);
      real.forEach(({ from, to, form }, n) => connect(all[from], all[to], form, n));
      const reach = (from: number): Set<number> => {
        const seen = new Set([from]);
        for (const one of seen) real.filter((each) => each.from === one).forEach(({ to }) => seen.add(to));
        return seen;
      };
      const graph = new ReferenceGraph();
      const expected = [...all.keys()].filter((n) => reach(n).has(goal));
      const leading = graph.leading(all, (element) => element === all[goal]);
      expect(all.flatMap((one, n) => (leading.has(one) ? [n] : []))).toEqual(expected);
      const way = graph.path(all[start], (element) => element === all[goal]);
      expect(way !== undefined).toBe(reach(start).has(goal));
      if (way) {
        expect([way[0], way.at(-1)]).toEqual([all[start], all[goal]]);
        const steps = way.slice(1).map((to, n) => [all.indexOf(way[n] as CfnResource), all.indexOf(to as CfnResource)]);
        for (const [from, to] of steps) expect(real.some((each) => each.from === from && each.to === to)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('what is in a nested stack waits for what its stack gets as parameters', () => {
  const stack = new Stack();
  const [goal] = resources(stack, 1);
  const nested = new NestedStack(stack, 'Nested');
  const [one, other] = resources(nested, 2);
  connect(other, goal, 'ref', 0);
  expect(new ReferenceGraph().path(one, (element) => element === goal)).toBeDefined();
});

test('a resource that cannot be rendered is nobody’s way', () => {
  const stack = new Stack();
  const [one, goal] = resources(stack, 2);
  one.addPropertyOverride(
    'X',
    Lazy.any({
      produce: () => {
        throw new Error('not yet');
      },
    }),
  );
  expect(new ReferenceGraph().path(one, (element) => element === goal)).toBeUndefined();
});
