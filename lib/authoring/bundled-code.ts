import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';

const FILE = 'index.js';

/**
 * Lambda code that is part of this package: the one file of `assets/<name>`, staged in the cloud assembly.
 *
 * `Code.fromAsset` does the same for any folder, but loads the S3 module, the table of all Regions and a file library for
 * it: 100 ms of every synth.
 */
export function bundledCode(scope: Construct, name: string): CfnFunction.CodeProperty {
  const folder = join(__dirname, '..', '..', 'assets', name);
  const sourceHash = createHash('sha256')
    .update(readFileSync(join(folder, FILE)))
    .digest('hex');
  const stack = Stack.of(scope);
  const location = stack.synthesizer.addFileAsset({
    packaging: FileAssetPackaging.ZIP_DIRECTORY,
    sourceHash,
    fileName: staged(stack, folder, sourceHash),
    displayName: `${name} handler of cdk-apigateway-constructs`,
  });
  return { s3Bucket: location.bucketName, s3Key: location.objectKey };
}

/** The folder in the cloud assembly, as its manifest names it. */
function staged(stack: Stack, folder: string, hash: string): string {
  const stage = Stage.of(stack);
  // Local tools set this to run the code in place.
  if (!stage || stack.node.tryGetContext('aws:cdk:disable-asset-staging')) return folder;
  const target = join(stage.assetOutdir, `asset.${hash}`);
  if (!existsSync(join(target, FILE))) {
    mkdirSync(target, { recursive: true });
    copyFileSync(join(folder, FILE), join(target, FILE));
  }
  return relative(stage.outdir, target);
}
