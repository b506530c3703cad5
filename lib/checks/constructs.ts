import * as path from 'node:path';
import { type IConstruct } from 'constructs';
import { type ResourceRef } from '../template/model';

/** A construct that stands for one resource of a template. */
interface Element extends IConstruct {
  readonly logicalId: string;
  readonly cfnResourceType: string;
  readonly stack: { readonly templateFile: string; resolve(value: unknown): unknown };
}

const isElement = (construct: IConstruct): construct is Element =>
  'cfnResourceType' in construct && 'logicalId' in construct && 'stack' in construct;

/** The file name alone: CDK makes it unique in the app, and knows no more of the template of a nested stack. */
const keyOf = ({ template, logicalId }: ResourceRef): string => `${path.basename(template)}#${logicalId}`;

/** Which construct made which resource. */
export class ConstructIndex {
  private readonly paths = new Map<string, string>();

  constructor(...roots: IConstruct[]) {
    for (const construct of roots.flatMap((root) => root.node.findAll())) {
      if (isElement(construct)) {
        const logicalId = String(construct.stack.resolve(construct.logicalId));
        this.paths.set(keyOf({ template: construct.stack.templateFile, logicalId }), construct.node.path);
      }
    }
  }

  /** Undefined for a resource that none of the constructs made. */
  public pathOf(ref: ResourceRef): string | undefined {
    return this.paths.get(keyOf(ref));
  }
}
