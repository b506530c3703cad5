import * as fs from 'node:fs';
import * as path from 'node:path';
import { acknowledgedRules } from '../neighbours/acknowledged';
import { ArtifactsOnDisk } from './assets';
import { Creations } from './creations';
import { withDefinitions } from './definitions';
import { Files } from './files';
import { JsonSpot } from './json-spot';
import { nestedTemplates } from './nested-templates';
import { isDict, own } from './scope';
import { type AcknowledgedRules, type CfnTemplate, type TemplateSource } from './source';
import { parsedJson, UnreadableFile } from './unreadable';
import { WrittenFile } from './written-file';

/** A template on disk, and what is known of its stack. */
export interface TemplateOnDisk {
  /** What findings call it, if not its path. */
  readonly file?: string;
  readonly path: string;
  readonly stackName?: string;
  readonly stackPath?: string;
  readonly region?: string;
  readonly account?: string;
  readonly acknowledged?: AcknowledgedRules;
  readonly creations?: Creations;
}

/** Receives what cannot be read, so the other templates are still read; by default it is thrown. */
export type OnUnreadable = (error: UnreadableFile) => void;

/** Reads the templates of a cloud assembly (`cdk.out`), those of its stages and of nested stacks included. */
export function readAssembly(dir: string, onUnreadable?: OnUnreadable): TemplateSource[] {
  if (!fs.statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`There is no folder "${dir}". Run "cdk synth" first, or pass the folder that it writes (cdk.out).`);
  }
  const files = Files.ofAssembly(dir);
  return sourcesOf([...stacksOf(dir, dir, files)], files, onUnreadable);
}

/**
 * The sources of templates on disk, each followed by those of its nested stacks.
 * @param files what may be read: all that this synth has written where nothing is said
 */
export function sourcesOf(
  templates: readonly TemplateOnDisk[],
  files = Files.ofThisSynth,
  onUnreadable?: OnUnreadable,
): TemplateSource[] {
  return templates.flatMap((one) => {
    const read = readable(
      () => readSource(one.file ?? one.path, { path: one.path, rootPath: one.path, files }),
      onUnreadable,
    );
    if (!read) return [];
    const top: TemplateSource = {
      ...read,
      stackName: one.stackName,
      stackPath: one.stackPath,
      region: concrete(one.region, /^[a-z]{2,}(-[a-z]+)+-\d+$/),
      account: concrete(one.account, /^\d{12}$/),
      acknowledged: one.acknowledged,
      creations: one.creations,
    };
    const disk = { path: one.path, rootPath: one.path, files, onUnreadable };
    return [top, ...nestedSources(top, disk, new Set([path.resolve(one.path)]))];
  });
}

function readSource(file: string, disk: Required<Disk>): TemplateSource {
  const { text, template } = parse(disk.path, disk.files);
  return sourceOf(file, template, Buffer.byteLength(text), disk, { written: writtenJson(disk.path, disk.files) });
}

/** The text is read again for a finding: most files have none, and a synth needs no lines. */
function writtenJson(file: string, files: Files): WrittenFile {
  return new WrittenFile(slashes(file), () => {
    const text = files.textIfReadable(file);
    return text === undefined ? undefined : { text, root: JsonSpot.root(text) };
  });
}

function readable<T>(read: () => T, onUnreadable: OnUnreadable | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!onUnreadable || !(error instanceof UnreadableFile)) throw error;
    onUnreadable(error);
    return undefined;
  }
}

/** Where a template is on disk: the definitions of its APIs are looked for from there. */
export interface Disk {
  readonly path: string;
  /** Of the top-level stack, whose manifest knows the assets; the same where nothing is said. */
  readonly rootPath?: string;
  /** The files that may be read; by default those next to the template. */
  readonly files?: Files;
}

/** A source from a template that is parsed already; throws if it is not a template. */
export function sourceOf(
  file: string,
  template: unknown,
  bytes: number,
  disk?: Disk,
  read: Pick<TemplateSource, 'written' | 'duplicates'> = {},
): TemplateSource {
  if (!isDict(template)) {
    const what = 'it is not a CloudFormation template, which is an object with "Resources"';
    throw new UnreadableFile(disk?.path ?? file, what);
  }
  const written = template as CfnTemplate;
  return { file, ...(disk === undefined ? { template: written } : defined(written, disk)), bytes, ...read };
}

function defined(template: CfnTemplate, { path: file, rootPath = file, files = Files.besideTemplate(file) }: Disk) {
  return { ...withDefinitions(template, file, rootPath, files), artifacts: new ArtifactsOnDisk(file, rootPath, files) };
}

