import { PHYSICAL_FORMS, type PhysicalForm } from '../facts/physical-names';
import { dnsSuffixOf, partitionOf } from '../facts/partitions';
import { at } from '../lookup/named';
import { localNames } from './local-names';
import { type Reference } from '../template/model/expression';
import { type LambdaTarget } from '../template/model/common';
import { type ApiModel } from '../template/model/model';
import { type ResourceRef, sameResource } from '../template/model/place';
import { type Text, type Texts } from '../template/model/text';
import { isKnown, type Value } from '../template/model/value';

export interface ResolverOptions {
  readonly account?: string;
  /** By default that of the stack, else us-east-1. */
  readonly region?: string;
  /** Values of parameters; by default those that the templates were read with. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The id of an API here. */
  readonly apiId?: (api: ResourceRef) => string;
}

/** A value that nothing here tells. */
export interface Unresolved {
  /** `Certificate.Arn`, `parameter Table`. */
  readonly label: string;
  /** What needs it: `Orders.Environment.TABLE`. */
  readonly where?: string;
}

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';
const API_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const MAX_DEPTH = 50;

/** Puts local values in the place of references: names, ARNs and URLs as the stack would have them. */
export class Resolver {
  private readonly missing = new Map<string, Unresolved>();
  private depth = 0;
  private readonly names: (ref: ResourceRef) => string;

  constructor(
    private readonly model: ApiModel,
    private readonly options: ResolverOptions = {},
  ) {
    this.names = localNames(model);
  }

  /** What had no value in the texts so far. */
  public get unresolved(): readonly Unresolved[] {
    return [...this.missing.values()];
  }

  /** @param where what needs the text, for the report of a missing value */
  public text(text: Text, where?: string): string {
    if (typeof text === 'string') return text;
    return text.parts
      .map((part) => (typeof part === 'string' ? part : this.reference(part, text.file, where)))
      .join('');
  }

  /** The texts; none if they are unknown. */
  public texts(texts: Value<Texts>, where = ''): Record<string, string> {
    const entries = isKnown(texts) ? Object.entries(texts) : [];
    return Object.fromEntries(entries.map(([name, text]) => [name, this.text(text, `${where}${name}`)]));
  }

  /** The explicit name of a resource, else what it is called here. */
  public nameOf(ref: ResourceRef): string {
    return this.valueOf(ref, '{name}');
  }

  public arnOf(ref: ResourceRef): string {
    return this.reference({ ...ref, kind: 'resource', attribute: 'Arn' }, ref.template);
  }

  /** Notes what has no value here. */
  public miss(label: string, where?: string): void {
    this.missing.set(`${where ?? ''} ${label}`, { label, ...(where !== undefined && { where }) });
  }

  private reference(reference: Reference, file: string, where?: string): string {
    const { kind, logicalId, attribute } = reference;
    if (kind === 'pseudo') return this.pseudo(logicalId, file, where);
    if (kind === 'parameter') return this.parameter(reference, where);
    const value = kind === 'resource' ? this.resource(reference, where) : undefined;
    if (value !== undefined) return value;
    const label = attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
    this.miss(kind === 'unknown' ? 'an import or a function of CloudFormation' : label, where);
    return `<${label}>`;
  }

  private parameter({ template, logicalId }: Reference, where?: string): string {
    const given = at(this.options.parameters ?? {}, logicalId);
    if (given !== undefined) return given;
    const declared = this.model.parameters.find((one) => one.template === template && one.name === logicalId);
    // The default of a parameter in a parameter store is its name there.
    if (declared?.default !== undefined && !declared.type.startsWith('AWS::SSM::')) return declared.default;
    this.miss(`parameter ${logicalId}`, where);
    return '';
  }

  private pseudo(name: string, file: string, where?: string): string {
    const { account, region, partition, suffix } = this.placeOf(file);
    const stack = this.model.templates.find((one) => one.file === file)?.stackName ?? baseName(file);
    switch (name) {
      case 'AWS::AccountId':
        return account;
      case 'AWS::Region':
        return region;
      case 'AWS::Partition':
        return partition;
      case 'AWS::URLSuffix':
        return suffix;
      case 'AWS::StackName':
        return stack;
      case 'AWS::StackId':
        return `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/00000000-0000-0000-0000-000000000000`;
      default:
        this.miss(name, where);
        return `<${name}>`;
    }
  }

