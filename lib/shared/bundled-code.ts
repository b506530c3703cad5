import { join } from 'node:path';
import { AssetStaging, FileAssetPackaging, Stack } from 'aws-cdk-lib';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';

/**
 * Lambda code that comes with this package, from `assets/<name>`.
 *
 * `Code.fromAsset` would do the same, and load the S3 module and the table of all Regions for it: 90 ms of every synth.
 */
export function bundledCode(scope: Construct, name: string): CfnFunction.CodeProperty {
  const staging = new AssetStaging(scope, 'Code', { sourcePath: join(__dirname, '..', '..', 'assets', name) });
  const stack = Stack.of(scope);
  const location = stack.synthesizer.addFileAsset({
    packaging: FileAssetPackaging.ZIP_DIRECTORY,
    sourceHash: staging.assetHash,
    fileName: staging.relativeStagedPath(stack),
    displayName: `${name} handler of cdk-apigateway-constructs`,
  });
  return { s3Bucket: location.bucketName, s3Key: location.objectKey };
}