/** @param seen what was read already: a template that several stacks share, or that holds itself, is read once */
function nestedSources(
  parent: TemplateSource,
  { path: parentPath, rootPath, files, onUnreadable }: Required<Disk> & { readonly onUnreadable?: OnUnreadable },
  seen: Set<string>,
): TemplateSource[] {
  return nestedTemplates(parent.template, parentPath, rootPath, files).flatMap((nested) => {
    if (seen.has(nested.path)) {
      return [];
    }
    seen.add(nested.path);
    const from = path.relative(path.dirname(parentPath), nested.path);
    const disk = { path: path.join(path.dirname(parentPath), from), rootPath, files, onUnreadable };
    const file = slashes(path.join(path.dirname(parent.file), from));
    const read = readable(() => readSource(file, disk), onUnreadable);
    if (!read) return [];
    const source: TemplateSource = {
      ...read,
      stackPath: nested.stackPath,
      region: parent.region,
      account: parent.account,
      acknowledged: parent.acknowledged && { rules: parent.acknowledged.rules, paths: new Map() },
      parent: { file: parent.file, logicalId: nested.logicalId },
      creations: parent.creations,
    };
    return [source, ...nestedSources(source, disk, seen)];
  });
}

/** The stacks of an assembly and of those inside of it, each read once. */
function* stacksOf(dir: string, root: string, files: Files, seen = new Set<string>()): Iterable<TemplateOnDisk> {
  if (seen.has(path.resolve(dir))) {
    return;
  }
  seen.add(path.resolve(dir));
  const manifestPath = path.join(dir, 'manifest.json');
  if (!fs.existsSync(manifestPath)) {
    throw new Error(
      `"${dir}" contains no manifest.json, so it is not a cloud assembly. ` +
        'Pass the folder that "cdk synth" writes (cdk.out), or a single template file.',
    );
  }
  const manifest = jsonOf(manifestPath, files).value;
  const artifacts = own(manifest, 'artifacts') ?? {};
  if (!isDict(manifest) || !isDict(artifacts)) {
    throw new Error(`"${manifestPath}" is not the manifest of a cloud assembly. Run "cdk synth" again.`);
  }
  for (const [id, artifact] of Object.entries(artifacts)) {
    const properties = own(artifact, 'properties');
    const text = (name: string): string | undefined => string(own(properties, name));
    const directory = text('directoryName');
    const template = text('templateFile');
    if (own(artifact, 'type') === 'cdk:cloud-assembly' && directory !== undefined) {
      yield* stacksOf(path.join(dir, directory), root, files, seen);
    } else if (own(artifact, 'type') === 'aws:cloudformation:stack' && template !== undefined) {
      const environment = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(string(own(artifact, 'environment')) ?? '');
      const templatePath = path.join(dir, template);
      yield {
        file: slashes(path.relative(root, templatePath)),
        path: templatePath,
        stackName: text('stackName') ?? id,
        stackPath: string(own(artifact, 'displayName')) ?? text('displayName'),
        account: environment?.[1],
        region: environment?.[2],
        acknowledged: acknowledgedRules(metadataOf(dir, artifact, files)),
        creations: new Creations(() => metadataOf(dir, artifact, files)),
      };
    }
  }
}

/** The metadata of a stack: in a separate file or, from older versions of CDK, in the manifest. */
function metadataOf(dir: string, artifact: unknown, files: Files): unknown {
  const file = string(own(artifact, 'additionalMetadataFile'));
  return file === undefined ? own(artifact, 'metadata') : jsonOf(path.join(dir, file), files).value;
}

function parse(file: string, files: Files): { text: string; template: unknown } {
  const { text, value } = jsonOf(file, files);
  return { text, template: value };
}

function jsonOf(file: string, files: Files): { text: string; value: unknown } {
  let text: string;
  try {
    text = files.text(file);
  } catch (error) {
    const what = `it cannot be read (${reason(error)}). Run "cdk synth" again, or check the path.`;
    throw new UnreadableFile(file, what, undefined, { cause: error });
  }
  return { text, value: parsedJson(file, text, '. Correct it, or run "cdk synth" again.') };
}

const reason = (error: unknown): string => String(error).replace(/^\w*Error: /, '');
const string = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const slashes = (file: string): string => file.split(path.sep).join('/');
const concrete = (value: string | undefined, pattern: RegExp): string | undefined =>
  value !== undefined && pattern.test(value) ? value : undefined;