  private placeOf(file: string) {
    const info = this.model.templates.find((one) => one.file === file);
    const region = this.options.region ?? info?.region ?? REGION;
    const account = this.options.account ?? info?.account ?? ACCOUNT;
    return { account, region, partition: partitionOf(region), suffix: dnsSuffixOf(region) };
  }

  private resource(reference: Reference, where?: string): string | undefined {
    const { attribute } = reference;
    const type = this.model.typeOf(reference) ?? '';
    if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') return this.qualified(reference, type);
    const form: PhysicalForm = at(PHYSICAL_FORMS, type) ?? {};
    const pattern =
      attribute === undefined ? '{ref}' : attribute === 'Arn' ? form.arn : at(form.attributes ?? {}, attribute);
    if (pattern?.startsWith('=') === true) {
      const text = this.model.textOf(reference, pattern.slice(1));
      return text === undefined ? undefined : this.within(() => this.text(text, where));
    }
    return pattern === undefined ? undefined : this.valueOf(reference, pattern);
  }

  /** The pattern with what it stands for. */
  private valueOf(ref: ResourceRef, pattern: string): string {
    const type = this.model.typeOf(ref) ?? '';
    const form: PhysicalForm = at(PHYSICAL_FORMS, type) ?? {};
    const values = (key: string): string => {
      switch (key) {
        case 'id':
          return ref.logicalId;
        case 'name':
          return this.explicit(ref, form.name) ?? (form.isLower ? this.names(ref).toLowerCase() : this.names(ref));
        case 'path':
          return this.explicit(ref, 'Path') ?? '/';
        case 'ref':
          return (API_TYPES.includes(type) ? this.options.apiId?.(ref) : undefined) ?? filled(form.ref ?? '{name}');
        case 'arn':
          return filled(form.arn ?? '');
        default:
          return this.placeOf(ref.template)[key as 'account' | 'region' | 'partition' | 'suffix'];
      }
    };
    const filled = (some: string): string => some.replace(/\{(\w+)\}/g, (_, key: string) => values(key));
    return filled(pattern);
  }

  private explicit(ref: ResourceRef, property: string | undefined): string | undefined {
    const text = property === undefined ? undefined : this.model.textOf(ref, property);
    return text === undefined ? undefined : this.within(() => this.text(text));
  }

  /** A name may be made of a name, in a circle too. */
  private within(resolve: () => string): string | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    try {
      return resolve();
    } finally {
      this.depth--;
    }
  }

  /** Both are the ARN of the function with themselves behind it. */
  private qualified(reference: Reference, type: string): string | undefined {
    const { template, logicalId, attribute } = reference;
    const isThis = ({ location }: { readonly location: ResourceRef }): boolean => sameResource(location, reference);
    if (type === 'AWS::Lambda::Alias') {
      const alias = this.model.aliases.find(isThis);
      const isArn = attribute === undefined || attribute === 'AliasArn';
      return alias && isArn
        ? `${this.functionArn(alias.target, template)}:${nameOr(alias.name, logicalId)}`
        : undefined;
    }
    const version = this.model.versions.find(isThis);
    if (!version) return undefined;
    const sameFunction = this.model.versions.filter(({ target }) => isSameTarget(target, version.target));
    const number = String(sameFunction.indexOf(version) + 1);
    if (attribute === 'Version') return number;
    const isArn = attribute === undefined || attribute === 'FunctionArn';
    return isArn ? `${this.functionArn(version.target, template)}:${number}` : undefined;
  }

  private functionArn(target: LambdaTarget | undefined, file: string): string {
    if (target?.function) return this.arnOf(target.function);
    const text = target === undefined ? '<unknown>' : this.text(target.text);
    const { partition, region, account } = this.placeOf(file);
    return text.startsWith('arn:') ? text : `arn:${partition}:lambda:${region}:${account}:function:${text}`;
  }
}

const isSameTarget = (a: LambdaTarget | undefined, b: LambdaTarget | undefined): boolean =>
  a?.function && b?.function ? sameResource(a.function, b.function) : String(a?.text) === String(b?.text);

const nameOr = (name: Value<string> | undefined, otherwise: string): string => (isKnown(name) ? name : otherwise);

/** `cdk.out/Orders.template.json` → `Orders`. */
const baseName = (file: string): string => (file.split(/[\\/]/).at(-1) ?? file).split('.')[0];
