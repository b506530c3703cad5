import { type LocalAsset } from '../model/lambda';
import { type Creations } from './creations';
import { type DuplicateKey } from './duplicate-keys';
import { type WrittenFile } from './written-file';

/** A CloudFormation template as parsed JSON. */
export interface CfnTemplate {
  readonly Resources?: Readonly<Record<string, CfnResourceBody>>;
  readonly [section: string]: unknown;
}

export interface CfnResourceBody {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** One template of an app, and what is known of where it goes. */
export interface TemplateSource {
  /** What findings call it: the file name, unique among the sources. */
  readonly file: string;
  readonly template: CfnTemplate;
  /** Size of the file in bytes. */
  readonly bytes: number;
  readonly stackName?: string;
  readonly stackPath?: string;
  readonly region?: string;
  readonly account?: string;
  /** What the app has acknowledged, where CDK wrote it down. */
  readonly acknowledged?: AcknowledgedRules;
  /** For a nested stack: the file of its parent and the logical id of the stack resource there. */
  readonly parent?: { readonly file: string; readonly logicalId: string };
  /** The place of the template; undefined if it comes from no file. */
  readonly written?: WrittenFile;
  /** Logical id → the file with the definition of that API. */
  readonly documents?: ReadonlyMap<string, WrittenDocument>;
  readonly duplicates?: readonly DuplicateKey[];
  /** Names of parameters whose defaults are their values. */
  readonly knownParameters?: ReadonlySet<string>;
  /** The files that it needs at runtime; undefined if it comes from no file. */
  readonly artifacts?: Artifacts;
  /** The code that created the resources, if CDK wrote it down. */
  readonly creations?: Creations;
}

/** A definition in a separate file, which the reader puts in the place of its property. */
export interface WrittenDocument {
  readonly property: string;
  readonly file: WrittenFile;
  readonly duplicates: readonly DuplicateKey[];
}

/** What a template needs at runtime and has outside of itself: code of functions, content of layers. */
export interface Artifacts {
  /**
   * An object in S3: the asset of the manifest, else what the CDK CLI notes at the resource.
   * @param key as written, whatever expression it is
   * @param noted `aws:asset:path`
   */
  inS3(key: unknown, noted: unknown): LocalAsset;
  /** A path from the template on, or an absolute one. */
  beside(written: string): LocalAsset;
}

/** Acknowledgements of a stack, as CDK writes them into the metadata of its cloud assembly. */
export interface AcknowledgedRules {
  /** Construct path → ids of the rules that are acknowledged there, and below. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
  /** Logical id → construct path; nested stacks are left out. */
  readonly paths: ReadonlyMap<string, string>;
}
