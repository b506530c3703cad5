import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { readAssembly, sourceOf } from '../../lib/template/assembly';
import { type TemplateSource } from '../../lib/template/source';
import { parseCloudFormationYaml } from './cfn-yaml';
import { UsageError } from './io';

/** The templates of all the paths: folders that `cdk synth` wrote, and single templates. */
export function readSources(paths: readonly string[]): TemplateSource[] {
  const different = [...new Set(paths)];
  return different.flatMap((path) => {
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

function readTemplate(file: string): TemplateSource {
  const text = orUsageError(() => readFileSync(file, 'utf8'));
  const template = parse(file, text);
  if (!isObject(template) || !isObject(template.Resources)) {
    throw new UsageError(`"${file}" is no CloudFormation template: it has no "Resources".`);
  }
  return sourceOf(file, template, Buffer.byteLength(text));
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
