import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { type Change } from '../../lib/diff/change';
import { diffTemplates } from '../../lib/diff/diff';
import { surfaceOf } from '../../lib/diff/surface';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate, type TemplateSource } from '../../lib/template/reader/source';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'apigw-diff-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function sourcesOf(name: string): TemplateSource[] {
  const app = new App({ outdir: join(folder, name) });
  EXAMPLES[name](app);
  return readAssembly(app.synth().directory);
}

type Json = Record<string, unknown>;

/** The templates without one route, which is removed from the place that the model names. */
function without(sources: readonly TemplateSource[], logicalId: string, path: readonly string[]): TemplateSource[] {
  return sources.map((source) => {
    const template = structuredClone(source.template) as { Resources: Json };
    const parents = [logicalId, ...path];
    const last = parents.pop() ?? '';
    const holder = parents.reduce<Json | undefined>((at, key) => at?.[key] as Json | undefined, template.Resources);
    if (holder) Reflect.deleteProperty(holder, last);
    return { ...source, template: template as CfnTemplate };
  });
}

describe.each(Object.keys(EXAMPLES))('%s', (name) => {
  let sources: TemplateSource[];
  beforeAll(() => (sources = sourcesOf(name)));

  test('does not differ from itself', () => {
    expect(diffTemplates(sources, structuredCloneOf(sources)).changes).toEqual([]);
  });

  test('differs in the route that is gone, and in nothing else', () => {
    const model = readModel(sources);
    const routes = surfaceOf(sources, model).apis.flatMap(({ routes: all, name: api }) =>
      all.map((route) => ({ ...route, api })),
    );
    expect(routes.length).toBeGreaterThan(0);
    for (const { api, label, location } of routes) {
      const { changes } = diffTemplates(sources, without(sources, location.logicalId, location.path));
      expect(changes.filter(isOther(api, label))).toEqual([]);
      expect(changes).toContainEqual(
        expect.objectContaining({ change: 'removed', kind: 'route', subject: label, api, side: 'before', location }),
      );
    }
  });
});

const isOther = (api: string, label: string) => (change: Change) => change.api !== api || change.subject !== label;

const structuredCloneOf = (sources: readonly TemplateSource[]): TemplateSource[] =>
  sources.map((source) => ({ ...source, template: structuredClone(source.template) }));
