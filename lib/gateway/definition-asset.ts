import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  Aws,
  CfnResource,
  FileAssetPackaging,
  type IResolveContext,
  Lazy,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../authoring/acknowledge';
import { type Owner } from '../authoring/errors';
import { allow, handlerFunction, handlerLogs } from '../authoring/handler-function';
import { nagName } from '../authoring/nag-names';
import { deferred } from '../document/deferred-document';
import { type FinalProperties } from '../document/final-properties';
import { mapLeaves, merged } from '../document/merged';
import { type Document } from '../document/skeleton';
import { DEFINITION_KEY, DEFINITION_PROPERTIES as PROPERTIES, DEFINITION_TYPE } from '../facts/own-resources';
import { DEFINITION_MAX_BYTES, LAMBDA_EVENT_MAX_BYTES } from '../facts/quotas';
import { HANDLER_FINDINGS, HANDLER_LOG_FINDINGS, storedFindings } from './definition-asset-acknowledgements';

/** The asset as it is now, and what must be put into it. */
interface Taken {
  readonly bucketName: string;
  readonly objectKey: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly bytes: number;
}

const TIMEOUT_SECONDS = 120;
/** Of an ARN in an event, with its quotation marks. */
const VALUE_BYTES = 120;

/**
 * The OpenAPI definition of an API as a file asset, for documents that are too large for a template. A custom resource puts
 * the values in that only the deployment knows, and stores the result next to the asset; the API imports it from there. The
 * API is updated in the same operation of its stack, and rolled back with it.
 */
export class DefinitionAsset extends Construct {
  public readonly resource: CfnResource;
  private readonly policy: CfnResource;
  /** ARN of the asset. */
  private readonly asset: string;
  private api?: AssetApi;
  private document?: () => unknown;
  private frozen?: Taken;

  constructor(
    scope: Construct,
    private readonly owner: Owner,
  ) {
    super(scope, 'Definition');
    this.asset = `arn:${Aws.PARTITION}:s3:::${this.text('bucketName')}/${this.text('objectKey')}`;
    const logs = handlerLogs(this, 'HandlerLogs', HANDLER_LOG_FINDINGS);
    const { fn, policy } = handlerFunction(this, 'Resolve', logs, {
      code: 'definition',
      description: 'Stores the OpenAPI definition of an API with the values of its deployment',
      handler: 'index.handler',
      timeoutSeconds: TIMEOUT_SECONDS,
      // A document of 6 MB, parsed and written.
      memorySize: 512,
      statements: [allow('s3:GetObject', this.asset), allow('s3:PutObject', `${this.asset}.*`)],
      findings: HANDLER_FINDINGS,
    });
    this.policy = policy;
    this.resource = new CfnResource(this, 'Resource', {
      type: DEFINITION_TYPE,
      properties: {
        ServiceToken: fn.attrArn,
        // By default, CloudFormation waits an hour for a function that cannot respond.
        ServiceTimeout: TIMEOUT_SECONDS * 2,
        [PROPERTIES.bucket]: this.text('bucketName'),
        [PROPERTIES.key]: this.text('objectKey'),
        [PROPERTIES.values]: Lazy.uncachedAny({
          produce: (context) => this.takenIn(context)?.values ?? this.references,
        }),
      },
    });
    this.resource.addResourceDependency(policy);
  }

  /** `bodyS3Location` of the API. */
  public get location(): { readonly bucket: string; readonly key: string } {
    return { bucket: this.text('bucketName'), key: this.resource.getAtt(DEFINITION_KEY).toString() };
  }

  /** @param followed the document with the final values of the properties of the API */
  public belongsTo(api: AssetApi, followed: Followed): void {
    this.api = api;
    this.document = () => finalDocument(api, followed);
  }

