import { type LambdaTargets } from './lambda';
import {
  type CodeSource,
  type LambdaAlias,
  type LambdaFunction,
  type LambdaPermission,
  type LambdaVersion,
  type LayerVersion,
  type LocalAsset,
} from '../model/lambda';
import { type Location } from '../model/place';
import { Node } from '../reader/node';
import { type App, own, type Scope } from '../reader/scope';
import { isLiteral, isUnknownText, type Text, type Texts, UNKNOWN_TEXT } from '../model/text';
import { isKnown, UNKNOWN, type Value } from '../model/value';

const FUNCTION = 'AWS::Lambda::Function';
const VERSION = 'AWS::Lambda::Version';

function nodes(app: App, type: string): Node[] {
  return [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));
}

export function readFunctions(app: App): LambdaFunction[] {
  return [...app.ofType(FUNCTION)].map(
    ({ scope, logicalId }) => new FunctionOf(Node.properties(scope, logicalId), scope),
  );
}

/** A function; what only running it needs is read when it is requested. */
class FunctionOf implements LambdaFunction {
  public readonly location: Location;
  public readonly name?: Value<string>;
  public readonly timeoutInSeconds?: Value<number>;
  readonly #node: Node;
  readonly #scope: Scope;

  constructor(node: Node, scope: Scope) {
    this.#node = node;
    this.#scope = scope;
    this.location = node.location;
    this.name = node.get('FunctionName').string();
    this.timeoutInSeconds = node.get('Timeout').number();
  }

  public get code(): CodeSource {
    return codeOf(this.#node.get('Code'));
  }

  public get asset(): LocalAsset | undefined {
    return assetOf(this.#node.get('Code'), this.#scope);
  }

  public get runtime(): Value<string> | undefined {
    return this.#node.get('Runtime').string();
  }

  public get handler(): Value<string> | undefined {
    return this.#node.get('Handler').string();
  }

  public get packageType(): Value<string> | undefined {
    return this.#node.get('PackageType').string();
  }

  public get environment(): Value<Texts> {
    return this.#node.get('Environment').get('Variables').textRecord();
  }

  public get layers(): Value<Text[]> {
    const layers = this.#node.get('Layers');
    return layers.items() === UNKNOWN ? UNKNOWN : layers.texts();
  }

  public get memorySize(): Value<number> | undefined {
    return this.#node.get('MemorySize').number();
  }

  public get architectures(): Value<string[]> {
    return this.#node.get('Architectures').strings();
  }

  public get reservedConcurrentExecutions(): Value<number> | undefined {
    return this.#node.get('ReservedConcurrentExecutions').number();
  }

  public get tracingMode(): Value<string> | undefined {
    return this.#node.get('TracingConfig').get('Mode').string();
  }

  public get logGroup(): Text | undefined {
    return this.#node.get('LoggingConfig').get('LogGroup').text();
  }
}

function codeOf(code: Node): CodeSource {
  const text = (name: string): Text | undefined => code.get(name).text();
  const [inline, image, key] = [text('ZipFile'), text('ImageUri'), text('S3Key')];
  if (!code.isObject) {
    const path = code.text();
    return path === undefined || isUnknownText(path) ? { kind: 'unknown' } : { kind: 'local', path };
  }
  if (inline !== undefined) return { kind: 'inline', source: inline };
  if (image !== undefined) return { kind: 'image', uri: image };
  return key === undefined ? { kind: 'unknown' } : { kind: 's3', bucket: text('S3Bucket') ?? UNKNOWN_TEXT, key };
}

function assetOf(code: Node, { source: { artifacts }, resources }: Scope): LocalAsset | undefined {
  const named = codeOf(code);
  if (named.kind === 'inline') return undefined;
  if (named.kind === 'image') return { problem: 'it is a container image' };
  if (named.kind === 'unknown') return { problem: 'the template does not say which file it is' };
  if (!artifacts) return { problem: 'the template was not read from a file' };
  if (named.kind === 's3') {
    const noted = own(resources.get(code.ref.logicalId)?.Metadata, 'aws:asset:path');
    return artifacts.inS3(code.get('S3Key').written, noted);
  }
  return isLiteral(named.path)
    ? artifacts.beside(named.path)
    : { problem: `its path is ${String(named.path)}, which only the deployment knows` };
}

export function readVersions(app: App, lambdas: LambdaTargets): LambdaVersion[] {
  return nodes(app, VERSION).map((node) => ({
    location: node.location,
    target: lambdas.ofName(node.get('FunctionName')),
  }));
}

export function readAliases(app: App, lambdas: LambdaTargets): LambdaAlias[] {
  return nodes(app, 'AWS::Lambda::Alias').map((node) => {
    const version = node.get('FunctionVersion');
    const made = version.resource(VERSION);
    const weights = node.get('RoutingConfig').get('AdditionalVersionWeights').items();
    return {
      location: node.location,
      name: node.get('Name').string(),
      target: lambdas.ofName(node.get('FunctionName')),
      version: version.text(),
      ...(isKnown(made) && { versionResource: made }),
      weights:
        weights === UNKNOWN
          ? UNKNOWN
          : weights.map((weight) => ({
              version: weight.get('FunctionVersion').text() ?? UNKNOWN_TEXT,
              weight: weight.get('FunctionWeight').number(),
            })),
    };
  });
}

export function readLayers(app: App): LayerVersion[] {
  return [...app.ofType('AWS::Lambda::LayerVersion')].map(({ scope, logicalId }) => {
    const node = Node.properties(scope, logicalId);
    return {
      location: node.location,
      name: node.get('LayerName').string(),
      content: codeOf(node.get('Content')),
      asset: assetOf(node.get('Content'), scope),
      compatibleRuntimes: node.get('CompatibleRuntimes').strings(),
    };
  });
}

export function readPermissions(app: App, lambdas: LambdaTargets): LambdaPermission[] {
  return nodes(app, 'AWS::Lambda::Permission').map((node) => ({
    location: node.location,
    target: lambdas.ofName(node.get('FunctionName')),
    action: node.get('Action').string(),
    principal: node.get('Principal').string(),
    sourceArn: node.get('SourceArn').text(),
    sourceAccount: node.get('SourceAccount').text(),
  }));
}
