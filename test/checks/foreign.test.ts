import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RULES } from '../../lib/checks/registry';
import { type Finding } from '../../lib/checks/rule';
import { runRules } from '../../lib/checks/run';
import { routeOf } from '../../lib/checks/queries/common';
import { allApisOf, routesOfApi } from '../../lib/checks/queries/v2';
import { type ApiModel } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { UNKNOWN } from '../../lib/template/model/value';
import { readSources } from '../../runtime/cli/sources';
import { type Json, source } from './support';

const FOLDER = join(__dirname, 'foreign');
const LICENCES = ['Apache-2.0', 'MIT', 'ISC'];

/** What was judged of one rule; see the head of `verdicts.yaml`. */
interface Verdict {
  readonly verdict: string;
  readonly notes?: Readonly<Record<string, string>>;
  /** Template → logical ids, one a finding. */
  readonly found?: Readonly<Record<string, string[]>>;
  /** All findings, of rules that only give hints. */
  readonly hints?: number;
}

const verdicts = parse(readFileSync(join(FOLDER, 'verdicts.yaml'), 'utf8')) as Record<string, Verdict>;

/** Templates and cloud assemblies, by their path in the folder. */
function unitsIn(folder: string): string[] {
  return readdirSync(join(FOLDER, folder))
    .sort()
    .map((name) => (folder ? `${folder}/${name}` : name))
    .flatMap((path) => {
      if (!statSync(join(FOLDER, path)).isDirectory()) {
        return folder === '' ? [] : [path];
      }
      return existsSync(join(FOLDER, path, 'manifest.json')) ? [path] : unitsIn(path);
    });
}

/** The templates of a unit; the CDK once wrote those of several stacks into one file. */
function sourcesOf(unit: string): TemplateSource[] {
  const path = join(FOLDER, unit);
  const written: unknown = unit.endsWith('.json') ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  return Array.isArray(written)
    ? written.map((template, index) => source(template, `${unit}#${index}`))
    : readSources([path]);
}

const units = unitsIn('').map((unit): [string, TemplateSource[]] => [unit, sourcesOf(unit)]);
const found = units.map(([unit, sources]): [string, Finding[]] => [unit, runRules(readModel(sources))]);

const idsOf = (findings: readonly Finding[]): string[] => findings.map(({ logicalId }) => logicalId).sort();

test.each(RULES.map(({ id }) => id))('%s finds what was judged true', (id) => {
  const { verdict, found: expected, hints = 0 } = verdicts[id] ?? { verdict: 'nothing', found: {} };
  expect(verdict).not.toBe('');
  const byUnit = found
    .map(([unit, findings]): [string, Finding[]] => [unit, findings.filter((finding) => finding.id === id)])
    .filter(([, findings]) => findings.length > 0);
  if (expected) {
    expect(Object.fromEntries(byUnit.map(([unit, findings]) => [unit, idsOf(findings)]))).toEqual(expected);
  } else {
    const findings = byUnit.flatMap(([, some]) => some);
    expect(findings.map(({ severity }) => severity)).toEqual(Array(hints).fill('info'));
  }
});

test('there is no verdict on a rule or a template that is not there', () => {
  const rules = new Set(RULES.map(({ id }) => id));
  expect(Object.keys(verdicts).filter((id) => !rules.has(id))).toEqual([]);
  const names = new Set(units.map(([unit]) => unit));
  const judged = Object.values(verdicts).flatMap((one) => Object.keys({ ...one.found, ...one.notes }));
  expect(judged.filter((unit) => !names.has(unit))).toEqual([]);
});

test('every file is listed with its package, and a licence that lets it be here', () => {
  const rows = readFileSync(join(FOLDER, 'SOURCES.md'), 'utf8').matchAll(
    /^\| `([^`]+?)\/?` \| (.+) \| (.+) \| (.+) \|$/gm,
  );
  const listed = [...rows].map(([, file, from, path, licence]) => ({ file, from, path, licence }));
  expect(listed.map(({ file }) => file).sort()).toEqual(units.map(([unit]) => unit).sort());
  expect(listed.filter(({ licence }) => !LICENCES.includes(licence))).toEqual([]);
  expect(new Set(listed.map(({ from }) => from)).size).toBeGreaterThanOrEqual(8);
  expect(listed.length).toBeGreaterThanOrEqual(30);
});

/** `GET /orders` of each method and route that the templates write, found without the reader. */
function writtenRoutes(sources: readonly TemplateSource[]): string[] {
  return sources.flatMap(({ template }) => {
    const resources = (template as unknown as Json).Resources;
    const pathOf = (id: Json): string => {
      // Of an API that is elsewhere.
      if (typeof id === 'string') return `/<${String(id)}>`;
      const at = resources[String(id?.Ref)]?.Properties;
      return at ? `${pathOf(at.ParentId)}/${String(at.PathPart)}` : '';
    };
    return Object.values(resources ?? {}).flatMap(({ Type, Properties }): string[] => {
      switch (String(Type)) {
        case 'AWS::ApiGateway::Method':
          return [`${String(Properties.HttpMethod)} ${pathOf(Properties.ResourceId) || '/'}`];
        case 'AWS::ApiGatewayV2::Route':
          return [String(Properties.RouteKey)];
        case 'AWS::ApiGateway::RestApi':
          return Object.entries(Properties.Body?.paths ?? {}).flatMap(([path, item]) =>
            Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path}`),
          );
        default:
          return [];
      }
    });
  });
}

const resourcesOf = (sources: readonly TemplateSource[], type: RegExp): Json[] =>
  sources.flatMap(({ template }) =>
    Object.values((template as unknown as Json).Resources ?? {}).filter(({ Type }) => type.test(String(Type))),
  );

/** Stages that are resources, and the names that deployments give to further ones. */
function writtenStages(sources: readonly TemplateSource[]): number {
  const stages = resourcesOf(sources, /^AWS::ApiGateway(V2)?::Stage$/);
  const made = resourcesOf(sources, /^AWS::ApiGateway::Deployment$/).flatMap(
    ({ Properties }) => Properties.StageName ?? [],
  );
  return stages.length + new Set(made.map(String)).size;
}

const stagesIn = (model: ApiModel): number =>
  allApisOf(model).flatMap(({ stages }): unknown[] => stages).length +
  model.detachedStages.length +
  model.detachedV2Stages.length;

describe.each(units)('%s', (_, sources) => {
  const model = readModel(sources);
  const routes = allApisOf(model).flatMap(routesOfApi);

  test('is read whole', () => {
    expect(routes.map(routeOf).sort()).toEqual(writtenRoutes(sources).sort());
    expect(allApisOf(model).flatMap(({ authorizers }): unknown[] => authorizers)).toHaveLength(
      resourcesOf(sources, /^AWS::ApiGateway(V2)?::Authorizer$/).length,
    );
    expect(stagesIn(model)).toBe(writtenStages(sources));
  });

  test('has no route whose integration or authorizer is unknown', () => {
    expect(routes.filter(({ integration, authorizer }) => integration === UNKNOWN || authorizer === UNKNOWN)).toEqual(
      [],
    );
  });
});