  /** The tree is finished: the asset is made once. Returns the errors. */
  public freeze(): string[] {
    try {
      this.frozen = this.take();
      acknowledge(this.policy, ...storedFindings(nagName(Stack.of(this).resolve(`${this.asset}.*`))));
    } catch (error) {
      return [this.owner.error((error as Error).message).message];
    }
    const { bytes, values } = this.frozen;
    this.warnOf(values);
    if (bytes <= DEFINITION_MAX_BYTES) return [];
    return [
      this.owner.error(
        `the OpenAPI definition has ${(bytes / 1024 / 1024).toFixed(1)} MB, and API Gateway imports at most ${DEFINITION_MAX_BYTES / 1024 / 1024} MB; split ` +
          'the API by its first path segments into several gateways behind one domain, or join routes with one back end into "ANY /…/{proxy+}"',
      ).message,
    ];
  }

  /** Something was added to the API. */
  public thaw(): void {
    this.frozen = undefined;
  }

  /** How long the values will be is not known at synth; most are ARNs. */
  private warnOf(values: Taken['values']): void {
    const names = Object.keys(values);
    const bytes = names.reduce((sum, name) => sum + name.length + VALUE_BYTES, 0);
    if (2 * bytes <= LAMBDA_EVENT_MAX_BYTES) return;
    Validations.of(this.resource).addWarning(
      'ValuesOfDefinition',
      `the OpenAPI definition has ${names.length} values that only the deployment knows, about ${Math.round(bytes / 1000)} KB; an update sends ` +
        'old and new ones in one event, and AWS Lambda accepts 1 MB. Let routes share functions, or split the API',
    );
  }

  private text(name: 'bucketName' | 'objectKey'): string {
    return Lazy.uncachedString({ produce: (context) => this.takenIn(context)?.[name] ?? '' });
  }

  /** What may refer to other stacks. */
  private get references(): unknown {
    return { body: this.api?.body, overrides: this.api?.finalProperties.bodyOverrides };
  }

  /** Undefined while CDK looks for references. */
  private takenIn({ preparing }: IResolveContext): Taken | undefined {
    return preparing ? undefined : (this.frozen ?? this.take());
  }

  private take(): Taken {
    const { document, values } = deferred(this.document!());
    const text = JSON.stringify(document);
    const stack = Stack.of(this);
    const sourceHash = createHash('sha256').update(text).digest('hex');
    const { bucketName, objectKey } = stack.synthesizer.addFileAsset({
      packaging: FileAssetPackaging.FILE,
      sourceHash,
      fileName: staged(stack, text, sourceHash),
      displayName: `${this.node.scope!.node.path} definition`,
    });
    return { bucketName, objectKey, values, bytes: Buffer.byteLength(text) };
  }
}

/** An API whose document is an asset. */
interface AssetApi extends CfnResource {
  readonly body?: unknown;
  readonly finalProperties: FinalProperties;
}

/** Returns the document with the final values of properties. */
type Followed = (document: unknown, changed: ReadonlyMap<string, unknown>) => unknown;

/** The document as it would be in the template, overrides included. */
function finalDocument(api: AssetApi, followed: Followed): unknown {
  const { changed, bodyOverrides } = api.finalProperties;
  const resolve = (value: unknown): unknown => Stack.of(api).resolve(value);
  const document = followed(resolve(api.body), changed);
  if (bodyOverrides === undefined) return document;
  // A copy without the method that hides the document from CDK.
  return merged({ ...(document as Document) }, mapLeaves(bodyOverrides, resolve));
}

/** The file in the cloud assembly, as its manifest names it. */
function staged(stack: Stack, text: string, hash: string): string {
  const stage = Stage.of(stack);
  if (!stage) throw new Error('definitionAsAsset needs an App around the stack');
  const target = join(stage.assetOutdir, `asset.${hash}.json`);
  if (!existsSync(target)) {
    mkdirSync(stage.assetOutdir, { recursive: true });
    writeFileSync(target, text);
  }
  return relative(stage.outdir, target);
}
