import { type LambdaTarget } from './common';
import { type Located, type ResourceRef } from './place';
import { type Text, type Texts } from './text';
import { type Value } from './value';

/** A function. All but its name and timeout is read on first use. */
export interface LambdaFunction extends Located {
  readonly name?: Value<string>;
  readonly timeoutInSeconds?: Value<number>;
  readonly code: CodeSource;
  /** The code on this machine; undefined if it is inline. */
  readonly asset?: LocalAsset;
  /** As in CloudFormation: `nodejs22.x`. */
  readonly runtime?: Value<string>;
  readonly handler?: Value<string>;
  /** `Zip` or `Image`; undefined where the template does not say (the service then takes Zip). */
  readonly packageType?: Value<string>;
  readonly environment: Value<Texts>;
  readonly layers: Value<Text[]>;
  /** In MB; undefined where the template does not say (the service then takes 128). */
  readonly memorySize?: Value<number>;
  /** Empty where the template does not say (the service then takes x86_64). */
  readonly architectures: Value<string[]>;
  readonly reservedConcurrentExecutions?: Value<number>;
  readonly tracingMode?: Value<string>;
  /** The log group of `LoggingConfig`. */
  readonly logGroup?: Text;
}

/** What names the code of a function, or the content of a layer. */
export type CodeSource =
  | { readonly kind: 'inline'; readonly source: Text }
  | { readonly kind: 's3'; readonly bucket: Text; readonly key: Text }
  /** A file or folder, from the template on: what SAM and `aws cloudformation package` upload. */
  | { readonly kind: 'local'; readonly path: Text }
  | { readonly kind: 'image'; readonly uri: Text }
  | { readonly kind: 'unknown' };

/**
 * The absolute path of a file or folder inside of the cloud assembly, or next to the template; or what is wrong with it.
 */
export type LocalAsset = { readonly path: string } | { readonly problem: string };

/** A version, with the function that it is of. */
export interface LambdaVersion extends Located {
  readonly target?: LambdaTarget;
}

export interface LambdaAlias extends Located {
  readonly name?: Value<string>;
  readonly target?: LambdaTarget;
  /** A number, or a reference to a version. */
  readonly version?: Text;
  /** The versions that also get calls; empty if there are none. */
  readonly weights: Value<VersionWeight[]>;
  /** The version resource, if it is in the templates. */
  readonly versionResource?: ResourceRef;
}

/** The share of the calls of an alias that go to a version. */
export interface VersionWeight {
  readonly version: Text;
  /** 0 to 1. */
  readonly weight?: Value<number>;
}

export interface LayerVersion extends Located {
  readonly name?: Value<string>;
  readonly content: CodeSource;
  /** The content on this machine. */
  readonly asset?: LocalAsset;
  /** Empty where the template does not say. */
  readonly compatibleRuntimes: Value<string[]>;
}

export interface LambdaPermission extends Located {
  readonly target?: LambdaTarget;
  readonly action?: Value<string>;
  readonly principal?: Value<string>;
  readonly sourceArn?: Text;
  readonly sourceAccount?: Text;
}
