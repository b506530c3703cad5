import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './surface';
import { assemblyIn } from '../support/assembly';

interface Parameter {
  name: string;
  type: object;
}

interface Surface {
  readonly types: Record<
    string,
    {
      readonly kind: string;
      readonly base?: string;
      readonly initializer?: { readonly parameters: Parameter[] };
      readonly methods?: { readonly name: string; readonly parameters?: Parameter[] }[];
      properties?: { readonly name: string; type: object; docs?: object; readonly [key: string]: unknown }[];
    }
  >;
}

const surface = () => assemblyIn(ROOT) as Surface;

/** What awslint says of a surface, in lines. */
function findings(of: Surface): string[] {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'awslint-'));
  try {
    writeFileSync(join(folder, 'package.json'), readFileSync(join(ROOT, 'package.json')));
    writeFileSync(join(folder, '.jsii'), JSON.stringify(of));
    const script = join(ROOT, 'scripts', 'awslint.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    const lines = stderr.split('\n').filter((line) => line !== '');
    expect([stderr, status]).toEqual([stderr, lines.length > 0 ? 1 : 0]);
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('awslint judges constructs, durations, unions and documentation by the types of aws-cdk-lib', () => {
  const broken = surface();
  const [construct, type] =
    Object.entries(broken.types).find(
      ([, { base, initializer }]) => base === 'constructs.Construct' && initializer?.parameters.length === 3,
    ) ?? [];
  const initializer = type?.initializer;
  if (!construct || !initializer) throw new Error('there is no construct');
  initializer.parameters[2].name = 'options';
  const props = broken.types[`${construct}Props`];
  const method = { name: 'pay', parameters: [{ name: 'fee', type: either('string', 'number') }] };
  broken.types[construct].methods?.push(method);
  props.properties?.push(
    { name: 'waitSeconds', optional: true, immutable: true, abstract: true, type: { primitive: 'number' } },
    { name: 'cost', optional: true, immutable: true, abstract: true, type: either('string', 'number') },
  );

  const found = findings(broken).map((line) => line.split(' ')[0]);
  expect(found).toEqual(
    expect.arrayContaining([
      `construct-ctor:${construct}.<initializer>.params[2]`,
      `duration-prop-type:${construct}Props.waitSeconds`,
      `duration-prop-name:${construct}Props.waitSeconds`,
      `props-no-unions:${construct}Props.cost`,
      `no-unions:${construct}.pay`,
      `docs-public-apis:${construct}.pay`,
      `props-default-doc:${construct}Props.cost`,
    ]),
  );
});

test('what is let stand has a reason, and is still there', () => {
  const excluded = parse(readFileSync(join(ROOT, 'scripts', 'awslint.yaml'), 'utf8')) as Record<string, string>;
  expect(Object.entries(excluded).filter(([, reason]) => String(reason).trim().length < 10)).toEqual([]);
  const emptied = surface();
  for (const type of Object.values(emptied.types)) type.properties = [];
  const [key] = Object.keys(excluded).filter((each) => each.startsWith('duration-prop-type:'));
  expect(findings(emptied)).toContain(`${key} is found no longer: remove it from scripts/awslint.yaml`);
});

const either = (...primitives: string[]) => ({ union: { types: primitives.map((primitive) => ({ primitive })) } });
