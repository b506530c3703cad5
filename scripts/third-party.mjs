// THIRD-PARTY-NOTICES.txt: what of others is in the bundles of assets/, and on what terms.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
// With `/` on Windows too: the notices name places, and read alike wherever they are made.
import { dirname, join } from 'node:path/posix';

export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

const LICENCE = /^(licen[cs]e|copying)([.-].*)?$/i;
const NOTICE = /^notice([.-].*)?$/i;

const manifestOf = (root, folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** Folder of the package that a bundled file is of, from the root; undefined for a file of ours. */
export function packageOf(input) {
  const at = input.lastIndexOf('node_modules/');
  if (at < 0) return undefined;
  const [scope, name] = input.slice(at + 'node_modules/'.length).split('/');
  return `${input.slice(0, at)}node_modules/${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** The folder that a dependency of the package in a folder is loaded from; undefined where it is not installed. */
function installed(root, folder, name) {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(root, candidate, 'package.json'))) return candidate;
    if (at === '.') return undefined;
  }
}

/** The packages in the folders, and all that they depend on: some are built with their dependencies inside of them. */
function withDependencies(root, folders) {
  const all = new Set(folders);
  for (const folder of all)
    for (const name of Object.keys(manifestOf(root, folder).dependencies ?? {})) {
      const found = installed(root, folder, name);
      if (found === undefined) throw new Error(`${name}, on which ${folder} depends, is not installed. Run npm ci.`);
      all.add(found);
    }
  return all;
}

/** What each package says of its terms: its own texts, or those of a package of the same repository on the same terms. */
function termsOf(root, folders) {
  const packages = [...folders].sort().map((folder) => {
    const { name, version, license, repository } = manifestOf(root, folder);
    const files = readdirSync(join(root, folder)).sort();
    const texts = (pattern) =>
      files.filter((file) => pattern.test(file)).map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return {
      folder,
      name,
      version,
      license,
      repository: repository?.url,
      texts: texts(LICENCE),
      notices: texts(NOTICE),
    };
  });
  const shared = new Map(
    packages
      .filter(({ repository, texts }) => repository !== undefined && texts.length > 0)
      .map(({ repository, license, texts }) => [`${repository} ${license}`, texts]),
  );
  return packages.map((one) => {
    const texts = one.texts.length > 0 ? one.texts : shared.get(`${one.repository} ${one.license}`);
    if (typeof one.license !== 'string' || texts === undefined) {
      const lack = typeof one.license === 'string' ? `no text of its licence (${one.license})` : 'no licence';
      throw new Error(
        `${one.name} ${one.version} is in a bundle, and ${one.folder} has ${lack}: it may not be shipped.`,
      );
    }
    return { ...one, text: [...texts, ...one.notices].join('\n\n') };
  });
}

/**
 * The notices of all packages in the bundles; each text once.
 * @param bundles file → its inputs, as esbuild tells them
 */
export function notices(root, bundles) {
  const shipped = Object.entries(bundles).map(([file, inputs]) => [file, inputs.map(packageOf)]);
  const users = new Map();
  for (const [file, folders] of shipped)
    for (const folder of withDependencies(
      root,
      folders.filter((one) => one !== undefined),
    ))
      users.set(folder, [...(users.get(folder) ?? []), file]);
  const byText = new Map();
  for (const { folder, name, version, license, text } of termsOf(root, users.keys()))
    byText.set(text, [
      ...(byText.get(text) ?? []),
      `${name} ${version} (${license}), in ${users.get(folder).join(', ')}`,
    ]);
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return ['This package holds software of others, each on the terms that stand below its name.\n', ...parts].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

export function writeNotices(root, bundles) {
  writeFileSync(join(root, NOTICES), notices(root, bundles));
}
