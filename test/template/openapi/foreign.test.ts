import { App } from 'aws-cdk-lib';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../../examples/examples';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { type TemplateSource } from '../../../lib/template/reader/source';
import { readSources } from '../../../runtime/cli/sources';
import { openApiProblems } from '../../support/openapi-oracle';
import { expectRoundTrip, type Exported, exportsOf } from './support';

const FOLDER = join(__dirname, '..', '..', 'checks', 'foreign');

/** Templates and cloud assemblies, by their path in the folder. */
function unitsIn(folder: string): string[] {
  return readdirSync(join(FOLDER, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (!statSync(join(FOLDER, path)).isDirectory()) return folder === '' ? [] : [path];
    return existsSync(join(FOLDER, path, 'manifest.json')) ? [path] : unitsIn(path);
  });
}

function sourcesOf(unit: string): TemplateSource[][] {
  const path = join(FOLDER, unit);
  const written: unknown = unit.endsWith('.json') ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  return Array.isArray(written)
    ? written.map((template, index) => [sourceOf(`${unit}#${index}`, template, 0)])
    : [readSources([path])];
}

function sourcesOfExample(make: (app: App) => void): TemplateSource[] {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  make(app);
  return readSources([app.synth().directory]);
}

const foreign = unitsIn('').flatMap((unit) => sourcesOf(unit).flatMap((sources) => named(unit, exportsOf(sources))));
const examples = Object.entries(EXAMPLES).flatMap(([name, make]) => named(name, exportsOf(sourcesOfExample(make))));

function named(unit: string, all: readonly Exported[]): [string, Exported][] {
  return all.map((one) => [`${unit}, ${one.id}`, one]);
}

test('the templates are there', () => {
  expect(foreign.length).toBeGreaterThanOrEqual(55);
  expect(examples.length).toBeGreaterThanOrEqual(19);
  expect(new Set([...foreign, ...examples].map(([, { kind }]) => kind))).toEqual(new Set(['rest', 'http']));
});

test.each([...foreign, ...examples])('%s is valid, whole, and comes back', async (_, { kind, full, clean }) => {
  expect([full.losses, clean.losses]).toEqual([[], []]);
  expect(await openApiProblems(full.document)).toEqual([]);
  expect(await openApiProblems(clean.document)).toEqual([]);
  expect(JSON.stringify(clean.document)).not.toContain('x-amazon-');
  expectRoundTrip(clean.document, kind);
});
