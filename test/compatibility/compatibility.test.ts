import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { baseline, breaks, current, toDo, unreleased, type Named, renamedArguments, ROOT } from './surface';

const CHANGELOG = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');

test('what broke since the baseline is told in CHANGELOG.md', () => {
  const named = parse(readFileSync(join(__dirname, 'breaking.yaml'), 'utf8')) as Named[];
  const found = [...breaks(baseline(), current()), ...renamedArguments(baseline(), current())];
  expect(toDo(found, named, CHANGELOG)).toEqual([]);
});

test('whatever is taken from a type is found, and every prop that becomes required', () => {
  const updated = structuredClone(baseline());
  const removed: string[] = [];
  const stricter: string[] = [];
  for (const [name, type] of Object.entries(updated.types)) {
    const members = type.members ?? type.methods ?? type.properties ?? [];
    const [gone] = members.splice(-1);
    if (gone) removed.push(`removed:${name}.${gone.name}`);
    const optional = type.datatype ? type.properties?.find((each) => each.optional) : undefined;
    if (!optional) continue;
    delete optional.optional;
    stricter.push(name);
  }
  const [[lost]] = Object.entries(updated.types).filter(([, { kind }]) => kind === 'enum');
  delete updated.types[lost];
  removed.push(`removed:${lost}`);

  const keys = breaks(baseline(), updated).map(({ key }) => key);
  expect(removed.length).toBeGreaterThan(100);
  expect(removed.filter((key) => !keys.includes(key) && !key.startsWith(`removed:${lost}.`))).toEqual([]);
  // A prop that a struct inherits is required where it is written, in the heirs.
  const heirs = (name: string): string[] => [
    name,
    ...Object.entries(updated.types)
      .filter(([, { interfaces = [] }]) => interfaces.includes(name))
      .flatMap(([heir]) => heirs(heir)),
  ];
  const unseen = stricter.filter((name) => !heirs(name).some((each) => keys.includes(`strengthened:${each}`)));
  expect(stricter.length).toBeGreaterThan(50);
  // Few structs are only handed out, where more is no harm.
  expect(unseen.length).toBeLessThan(3);
});

test('an argument with another name is found, in constructors too', () => {
  const updated = structuredClone(baseline());
  expect(renamedArguments(baseline(), updated)).toEqual([]);
  const [name, type] = Object.entries(updated.types).find(([, { initializer }]) => initializer?.parameters) ?? [];
  const [argument] = type?.initializer?.parameters ?? [];
  const was = argument.name;
  argument.name = 'other';
  expect(renamedArguments(baseline(), updated)).toEqual([
    {
      key: `renamed-argument:${name}.<initializer>`,
      message: `METHOD ${name}.<initializer>: argument ${was} has been renamed to other, which Python passes by name`,
    },
  ]);
});

describe('what is to be done', () => {
  const changelog = [
    '# Changelog',
    '## Unreleased',
    '### Breaking',
    '- `Gateway.url` is gone: use `stage.url`.',
    '## 0.1.0',
    '- `Gateway.old` is gone: nobody used it.',
  ].join('\n');
  const url = { key: 'removed:pkg.Gateway.url', message: 'PROP pkg.Gateway.url: has been removed' };
  const told = { changelog: '`Gateway.url` is gone:', keys: [url.key] };

  test('is nothing where the changelog tells of every break', () => {
    expect(toDo([url], [told], changelog)).toEqual([]);
  });

  test('is to name a break', () => {
    expect(toDo([url], [], changelog)).toEqual([
      'PROP pkg.Gateway.url: has been removed: breaks code that uses it. Keep it, or name removed:pkg.Gateway.url in test/compatibility/breaking.yaml and tell users in CHANGELOG.md.',
    ]);
  });

  test('is to remove what is compatible', () => {
    expect(toDo([], [told], changelog)).toEqual([
      'removed:pkg.Gateway.url is named in test/compatibility/breaking.yaml, and is compatible: remove the line.',
    ]);
  });

  test.each(['`Gateway.old` is gone: nobody', '`Gateway.url` is', '', 'is gone: use `stage.url`.'])(
    'is to tell users, which %j does not',
    (words) => {
      expect(toDo([url], [{ ...told, changelog: words }], changelog)).toEqual([
        `"${words}" begins no entry of CHANGELOG.md under Unreleased: write one (the words here have at least 20 characters).`,
      ]);
    },
  );

  test('the last section counts where nothing was released', () => {
    expect(unreleased('## Unreleased\n\n- one\n\n### Fixed\n\n- two\n')).toEqual(['one', 'two']);
    expect(unreleased(CHANGELOG).length).toBeGreaterThan(0);
  });
});
