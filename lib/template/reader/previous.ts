import * as fs from 'node:fs';
import * as path from 'node:path';
import { readAssembly } from './assembly';
import { Files, isFile } from './files';
import { type TemplateSource } from './source';

const DEPLOYMENT = '"AWS::ApiGateway::Deployment"';

/** The templates of an assembly that is about to be overwritten; none where nothing in it deploys an API. */
export function readPreviousAssembly(dir: string): TemplateSource[] {
  return isFile(path.join(dir, 'manifest.json')) && !deploys(dir, Files.ofAssembly(dir)) ? [] : readAssembly(dir);
}

/** Whether a template of the assembly, or of one inside of it, speaks of a deployment. */
function deploys(dir: string, files: Files): boolean {
  return fs.readdirSync(dir, { withFileTypes: true }).some((entry) => {
    const file = path.join(dir, entry.name);
    return entry.isDirectory()
      ? isFile(path.join(file, 'manifest.json')) && deploys(file, files)
      : entry.name.endsWith('.json') && files.textIfReadable(file)?.includes(DEPLOYMENT) === true;
  });
}

/**
 * The earlier templates under their current names, so the two can be compared; others keep their own names.
 * @param roots folders that names may start with now
 */
export function inPlaceOf(
  current: readonly TemplateSource[],
  previous: readonly TemplateSource[],
  roots: readonly string[],
): TemplateSource[] {
  const now = new Map(current.map((source) => [source.file, source]));
  const names = new Map<string, string>();
  for (const { file, stackName } of previous) {
    const candidates = [file, ...roots.map((root) => path.join(root, file))];
    const same = current.filter((source) => stackName !== undefined && source.stackName === stackName);
    const found =
      candidates.find((name) => now.has(name)) ??
      (same.length === 1 ? same[0].file : undefined) ??
      (current.length === 1 && previous.length === 1 ? current[0].file : undefined);
    names.set(file, found ?? `previous/${file}`);
  }
  const nameOf = (file: string): string => names.get(file) ?? file;
  return previous.map((source) => ({
    ...source,
    file: nameOf(source.file),
    parent: source.parent && { ...source.parent, file: nameOf(source.parent.file) },
  }));
}
