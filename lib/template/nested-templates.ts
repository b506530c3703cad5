import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Dict, isDict, own } from './scope';

/** The template of a nested stack. */
export interface NestedTemplate {
  readonly logicalId: string;
  readonly path: string;
  readonly stackPath?: string;
}

/**
 * Finds the templates of the nested stacks: by the `aws:asset:path` that the CDK CLI asks for, else by the asset in
 * the template's URL, which the asset manifest of the top-level stack knows.
 */
export function nestedTemplates(template: unknown, file: string, rootFile: string): NestedTemplate[] {
  const resources = own(template, 'Resources');
  let assets: ReadonlyMap<string, string> | undefined;
  const found: NestedTemplate[] = [];
  for (const [logicalId, body] of isDict(resources) ? Object.entries(resources) : []) {
    if (own(body, 'Type') !== 'AWS::CloudFormation::Stack') {
      continue;
    }
    const metadata = own(body, 'Metadata');
    const assetPath = own(metadata, 'aws:asset:path');
    let nested = typeof assetPath === 'string' ? path.resolve(path.dirname(file), assetPath) : undefined;
    if (nested === undefined) {
      assets ??= assetsOf(rootFile);
      const hash = hashIn(own(own(body, 'Properties'), 'TemplateURL'), 0);
      nested = hash === undefined ? undefined : assets.get(hash);
    }
    // A template that somebody uploaded on their own is not in the folder.
    if (nested !== undefined && fs.existsSync(nested)) {
      found.push({ logicalId, path: nested, stackPath: constructPath(own(metadata, 'aws:cdk:path')) });
    }
  }
  return found;
}

/** `Parent/Name.NestedStack/Name.NestedStackResource` → `Parent/Name`. */
function constructPath(resourcePath: unknown): string | undefined {
  const match = typeof resourcePath === 'string' ? /^(.*)\.NestedStack\/[^/]*$/.exec(resourcePath) : null;
  return match?.[1];
}

function assetsOf(rootFile: string): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  const manifest = rootFile.replace(/\.template\.json$/, '.assets.json');
  if (manifest === rootFile || !fs.existsSync(manifest)) {
    return assets;
  }
  const files = own(json(manifest), 'files');
  for (const [hash, asset] of isDict(files) ? Object.entries(files) : []) {
    const source = own(own(asset, 'source'), 'path');
    if (typeof source === 'string') {
      assets.set(hash, path.resolve(path.dirname(rootFile), source));
    }
  }
  return assets;
}

function json(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function hashIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') {
    return /([0-9a-f]{64})\.json/.exec(value)?.[1];
  }
  if (typeof value !== 'object' || value === null || depth > 10) {
    return undefined;
  }
  for (const inner of Object.values(value as Dict)) {
    const hash = hashIn(inner, depth + 1);
    if (hash !== undefined) {
      return hash;
    }
  }
  return undefined;
}
