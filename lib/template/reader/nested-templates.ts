import * as path from 'node:path';
import { assetsOf, hashIn } from './assets';
import { type Files, isFile } from './files';
import { isDict, own } from './scope';

/** The template of a nested stack. */
export interface NestedTemplate {
  readonly logicalId: string;
  readonly path: string;
  readonly stackPath?: string;
}

/**
 * Finds the templates of the nested stacks: by the `aws:asset:path` that the CDK CLI sets, else by the asset in
 * the template's URL, which the asset manifest of the top-level stack knows.
 */
export function nestedTemplates(template: unknown, file: string, rootFile: string, files: Files): NestedTemplate[] {
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
      assets ??= assetsOf(rootFile, files);
      const hash = hashIn(own(own(body, 'Properties'), 'TemplateURL'));
      nested = hash === undefined ? undefined : assets.get(hash);
    }
    // A template that was uploaded separately is not in the folder; one outside it is reported when it is read.
    if (nested !== undefined && (!files.isInside(nested) || isFile(nested))) {
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
