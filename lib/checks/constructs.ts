import * as path from 'node:path';
import { type IConstruct } from 'constructs';
import { type ResourceRef } from '../template/model/model';
import { type Origin } from './fix';

/** A construct that represents one resource of a template. */
interface Element extends IConstruct {
  readonly logicalId: string;
  readonly cfnResourceType: string;
  readonly stack: { readonly templateFile: string; resolve(value: unknown): unknown };
}

const isElement = (construct: IConstruct): construct is Element =>
  'cfnResourceType' in construct && 'logicalId' in construct && 'stack' in construct;

/** The key under which jsii writes the name of a class. */
const JSII_CLASS: unique symbol = Symbol.for('jsii.rtti');

/** Whether the class, or the one that it extends, is an L2 of a service. */
function isL2({ constructor }: IConstruct): boolean {
  const { fqn } = (constructor as { [JSII_CLASS]?: { readonly fqn: string } })[JSII_CLASS] ?? {};
  return fqn !== undefined && /^aws-cdk-lib\.aws_\w+\.(?!Cfn)/.test(fqn);
}

const gateways = new WeakSet<IConstruct>();

/** Records that this library created the resources under the construct. */
export const addGateway = (gateway: IConstruct): void => void gateways.add(gateway);

/** The constructs of resources. CDK computes a logical id slowly, so only the necessary ones are computed. */
export class ConstructIndex {
  private readonly elements = new Map<string, IConstruct>();
  private readonly names = new Map<string, string>();
  private readonly roots: readonly IConstruct[];
  private rest?: Iterator<IConstruct>;

  constructor(...roots: IConstruct[]) {
    this.roots = roots;
  }

  /** Undefined for a resource without a construct. */
  public pathOf(ref: ResourceRef): string | undefined {
    return this.elementOf(ref)?.node.path;
  }

  /** The creator of the resource: the nearest construct that is not an L1. */
  public originOf(ref: ResourceRef): Origin {
    const element = this.elementOf(ref);
    if (!element) return 'cdk';
    if (element.node.scopes.some((scope) => gateways.has(scope))) return 'library';
    return element.node.scope && isL2(element.node.scope) ? 'l2' : 'cloudFormation';
  }

  /** Visits the tree up to the requested resource. */
  private elementOf(ref: ResourceRef): IConstruct | undefined {
    const key = this.keyOf(ref);
    this.rest ??= this.roots.flatMap((root) => root.node.findAll())[Symbol.iterator]();
    while (!this.elements.has(key)) {
      const { done, value } = this.rest.next();
      if (done === true) {
        break;
      }
      this.add(value);
    }
    return this.elements.get(key);
  }

  /** Only the file name: CDK makes it unique in the app, and has no other name for the template of a nested stack. */
  private keyOf({ template, logicalId }: ResourceRef): string {
    const name = this.names.get(template) ?? path.basename(template);
    this.names.set(template, name);
    return `${name}#${logicalId}`;
  }

  private add(construct: IConstruct): void {
    if (isElement(construct)) {
      const logicalId = String(construct.stack.resolve(construct.logicalId));
      this.elements.set(this.keyOf({ template: construct.stack.templateFile, logicalId }), construct);
    }
  }
}
