import { type CfnElement, CfnParameter, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { type Owner, show } from './errors';
import { suggest } from '../lookup/nearest';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;

/** One option of `adopt`: a logical id, or a map of them by name. */
export interface AdoptedPart {
  /** Name of the option; empty if `adopt` itself is the logical id. */
  readonly option: string;
  /** Id of the construct; of a map, before its key. */
  readonly id: string;
  readonly given: string | Readonly<Record<string, string>> | undefined;
  /** What a key of the map is in the id of the construct, if it is not the same. */
  readonly nameIn?: (name: string) => string;
  /** What to write as a key; otherwise the known names are listed. */
  readonly form?: string;
}

interface Adopted {
  readonly option: string;
  readonly name?: string;
  readonly id: string;
  readonly logicalId: string;
}

/** The logical ids that the resources of a construct take over from those of a live API. */
export class Adoption {
  private readonly all: readonly Adopted[];
  private readonly pending: Set<Adopted>;

  /** @throws if an id is a token, has another form, or is there twice */
  constructor(
    private readonly scope: Construct,
    private readonly parts: readonly AdoptedPart[],
    private readonly owner: Owner,
    private readonly find: (id: string) => IConstruct | undefined = (id) => scope.node.tryFindChild(id),
  ) {
    this.all = parts.flatMap(entriesOf);
    this.pending = new Set(this.all);
    const seen = new Map<string, Adopted>();
    for (const entry of this.all) {
      checkForm(entry, owner);
      const other = seen.get(entry.logicalId);
      if (other) {
        throw owner.error(
          `${placeOf(other)} and ${placeOf(entry)} are both ${show(entry.logicalId)}; a logical id stands for one resource, so remove one of them`,
        );
      }
      seen.set(entry.logicalId, entry);
    }
  }

  /** Gives the ids to the resources that exist by now; to be called again after more are added. */
  public apply(): void {
    for (const entry of this.pending) {
      const found = this.find(entry.id);
      if (!found || !CfnResource.isCfnResource(found)) continue;
      found.overrideLogicalId(entry.logicalId);
      this.pending.delete(entry);
    }
  }

  /** Ids that no resource took, and those that another resource of the stack has. */
  public errors(): string[] {
    const unused = [...this.pending].map(
      (entry) => `${this.owner.toString()}: ${placeOf(entry)}: there is no such resource. ${this.advice(entry)}`,
    );
    return [...unused, ...this.collisions()];
  }

  private advice({ option, name, id }: Adopted): string {
    if (name === undefined) return 'The props create none; remove the entry, or set the prop that creates it';
    const part = this.parts.find((one) => one.option === option) as AdoptedPart;
    if (part.form !== undefined) return `Write ${part.form}, or remove the entry`;
    const known = this.scope.node.children.flatMap(({ node }) =>
      node.id.startsWith(part.id) && node.id !== id ? [node.id.slice(part.id.length)] : [],
    );
    return known.length > 0
      ? suggest(name, known).trim()
      : 'The props create none; remove the entry, or set the prop that creates it';
  }

  private collisions(): string[] {
    const taken = this.all.flatMap((entry) => {
      const found = this.find(entry.id);
      return found ? [{ entry, found, stack: Stack.of(found) }] : [];
    });
    const mine = new Set(taken.map(({ found }) => found));
    return [...new Set(taken.map(({ stack }) => stack))].flatMap((stack) => {
      const byId = new Map(
        taken.flatMap((one) => (one.stack === stack ? [[one.entry.logicalId, one.entry] as const] : [])),
      );
      return stack.node.findAll().flatMap((other) => {
        if (!isNamedLikeResource(other) || mine.has(other) || other.stack !== stack) return [];
        const logicalId: unknown = stack.resolve(other.logicalId);
        const entry = typeof logicalId === 'string' ? byId.get(logicalId) : undefined;
        return entry ? [this.collision(entry, other)] : [];
      });
    });
  }

  private collision(entry: Adopted, { node }: IConstruct): string {
    return `${this.owner.toString()}: ${placeOf(entry)} is ${show(entry.logicalId)}, which is the logical id of ${node.path} too; remove that construct, or the entry`;
  }
}

function entriesOf({ option, id, given, nameIn = (name) => name }: AdoptedPart): Adopted[] {
  if (given === undefined) return [];
  if (typeof given === 'string') return [{ option, id, logicalId: given }];
  return Object.entries(given).map(([name, logicalId]) => ({
    option,
    name,
    id: `${id}${nameIn(name)}`,
    logicalId,
  }));
}

/** Outputs, conditions and mappings may have the name of a resource; many templates call an output like the resource that it is of. */
const isNamedLikeResource = (one: IConstruct): one is CfnElement =>
  CfnResource.isCfnResource(one) || one instanceof CfnParameter;

const placeOf = ({ option, name }: Adopted): string =>
  `adopt${option === '' ? '' : `.${option}`}${name === undefined ? '' : `[${show(name)}]`}`;

function checkForm(entry: Adopted, owner: Owner): void {
  const { logicalId } = entry;
  if (Token.isUnresolved(logicalId)) {
    throw owner.error(
      `${placeOf(entry)} is a token, but logical ids must be known at synthesis; copy the id from the deployed template: "apigw adopt <template>" prints it`,
    );
  }
  if (!LOGICAL_ID.test(logicalId)) {
    throw owner.error(
      `${placeOf(entry)} must be a logical id of 1 to 255 letters and digits, as in the deployed template, got: ${show(logicalId)}; ` +
        '"apigw adopt <template>" prints them',
    );
  }
}
