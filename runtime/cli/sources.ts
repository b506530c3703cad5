import { existsSync, statSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { readAssembly, sourceOf } from '../../lib/template/reader/assembly';
import { type DuplicateKey, duplicatesInJson } from '../../lib/template/reader/duplicate-keys';
import { textIn, textOf } from '../../lib/template/reader/files';
import { JsonSpot } from '../../lib/template/reader/json-spot';
import { keysIn, MAX_LEVELS } from '../../lib/template/reader/json-text';
import { ParseError } from '../../lib/template/reader/parse-error';
import { withParents } from '../../lib/template/reader/joined-stacks';
import { inPlaceOf } from '../../lib/template/reader/previous';
import { type TemplateSource } from '../../lib/template/reader/source';
import { type Spot } from '../../lib/template/reader/spot';
import { parsedJson, UnreadableFile } from '../../lib/template/reader/unreadable';
import { WrittenFile } from '../../lib/template/reader/written-file';
import { readCloudFormationYaml } from './cfn-yaml';
import { UsageError } from './io';
import { optimizeLess } from './optimize-less';

/** What stands for standard input among the paths. */
const STANDARD_INPUT = '-';

/** A file or path that cannot be read, or is not there. */
export type Unread = UnreadableFile | UsageError;

const thrown = (error: Unread): never => {
  throw error instanceof UsageError ? error : new UsageError(error.message);
};

/**
 * The templates of all the paths: folders that `cdk synth` wrote, single templates, patterns for them, and standard input.
 * @param onUnread receives what cannot be read, so the others are still read; by default it is thrown
 */
export function readSources(paths: readonly string[], onUnread: (error: Unread) => void = thrown): TemplateSource[] {
  const different = [...new Set(paths.flatMap((path) => attempt(() => expand(path), onUnread)))];
  const isOnly = different.length === 1;
  return withParents(different.flatMap((path) => attempt(() => readPath(path, isOnly, onUnread), onUnread)));
}

function attempt<T>(read: () => T[], onUnread: (error: Unread) => void): T[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableFile || error instanceof UsageError)) throw error;
    onUnread(error);
    return [];
  }
}

function readPath(path: string, isOnly: boolean, onUnread: (error: Unread) => void): TemplateSource[] {
  if (path === STANDARD_INPUT)
    return [
      templateOf(
        'standard input',
        textFrom('standard input', () => textOf(0)),
      ),
    ];
  if (!existsSync(path)) {
    throw new UsageError(
      `there is no file or folder "${path}".${/cdk\.out/.test(path) ? ' Run "cdk synth" first.' : ''}`,
    );
  }
  if (!statSync(path).isDirectory())
    return [
      templateOf(
        path,
        textFrom(path, () => textIn(path)),
        path,
      ),
    ];
  optimizeLess();
  const sources = readFolder(path, onUnread).filter(
    ({ file, template }) => attempt(() => [checkDepth(file, template)], onUnread).length > 0,
  );
  return isOnly ? sources : sources.map((source) => inFolder(path, source));
}

/** A file without a name in its error, such as a manifest that is none, is a usage error. */
function readFolder(path: string, onUnread: (error: Unread) => void): TemplateSource[] {
  try {
    return readAssembly(path, onUnread);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UsageError((error as Error).message);
  }
}

/** The templates as they were before, under the names of those that they are compared with. */
export function readPrevious(
  current: readonly TemplateSource[],
  paths: readonly string[],
  previous: string,
): TemplateSource[] {
  const found = inPlaceOf(current, readSources([previous]), paths);
  if (!found.some(({ file }) => current.some((source) => source.file === file))) {
    throw new UsageError(
      `--previous: no template in "${previous}" has the name or the stack of one in ${listed(paths)}.`,
    );
  }
  return found;
}

const listed = (paths: readonly string[]): string => paths.map((path) => `"${path}"`).join(', ');

/** Names stay unique where several folders are read at once. */
function inFolder(folder: string, source: TemplateSource): TemplateSource {
  const within = (file: string) => posix.join(folder, file);
  const { parent } = source;
  return { ...source, file: within(source.file), parent: parent && { ...parent, file: within(parent.file) } };
}

/** The files of a pattern; a path that is there is taken as it is, whatever is in its name. */
function expand(path: string): string[] {
  // On Windows `\` separates folders; in a pattern it would escape the next character.
  const pattern = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  if (path === STANDARD_INPUT || existsSync(path) || !isDynamicPattern(pattern)) return [path];
  const files = globSync(pattern, { expandDirectories: false, absolute: isAbsolute(path) }).sort();
  if (files.length === 0) throw new UsageError(`no file matches "${path}".`);
  return files;
}

function textFrom(file: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new UnreadableFile(file, `it cannot be read: ${(error as Error).message}`);
  }
}

function templateOf(file: string, content: string, path?: string): TemplateSource {
  // Editors may put a mark before UTF-8, which they do not count as a column.
  const text = content.startsWith(MARK) ? content.slice(1) : content;
  optimizeLess(text.length);
  const { value, root, duplicates } = parse(file, text);
  if (!isObject(value) || !isObject(value.Resources)) {
    throw new UnreadableFile(file, 'it is not a CloudFormation template: it has no "Resources"');
  }
  const keys = checkDepth(file, value);
  const written = new WrittenFile(file, () => ({ text, root }));
  return sourceOf(file, value, Buffer.byteLength(content), path === undefined ? undefined : { path }, {
    written,
    duplicates: duplicates(keys),
  });
}

/** How many keys the template has. @throws if it is nested too deep */
function checkDepth(file: string, template: object): number {
  const keys = keysIn(template);
  if (Number.isNaN(keys)) {
    throw new UnreadableFile(file, `something in it is nested deeper than ${MAX_LEVELS} levels`);
  }
  return keys;
}

interface Parsed {
  readonly value: unknown;
  readonly root: Spot;
  readonly duplicates: (keys: number) => readonly DuplicateKey[];
}

function parse(file: string, text: string): Parsed {
  if (text.trimStart().startsWith('{')) {
    const value = parsedJson(file, text);
    return { value, root: JsonSpot.root(text), duplicates: (keys) => duplicatesInJson(text, keys) };
  }
  try {
    const { duplicates, ...read } = readCloudFormationYaml(text);
    return { ...read, duplicates: () => duplicates };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new UnreadableFile(file, error.what, error.position);
  }
}

const MARK = '\uFEFF';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
