import { type Json } from './stacks';

/** A way through a template that comes back to where it began, as CloudFormation would meet it; nothing where there is none. */
export function circleIn(template: Json): string[] | undefined {
  const { Resources } = template;
  const state = new Map<string, 'open' | 'done'>();
  const way: string[] = [];
  const visit = (id: string): string[] | undefined => {
    state.set(id, 'open');
    way.push(id);
    for (const next of waitsFor(Resources[id], Resources)) {
      if (state.get(next) === 'open') return [...way.slice(way.indexOf(next)), next];
      const found = state.has(next) ? undefined : visit(next);
      if (found) return found;
    }
    way.pop();
    state.set(id, 'done');
    return undefined;
  };
  for (const id of Object.keys(Resources)) {
    const found = state.has(id) ? undefined : visit(id);
    if (found) return found;
  }
  return undefined;
}

/** The resources that one waits for: by `Ref`, `Fn::GetAtt`, `Fn::Sub` and `DependsOn`. */
function waitsFor({ Properties, DependsOn = [], UpdatePolicy }: Json, all: Json): Set<string> {
  const found = new Set<string>();
  const add = (name: unknown) => typeof name === 'string' && name in all && found.add(name);
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries<Json>(value)) {
      if (key === 'Ref') add(part);
      if (key === 'Fn::GetAtt') add(Array.isArray(part) ? part[0] : String(part).split('.')[0]);
      if (key === 'Fn::Sub') {
        const [text, own = {}] = Array.isArray(part) ? part : [part];
        for (const [, name] of String(text).matchAll(/\$\{([^!}.][^}.]*)[^}]*\}/g)) if (!(name in own)) add(name);
      }
      walk(part);
    }
  };
  walk(Properties);
  walk(UpdatePolicy);
  [DependsOn].flat().forEach(add);
  return found;
}
