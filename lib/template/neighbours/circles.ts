import { type Circle } from '../model/template-faults';
import { Reach } from '../reader/reach';
import { type App, own, type Scope } from '../reader/scope';

const GATEWAY = /^AWS::ApiGateway(V2)?::/;

/** Which branch counts, and whether a resource exists, is for the deployment to say. */
const UNDECIDED = new Set(['Fn::If']);

/** Circles of references that pass a resource of API Gateway; one for each set of resources that all lead to each other. */
export function readCircles(app: App): Circle[] {
  return [...app.scopes.values()].flatMap((scope) => new Circles(scope).all());
}

/** The algorithm of Tarjan, without recursion: references may be nested as deeply as there are resources. */
class Circles {
  private readonly reach: Reach;
  private readonly order = new Map<string, number>();
  private readonly low = new Map<string, number>();
  private readonly open: string[] = [];
  private readonly isOpen = new Set<string>();
  private readonly sets: ReadonlySet<string>[] = [];

  constructor(private readonly scope: Scope) {
    this.reach = new Reach(scope, UNDECIDED);
  }

  public all(): Circle[] {
    const gateways = [...this.scope.byType].flatMap(([type, ids]) => (GATEWAY.test(type) ? ids : []));
    for (const id of gateways) if (!this.order.has(id)) this.visit(id);
    const rank = new Map(gateways.map((id, index) => [id, index]));
    return this.sets.flatMap((set) => {
      const [first] = [...set].filter((id) => rank.has(id)).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
      if (first === undefined) return [];
      const location = { template: this.scope.file, logicalId: first, path: ['Properties'] };
      return [{ location, logicalIds: this.shortest(first, set) }];
    });
  }

  private next(id: string): string[] {
    const resource = this.scope.resources.get(id);
    const type = own(resource, 'Type');
    // SAM moves what its resources refer to into others.
    const isTold =
      own(resource, 'Condition') === undefined && typeof type === 'string' && !type.startsWith('AWS::Serverless::');
    return isTold ? [...this.reach.directly(id)] : [];
  }

  private visit(start: string): void {
    const steps = [this.enter(start)];
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const { id, rest } = step;
      const to = rest.pop();
      if (to === undefined) {
        steps.pop();
        const above = steps.at(-1)?.id;
        if (above !== undefined) this.lower(above, this.low.get(id));
        this.leave(id);
      } else if (!this.order.has(to)) {
        steps.push(this.enter(to));
      } else if (this.isOpen.has(to)) {
        this.lower(id, this.order.get(to));
      }
    }
  }

  private enter(id: string): { readonly id: string; readonly rest: string[] } {
    this.order.set(id, this.order.size);
    this.low.set(id, this.order.size - 1);
    this.open.push(id);
    this.isOpen.add(id);
    return { id, rest: this.next(id) };
  }

  private lower(id: string, to = Infinity): void {
    this.low.set(id, Math.min(to, this.low.get(id) ?? Infinity));
  }

  /** All that came after it and leads back to it is a separate set. */
  private leave(id: string): void {
    if (this.low.get(id) !== this.order.get(id)) return;
    const set = new Set(this.open.splice(this.open.lastIndexOf(id)));
    for (const one of set) this.isOpen.delete(one);
    if (set.size > 1 || this.next(id).includes(id)) this.sets.push(set);
  }

  private shortest(first: string, set: ReadonlySet<string>): string[] {
    const from = new Map<string, string>();
    const queue = [first];
    for (const id of queue) {
      const next = this.next(id);
      if (next.includes(first)) {
        const way = [id];
        for (let back = from.get(id); back !== undefined; back = from.get(back)) way.unshift(back);
        return way;
      }
      for (const to of next) {
        if (!set.has(to) || from.has(to) || to === first) continue;
        from.set(to, id);
        queue.push(to);
      }
    }
    return [first];
  }
}
