import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { assemblyIn } from '../support/assembly';

export const ROOT = join(__dirname, '..', '..');

/** The part of an assembly of jsii that the tests change. */
export interface Assembly {
  readonly name: string;
  readonly types: Record<string, Type>;
}

interface Type {
  readonly kind: string;
  /** A struct: props and options. */
  readonly datatype?: boolean;
  readonly properties?: Property[];
  readonly interfaces?: readonly string[];
  readonly initializer?: Callable;
  readonly methods?: (Callable & Member)[];
  /** Values of an enumeration. */
  readonly members?: Member[];
}

interface Member {
  readonly name: string;
}

interface Callable {
  readonly parameters?: readonly { name: string }[];
}

interface Property extends Member {
  optional?: boolean;
}

/** A change that breaks code which was written against the original. */
export interface Break {
  /** Kind of change and name of what changed, e.g. `removed:package.Class.member`. */
  readonly key: string;
  readonly message: string;
}

export function baseline(): Assembly {
  return JSON.parse(gunzipSync(readFileSync(join(__dirname, 'baseline.json.gz'))).toString('utf8')) as Assembly;
}

export function current(): Assembly {
  return assemblyIn(ROOT) as Assembly;
}

/** What jsii-diff finds. The assemblies lie in a folder of the project, since it looks for their dependencies from there. */
export function breaks(original: Assembly, updated: Assembly): Break[] {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'surface-'));
  try {
    const [from, to] = Object.entries({ original, updated }).map(([name, assembly]) => {
      const place = join(folder, name);
      mkdirSync(place);
      writeFileSync(join(place, 'package.json'), readFileSync(join(ROOT, 'package.json')));
      writeFileSync(join(place, '.jsii'), JSON.stringify(assembly));
      return place;
    });
    // Into a file: jsii-diff exits before a pipe has taken more than 64 KB, and the rest would be lost.
    const printed = join(folder, 'printed');
    const output = openSync(printed, 'w');
    const { status } = spawnSync(
      process.execPath,
      [require.resolve('jsii-diff/bin/jsii-diff'), from, to, '--keys', '--error-on', 'all'],
      { stdio: ['ignore', 'ignore', output] },
    );
    closeSync(output);
    const stderr = readFileSync(printed, 'utf8');
    const found = [...stderr.matchAll(/^err {2}- (.*) \[([^\]\s]+)\]$/gm)].map(([, message, key]) => ({
      key,
      message,
    }));
    if (status !== (found.length > 0 ? 1 : 0)) throw new Error(`jsii-diff ended with ${status}:\n${stderr}`);
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Other names of arguments, which Python passes by name and jsii-diff does not look at. */
export function renamedArguments(original: Assembly, updated: Assembly): Break[] {
  const after = new Map(callables(updated));
  return callables(original).flatMap(([name, { parameters = [] }]) => {
    const now = after.get(name)?.parameters ?? [];
    return parameters.flatMap((was, i) =>
      i < now.length && now[i].name !== was.name
        ? [
            {
              key: `renamed-argument:${name}`,
              message: `METHOD ${name}: argument ${was.name} has been renamed to ${now[i].name}, which Python passes by name`,
            },
          ]
        : [],
    );
  });
}

function callables({ types }: Assembly): [string, Callable][] {
  return Object.entries(types).flatMap(([name, { initializer, methods = [] }]) => [
    ...(initializer ? [[`${name}.<initializer>`, initializer] as [string, Callable]] : []),
    ...methods.map((method): [string, Callable] => [`${name}.${method.name}`, method]),
  ]);
}

/** Changes that belong together, and the beginning of the entry of the changelog that tells users of them. */
export interface Named {
  readonly changelog: string;
  readonly keys: readonly string[];
}

/** The entries of the changelog that are not released yet. */
export function unreleased(changelog: string): string[] {
  const [, section = ''] = /^## Unreleased\n([^]*?)(?=^## |(?![^]))/m.exec(changelog) ?? [];
  return section
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}

/** One line for everything that has to be done before the changes may be merged. */
export function toDo(found: readonly Break[], named: readonly Named[], changelog: string): string[] {
  const entries = unreleased(changelog);
  const keys = new Set(named.flatMap((each) => each.keys));
  const happened = new Set(found.map(({ key }) => key));
  return [
    ...found
      .filter(({ key }) => !keys.has(key))
      .map(
        ({ key, message }) =>
          `${message}: breaks code that uses it. Keep it, or name ${key} in test/compatibility/breaking.yaml and tell users in CHANGELOG.md.`,
      ),
    ...[...keys]
      .filter((key) => !happened.has(key))
      .map((key) => `${key} is named in test/compatibility/breaking.yaml, and is compatible: remove the line.`),
    ...named
      .filter(({ changelog: told }) => told.length < 20 || !entries.some((entry) => entry.startsWith(told)))
      .map(
        ({ changelog: told }) =>
          `"${told}" begins no entry of CHANGELOG.md under Unreleased: write one (the words here have at least 20 characters).`,
      ),
  ];
}
