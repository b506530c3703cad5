import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const FORMS = '.github/ISSUE_TEMPLATE';
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const repository: string = manifest.repository.url.replace(/\.git$/, '');

interface Form {
  readonly name: string;
  readonly description: string;
  readonly labels: string[];
  readonly body: {
    readonly type: string;
    readonly id: string;
    readonly attributes: { label: string; options?: string[] };
    readonly validations?: { required?: boolean };
  }[];
}

const forms = readdirSync(join(ROOT, FORMS)).filter((file) => file !== 'config.yml');

test('there is a form for bugs, features and findings', () => {
  expect(forms.sort()).toEqual(['bug.yml', 'feature.yml', 'finding.yml']);
});

test.each(forms)('%s is a form, and asks for something', (file) => {
  const form = parse(read(`${FORMS}/${file}`)) as Form;
  expect(Object.keys(form)).toEqual(['name', 'description', 'labels', 'body']);
  for (const { type, attributes } of form.body) {
    expect(['input', 'textarea', 'dropdown']).toContain(type);
    expect(attributes.label).toMatch(/^[A-Z]/);
    expect(attributes.options !== undefined).toBe(type === 'dropdown');
    expect(new Set(attributes.options).size).toBe(attributes.options?.length ?? 0);
  }
  expect(new Set(form.body.map(({ id }) => id)).size).toBe(form.body.length);
  expect(form.body.some(({ validations }) => validations?.required)).toBe(true);
});

test('vulnerabilities are reported privately, in the repository of package.json', () => {
  const config = parse(read(`${FORMS}/config.yml`)) as { contact_links: { url: string }[] };
  const advisory = `${repository}/security/advisories/new`;
  expect(config.contact_links.map(({ url }) => url)).toEqual([advisory]);
  expect(read('SECURITY.md')).toContain(`](${advisory})`);
});

describe('dependency updates', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: {
      'package-ecosystem': string;
      groups: Record<string, { patterns: string[] }>;
      ignore?: { 'dependency-name': string }[];
    }[];
  };
  const npm = updates.find((update) => update['package-ecosystem'] === 'npm')!;
  const like = (pattern: string) => (name: string) => {
    const [first, ...rest] = pattern.split('*');
    return rest.length === 0
      ? name === pattern
      : name.startsWith(first) && name.endsWith(rest.at(-1)!) && rest.every((part) => name.includes(part));
  };
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

  test('are those of npm and of actions', () => {
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
  });

  test('have groups that some dependency is in, and each in one', () => {
    const patterns = Object.entries(npm.groups).flatMap(([group, { patterns: of }]) =>
      of.map((pattern) => ({ group, pattern })),
    );
    for (const { pattern } of patterns) expect([pattern, dependencies.some(like(pattern))]).toEqual([pattern, true]);
    for (const dependency of dependencies) {
      const groups = new Set(patterns.filter(({ pattern }) => like(pattern)(dependency)).map(({ group }) => group));
      expect([dependency, groups.size <= 1]).toEqual([dependency, true]);
    }
  });

  test('leave the oldest supported versions of the CDK alone', () => {
    const ignored = npm.ignore!.map((one) => one['dependency-name']);
    for (const peer of Object.keys(manifest.peerDependencies)) expect(ignored).toContain(peer);
  });
});
