import * as path from 'node:path';
import { assetsOf, hashIn } from './assets';
import { type Files } from './files';
import { isTooDeep, keysIn } from './json-text';
import { type Dict, isDict, own } from './scope';
import { type DuplicateKey, duplicatesInJson } from './duplicate-keys';
import { JsonSpot } from './json-spot';
import { parseJson } from './numerals';
import { type CfnTemplate, type WrittenDocument } from './source';
import { type Spot } from './spot';
import { withReferences } from './references-in-place';
import { WrittenFile } from './written-file';
import { readYaml } from './yaml';
import { at, put } from '../../lookup/named';
import { DEFINITION_KEY, DEFINITION_PROPERTIES as PROPERTIES, DEFINITION_TYPE } from '../../facts/own-resources';

/** How a type of resource names a definition that is elsewhere, and how it holds one. */
const PLACES: Readonly<Record<string, { readonly elsewhere: string; readonly here: string }>> = {
  'AWS::ApiGateway::RestApi': { elsewhere: 'BodyS3Location', here: 'Body' },
  'AWS::ApiGatewayV2::Api': { elsewhere: 'BodyS3Location', here: 'Body' },
  'AWS::Serverless::Api': { elsewhere: 'DefinitionUri', here: 'DefinitionBody' },
  'AWS::Serverless::HttpApi': { elsewhere: 'DefinitionUri', here: 'DefinitionBody' },
};

/** An imported definition has 6 MB at most; anything larger is not a definition. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The template with the OpenAPI documents that it names and that are at hand: assets of the cloud assembly around it, and
 * files next to it; and their places. The others are left as they are, so what they hold stays unknown.
 *
 * @param file the template's own
 * @param rootFile that of the top-level stack, whose manifest knows the assets
 * @param files what may be read
 */
export function withDefinitions(template: CfnTemplate, file: string, rootFile: string, files: Files): Defined {
  const resources = own(template, 'Resources');
  const found: Record<string, unknown> = {};
  const written = new Map<string, WrittenDocument>();
  const documents = new Documents(file, rootFile, files);
  for (const [logicalId, body] of isDict(resources) ? Object.entries(resources) : []) {
    const properties = own(body, 'Properties');
    const place = at(PLACES, String(own(body, 'Type')));
    const changed = place && isDict(properties) ? inlined(properties, place, documents, resources) : undefined;
    if (!place || !changed) continue;
    put(found, logicalId, { ...(body as Dict), Properties: changed.properties });
    const { file: document, duplicates } = changed.document;
    written.set(logicalId, { property: place.here, file: document, duplicates });
  }
  return written.size === 0
    ? { template }
    : { template: { ...template, Resources: { ...(resources as Dict), ...found } } as CfnTemplate, documents: written };
}

interface Defined {
  readonly template: CfnTemplate;
  readonly documents?: ReadonlyMap<string, WrittenDocument>;
}

interface FoundDocument {
  readonly value: Dict;
  readonly file: WrittenFile;
  readonly duplicates: readonly DuplicateKey[];
}

interface Inlined {
  readonly properties: Dict;
  readonly document: FoundDocument;
}

function inlined(
  properties: Dict,
  { elsewhere, here }: (typeof PLACES)[string],
  documents: Documents,
  resources: unknown,
): Inlined | undefined {
  const { [elsewhere]: location, ...rest } = properties;
  if (location !== undefined) {
    const document = storedBy(location, resources, documents) ?? documents.at(location);
    // SAM treats a definition that is elsewhere in another way than one in the template.
    const kept = elsewhere === 'DefinitionUri' ? properties : rest;
    return document && { properties: { ...kept, [here]: document.value }, document };
  }
  const included = own(properties[here], 'Fn::Transform');
  if (own(included, 'Name') !== 'AWS::Include') return undefined;
  const document = documents.at(own(own(included, 'Parameters'), 'Location'));
  const beside = Object.entries(properties[here] as Dict).filter(([key]) => key !== 'Fn::Transform');
  return (
    document && {
      properties: { ...properties, [here]: { ...document.value, ...Object.fromEntries(beside) } },
      document,
    }
  );
}

/** The definition that a resource of this library stores, with the values as references. */
function storedBy(location: unknown, resources: unknown, documents: Documents): FoundDocument | undefined {
  const [logicalId, attribute] = attributeIn(own(location, 'Key'));
  const resource = logicalId === undefined ? undefined : own(resources, logicalId);
  if (attribute !== DEFINITION_KEY || own(resource, 'Type') !== DEFINITION_TYPE) return undefined;
  const properties = own(resource, 'Properties');
  return documents.at(own(properties, PROPERTIES.key), (text) => ({
    value: withReferences(JSON.parse(text), own(properties, PROPERTIES.values)),
    root: () => JsonSpot.root(text),
    // The library has written it.
    duplicates: [],
  }));
}

function attributeIn(value: unknown): readonly unknown[] & { readonly 0?: string } {
  const attribute = own(value, 'Fn::GetAtt');
  const parts: unknown = typeof attribute === 'string' ? attribute.split('.') : attribute;
  return Array.isArray(parts) && typeof parts[0] === 'string' ? (parts as [string]) : [];
}

/** The documents that locations name. */
class Documents {
  private assets?: ReadonlyMap<string, string>;

  constructor(
    private readonly file: string,
    private readonly rootFile: string,
    private readonly files: Files,
  ) {}

  /** Undefined where the document is not at hand, or is none. */
  public at(location: unknown, read: (text: string) => ReadDocument = readDocument): FoundDocument | undefined {
    const found = this.pathOf(location);
    const text = found === undefined ? undefined : this.files.textIfReadable(found, MAX_BYTES);
    if (found === undefined || text === undefined) {
      return undefined;
    }
    try {
      const { value, root, duplicates } = read(text);
      const file = new WrittenFile(this.nameOf(found), () => ({ text, root: root() }));
      return isDict(value) ? { value, file, duplicates } : undefined;
    } catch {
      return undefined;
    }
  }

  /** As the template is named: from the folder where the command runs, or from the root. */
  private nameOf(found: string): string {
    const folder = path.dirname(this.file);
    return path.join(folder, path.relative(folder, found)).split(path.sep).join('/');
  }

  private pathOf(location: unknown): string | undefined {
    const hash = hashIn(location);
    if (hash !== undefined) {
      this.assets ??= assetsOf(this.rootFile, this.files);
      return this.assets.get(hash);
    }
    // As SAM writes it before it is packaged: a path from the template on.
    const isPath = typeof location === 'string' && !/^(s3|https?):/.test(location);
    return isPath ? path.resolve(path.dirname(this.file), location) : undefined;
  }
}

interface ReadDocument {
  /** Undefined if it is nested deeper than any document. */
  readonly value: unknown;
  readonly root: () => Spot;
  readonly duplicates: readonly DuplicateKey[];
}

function readDocument(text: string): ReadDocument {
  if (!text.trimStart().startsWith('{')) {
    const { value, root, duplicates } = readYaml(text);
    return { value: isTooDeep(value) ? undefined : value, root: () => root, duplicates };
  }
  const value = parseJson(text);
  const keys = keysIn(value);
  const isRead = !Number.isNaN(keys);
  return {
    value: isRead ? value : undefined,
    root: () => JsonSpot.root(text),
    duplicates: isRead ? duplicatesInJson(text, keys) : [],
  };
}
