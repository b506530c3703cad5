import { type App, type Stack } from 'aws-cdk-lib';
import { Code, Function, type FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RestIntegration, type RestStageOptions, StageCanary } from '../../lib';
import { gateway, type Json, templateOf, testApp } from '../support/stacks';

/** A function whose version changes with the code. */
export function versioned(stack: Stack, code = '1', options: FunctionOptions = {}): Function {
  const made = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline(code) };
  return new Function(stack, 'Handler', { ...made, ...options });
}

/** A gateway with one stage that has a canary, and one route to a version of a function of the same stack. */
export function released(
  canary = StageCanary.of({ percent: 10 }),
  { code, stage, app = testApp() }: { code?: string; stage?: RestStageOptions; app?: App } = {},
) {
  const { stack, api } = gateway({ stages: { prod: { canary, ...stage } } }, app);
  const fn = versioned(stack, code);
  api.addRoute('GET /orders', { integration: RestIntegration.lambda(fn.currentVersion) });
  return { stack, api, fn, app, template: () => templateOf(stack) };
}

/** Logical ids that a piece of a template refers to. */
export function referredTo(piece: Json): string[] {
  const text = JSON.stringify(piece);
  const found = [...text.matchAll(/"Ref":"([^"]+)"/g), ...text.matchAll(/"Fn::GetAtt":\["([^"]+)"/g)];
  return found.map(([, id]) => id);
}

/** A cycle of references and dependencies, where there is one. */
export function cycleOf(template: Json): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path, id];
    const resource = template.Resources[id];
    if (!resource || done.has(id)) return undefined;
    const next = [...referredTo([resource.Properties, resource.UpdatePolicy]), ...[resource.DependsOn ?? []].flat()];
    for (const other of next) {
      const cycle = visit(other, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  return Object.keys(template.Resources)
    .map((id) => visit(id, []))
    .find((cycle) => cycle !== undefined);
}

/** A piece of a template with the values that references have, everything a text: as a custom resource gets it. */
export function delivered(piece: Json, values: Readonly<Record<string, string>>): Json {
  const valueOf = (name: string): string => values[name] ?? name;
  if (Array.isArray(piece)) return piece.map((item) => delivered(item, values));
  if (typeof piece !== 'object' || piece === null) return String(piece);
  if (piece.Ref) return valueOf(piece.Ref);
  if (piece['Fn::GetAtt']) return valueOf(piece['Fn::GetAtt'].join('.'));
  if (piece['Fn::Join']) {
    const [separator, parts] = piece['Fn::Join'];
    return parts.map((part: Json) => delivered(part, values)).join(separator);
  }
  return Object.fromEntries(Object.entries(piece).map(([key, value]) => [key, delivered(value, values)]));
}
