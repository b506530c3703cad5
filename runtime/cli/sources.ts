import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { readAssembly, sourceOf } from '../../lib/template/assembly';
import { type TemplateSource } from '../../lib/template/source';
import { parseCloudFormationYaml } from './cfn-yaml';
import { UsageError } from './io';

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
          orUsageError(() => readFileSync(0, 'utf8')),
        ),
      ];
    if (!existsSync(path)) {
      throw new UsageError(
        `there is no file or folder "${path}".${/cdk\.out/.test(path) ? ' Run "cdk synth" first.' : ''}`,
      );
    }
    if (!statSync(path).isDirectory()) return [readTemplate(path)];
    const sources = orUsageError(() => readAssembly(path));
    return different.length === 1 ? sources : sources.map((source) => inFolder(path, source));
  });
}

/** Names stay unique where several folders are read at once. */
function inFolder(folder: string, source: TemplateSource): TemplateSource {
  const within = (file: string) => posix.join(folder, file);
  const { parent } = source;
  return { ...source, file: within(source.file), parent: parent && { ...parent, file: within(parent.file) } };
}

/** The files of a pattern; a path that is there is taken as it is, whatever is in its name. */
function expand(path: string): string[] {
  if (path === STANDARD_INPUT || existsSync(path) || !isDynamicPattern(path)) return [path];
  const files = globSync(path, { expandDirectories: false, absolute: isAbsolute(path) }).sort();
  if (files.length === 0) throw new UsageError(`no file is like "${path}".`);
  return files;
}

function readTemplate(file: string): TemplateSource {
  return templateOf(
    file,
    orUsageError(() => readFileSync(file, 'utf8')),
    file,
  );
}

function templateOf(file: string, text: string, path?: string): TemplateSource {
  const template = parse(file, text);
  if (!isObject(template) || !isObject(template.Resources)) {
    throw new UsageError(`"${file}" is no CloudFormation template: it has no "Resources".`);
  }
  return sourceOf(file, template, Buffer.byteLength(text), path);
}

function parse(file: string, text: string): unknown {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parseCloudFormationYaml(text);
  } catch (error) {
    throw new UsageError(`"${file}" cannot be read: ${(error as Error).message}`);
  }
}

/** What is wrong with the files is told in one line; the stack trace of the command says nothing about them. */
function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
