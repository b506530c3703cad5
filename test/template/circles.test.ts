import * as fc from 'fast-check';
import { readModel } from '../../lib/template/reader/read';
import { source } from '../checks/support';

type Edges = readonly (readonly [number, number])[];

const typeOf = (id: number): string => (id % 3 === 0 ? 'AWS::ApiGateway::RestApi' : 'AWS::Lambda::Function');

/** Resources that refer to each other in various ways. */
function template(count: number, edges: Edges): { readonly Resources: Record<string, unknown> } {
  const forms = [
    (id: string) => ({ Properties: { Description: { Ref: id } } }),
    (id: string) => ({ Properties: { Description: { 'Fn::Sub': `x-\${${id}.Arn}` } } }),
    (id: string) => ({ Properties: { Description: { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': [id, 'Arn'] }]] } } }),
    (id: string) => ({ DependsOn: id }),
  ];
  const resources: Record<string, unknown> = {};
  for (let id = 0; id < count; id++) {
    const parts = edges.filter(([from]) => from === id).map(([, to], at) => forms[(at + to) % 4](`R${to}`));
    resources[`R${id}`] = {
      Type: typeOf(id),
      Properties: { List: parts.map((part) => ('Properties' in part ? part.Properties : {})) },
      DependsOn: parts.flatMap((part) => ('DependsOn' in part ? [part.DependsOn] : [])),
    };
  }
  return { Resources: resources };
}

const circlesOf = (written: object): string[][] =>
  readModel([source(written)]).circles.map((one) => [...one.logicalIds]);

test('circles are found if, and only if, an API is in one', () => {
  const graph = fc.integer({ min: 1, max: 9 }).chain((count) => {
    const id = fc.integer({ min: 0, max: count - 1 });
    return fc.tuple(fc.constant(count), fc.array(fc.tuple(id, id), { maxLength: 14 }));
  });
  fc.assert(
    fc.property(graph, ([count, edges]) => {
      const has = new Set(edges.map((edge) => edge.join()));
      const reaches = (from: number): Set<number> => {
        const seen = new Set<number>();
        const open = [from];
        for (const one of open) {
          for (const [a, b] of edges) {
            if (a === one && !seen.has(b)) {
              seen.add(b);
              open.push(b);
            }
          }
        }
        return seen;
      };
      const inCircle = [...Array(count).keys()].filter((id) => typeOf(id).includes('RestApi') && reaches(id).has(id));
      const found = circlesOf(template(count, edges));
      // Each is one, of resources that differ, and passes an API.
      for (const circle of found) {
        const ids = circle.map((id) => Number(id.slice(1)));
        ids.forEach((id, at) => expect(has).toContain([id, ids[(at + 1) % ids.length]].join()));
        expect(new Set(ids).size).toBe(ids.length);
        expect(inCircle).toContain(ids[0]);
      }
      // Each API in one leads to one of those, and back.
      for (const id of inCircle) {
        const same = found.filter(([first]) => {
          const other = Number(first.slice(1));
          return other === id || (reaches(id).has(other) && reaches(other).has(id));
        });
        expect(same).toHaveLength(1);
      }
    }),
    { numRuns: 300 },
  );
});

test('a chain of many resources is walked without recursion', () => {
  const count = 20_000;
  const edges = [...Array(count - 1).keys()].map((id) => [id, id + 1] as const);
  const resources: Record<string, unknown> = {};
  for (const [from, to] of [...edges, [count - 1, 0] as const]) {
    resources[`R${from}`] = { Type: typeOf(from), Properties: { Description: { Ref: `R${to}` } } };
  }
  const [circle, ...others] = circlesOf({ Resources: resources });
  expect(circle).toHaveLength(count);
  expect(others).toEqual([]);
});
