import * as path from 'node:path';
import { assetsOf, hashIn } from './assets';
import { type Files } from './files';
import { isTooDeep } from './json-text';
import { parseJson } from './numerals';
import { type Dict, isDict, own } from './scope';
import { type CfnTemplate } from './source';
import { parseYaml } from './yaml';
import { at, put } from '../../lookup/named';

/** How a type of resource names a definition that is elsewhere, and how it holds one. */
const PLACES: Readonly<Record<string, { readonly elsewhere: string; readonly here: string }>> = {
  'AWS::ApiGateway::RestApi': { elsewhere: 'BodyS3Location', here: 'Body' },
  'AWS::ApiGatewayV2::Api': { elsewhere: 'BodyS3Location', here: 'Body' },
  'AWS::Serverless::Api': { elsewhere: 'DefinitionUri', here: 'DefinitionBody' },
  'AWS::Serverless::HttpApi': { elsewhere: 'DefinitionUri', here: 'DefinitionBody' },
};

/** An imported definition has 6 MB at most; more is no definition. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * The template with the OpenAPI documents that it names and that are at hand: assets of the cloud assembly around it, and
 * files beside it. The others are left as they are, so that what they hold stays unknown.
 *
 * @param file the template's own
 * @param rootFile that of the top-level stack, whose manifest knows the assets
 * @param files what may be read
 */
export function withDefinitions(template: CfnTemplate, file: string, rootFile: string, files: Files): CfnTemplate {
  const resources = own(template, 'Resources');
  const found: Record<string, unknown> = {};
  const documents = new Documents(file, rootFile, files);
  for (const [logicalId, body] of isDict(resources) ? Object.entries(resources) : []) {
    const properties = own(body, 'Properties');
    const place = at(PLACES, String(own(body, 'Type')));
    const changed = place && isDict(properties) ? inlined(properties, place, documents) : undefined;
    if (changed) put(found, logicalId, { ...(body as Dict), Properties: changed });
  }
  return Object.keys(found).length === 0
    ? template
    : ({ ...template, Resources: { ...(resources as Dict), ...found } } as CfnTemplate);
}

function inlined(
  properties: Dict,
  { elsewhere, here }: (typeof PLACES)[string],
  documents: Documents,
): Dict | undefined {
  const { [elsewhere]: location, ...rest } = properties;
  if (location !== undefined) {
    const document = documents.at(location);
    // SAM treats a definition that is elsewhere in another way than one in the template.
    return document && { ...(elsewhere === 'DefinitionUri' ? properties : rest), [here]: document };
  }
  const included = own(properties[here], 'Fn::Transform');
  if (own(included, 'Name') !== 'AWS::Include') return undefined;
  const document = documents.at(own(own(included, 'Parameters'), 'Location'));
  const beside = Object.entries(properties[here] as Dict).filter(([key]) => key !== 'Fn::Transform');
  return document && { ...properties, [here]: { ...document, ...Object.fromEntries(beside) } };
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
  public at(location: unknown): Dict | undefined {
    const found = this.pathOf(location);
    const text = found === undefined ? undefined : this.files.textIfReadable(found, MAX_BYTES);
    if (text === undefined) {
      return undefined;
    }
    try {
      const document = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
      return isDict(document) && !isTooDeep(document) ? document : undefined;
    } catch {
      return undefined;
    }
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
