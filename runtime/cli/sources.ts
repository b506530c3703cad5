import { existsSync, statSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { readAssembly, sourceOf } from '../../lib/template/reader/assembly';
import { textGiven, textOf } from '../../lib/template/reader/files';
import { isTooDeep, MAX_LEVELS } from '../../lib/template/reader/json-text';
import { parseJson } from '../../lib/template/reader/numerals';
import { inPlaceOf } from '../../lib/template/reader/previous';
import { type TemplateSource } from '../../lib/template/reader/source';
import { parseCloudFormationYaml } from './cfn-yaml';
import { orUsageError, UsageError } from './io';

/** What stands for standard input among the paths. */
const STANDARD_INPUT = '-';

/** The templates of all the paths: folders that `cdk synth` wrote, single templates, patterns for them, and standard input. */
export function readSources(paths: readonly string[]): TemplateSource[] {
  const different = [...new Set(paths.flatMap(expand))];
  return different.flatMap((path) => {
    if (path === STANDARD_INPUT)
      return [
        templateOf(
          'standard input',
          orUsageError(
            () => textOf(0),
            (message) => `standard input cannot be read: ${message}`,
          ),
        ),
      ];
    if (!existsSync(path)) {
      throw new UsageError(
        `there is no file or folder "${path}".${/cdk\.out/.test(path) ? ' Run "cdk synth" first.' : ''}`,
      );
    }
    if (!statSync(path).isDirectory()) return [readTemplate(path)];
    const sources = orUsageError(() => readAssembly(path));
    sources.forEach(({ file, template }) => checkDepth(file, template));
    return different.length === 1 ? sources : sources.map((source) => inFolder(path, source));
  });
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

function readTemplate(file: string): TemplateSource {
  return templateOf(
    file,
    orUsageError(() => textGiven(file)),
    file,
  );
}

function templateOf(file: string, text: string, path?: string): TemplateSource {
  const template = parse(file, text);
  if (!isObject(template) || !isObject(template.Resources)) {
    throw new UsageError(`"${file}" is not a CloudFormation template: it has no "Resources".`);
  }
  checkDepth(file, template);
  return sourceOf(file, template, Buffer.byteLength(text), path === undefined ? undefined : { path });
}

function checkDepth(file: string, template: object): void {
  if (isTooDeep(template)) {
    throw new UsageError(`"${file}" cannot be read: something in it is nested deeper than ${MAX_LEVELS} levels.`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    // What is trimmed may be the mark that editors put before UTF-8.
    const trimmed = text.trimStart();
    return trimmed.startsWith('{') ? parseJson(trimmed) : parseCloudFormationYaml(text);
  } catch (error) {
    throw new UsageError(`"${file}" cannot be read: ${(error as Error).message}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
