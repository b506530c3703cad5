import { at } from '../../lookup/named';
import { type Location } from '../model/place';
import { type CodePlace } from './creations';
import { type TemplateSource } from './source';
import { type Position } from '../model/place';

/** A place in a file. */
export interface FilePlace extends Position {
  readonly file: string;
}

/** Where a location is written: in the template, or in the file with the definition of its API. */
export function placeOf(source: TemplateSource, { logicalId, path }: Location): FilePlace | undefined {
  const { written } = source;
  // Of another section, e.g. `Globals`.
  const isSection = at(source.template.Resources, logicalId) === undefined && Object.hasOwn(source.template, logicalId);
  const inTemplate = written?.find([...(isSection ? [] : ['Resources']), logicalId, ...path]);
  const document = source.documents?.get(logicalId);
  const isInside = path[0] === 'Properties' && path[1] === document?.property && path.length > 2;
  // What stands beside an included file is in the template.
  if (document && isInside && (inTemplate?.length ?? 0) <= 4) {
    const found = document.file.find(path.slice(2));
    if (found) return { file: document.file.file, ...found.position };
  }
  return written && inTemplate && { file: written.file, ...inTemplate.position };
}

/** The line of the app that made the resource, or set its property; if CDK wrote it down. */
export function codeOf(source: TemplateSource, { logicalId, path }: Location): CodePlace | undefined {
  const metadata = at(source.template.Resources, logicalId)?.Metadata;
  const constructPath = metadata?.['aws:cdk:path'] ?? source.acknowledged?.paths.get(logicalId);
  return typeof constructPath === 'string' ? source.creations?.codeOf(constructPath, path) : undefined;
}
