import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { type IBucket } from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import { Owner, show } from '../authoring/errors';
import { checkCertificates } from './pem';

/** A trust store in the form that the domain needs. */
export interface BoundTrustStore {
  readonly uri: string;
  readonly version?: string;
}

/**
 * The certificate authorities whose clients a domain with mutual TLS accepts, with all issuers up to the roots. Up to
 * 1000 certificates, 1 MB; RSA from 2048 bits or ECDSA from P-256, signed with SHA-256 or better. For others API Gateway only
 * warns, and rejects their clients.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export abstract class TrustStore {
  /**
   * Uses an object in a bucket with versioning.
   *
   * @param bucket the bucket; the principal that deploys must be allowed to read it
   * @param key key of the object, a PEM file
   * @param version version of the object: without it, API Gateway would never notice a change
   */
  public static fromBucket(bucket: IBucket, key: string, version: string): TrustStore {
    const owner = new Owner('TrustStore.fromBucket');
    if (key === '' || key.startsWith('/')) {
      throw owner.error(`key must be the key of an object, without a leading "/", got: ${show(key)}`);
    }
    if (version === '') {
      throw owner.error('version is empty; set the version of the object, e.g. from "aws s3api head-object"');
    }
    return new BucketTrustStore({ uri: `s3://${bucket.bucketName}/${key}`, version });
  }

  /**
   * Uses PEM files of this project, uploaded as one asset. A change is deployed automatically.
   *
   * @param paths paths of files with one certificate or more
   * @throws if a file contains no certificate, contains a private key, or contains what API Gateway does not accept
   */
  public static fromPemFiles(...paths: string[]): TrustStore {
    const owner = new Owner('TrustStore.fromPemFiles');
    if (paths.length === 0) throw owner.error('paths is empty; pass the PEM files of your certificate authorities');
    const files = paths.map((path) => ({ path, text: read(path, owner) }));
    checkCertificates(files, owner);
    return new PemTrustStore(files.map(({ text }) => text.trim()).join('\n') + '\n');
  }

  /** @internal */
  public abstract _bind(scope: Construct): BoundTrustStore;
}

class BucketTrustStore extends TrustStore {
  constructor(private readonly bound: BoundTrustStore) {
    super();
  }

  /** @internal */
  public _bind(_scope: Construct): BoundTrustStore {
    return this.bound;
  }
}

class PemTrustStore extends TrustStore {
  constructor(private readonly pem: string) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct): BoundTrustStore {
    const stack = Stack.of(scope);
    const sourceHash = createHash('sha256').update(this.pem).digest('hex');
    const location = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.FILE,
      sourceHash,
      fileName: this.staged(stack, sourceHash),
      displayName: `trust store of ${scope.node.path}`,
    });
    // The key is a hash of the certificates, so it serves as a version.
    return { uri: `s3://${location.bucketName}/${location.objectKey}` };
  }

  /** The file in the cloud assembly, as its manifest names it. */
  private staged(stack: Stack, hash: string): string {
    const stage = Stage.of(stack);
    if (!stage)
      throw new Owner('TrustStore.fromPemFiles').error('the stack is not in an App, so nothing can be uploaded');
    mkdirSync(stage.assetOutdir, { recursive: true });
    const target = join(stage.assetOutdir, `asset.${hash}.pem`);
    writeFileSync(target, this.pem);
    return relative(stage.outdir, target);
  }
}

function read(path: string, owner: Owner): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw owner.error(`${show(path)} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
