import { Account, Refused, type Thing } from './account';
import { type Failure, failureOf, guard, named, orderOf } from './failure';
import { givenRef, replacedBy } from './resource-types';
import {
  creationOrder,
  dependenciesOf,
  holds,
  type Properties,
  resolve,
  type Resource,
  type Scope,
  type Template,
  without,
} from './template';

/** What became of an operation. */
export interface Outcome {
  readonly status:
    'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE' | 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE' | 'DELETE_COMPLETE';
  /** The resource that failed, and why. */
  readonly failed?: { readonly logicalId: string; readonly reason: string };
}

interface Made {
  readonly thing: Thing;
  readonly resource: Resource;
}

interface Stack {
  readonly id: string;
  template: Template;
  made: Map<string, Made>;
  exports: Map<string, string>;
  imports: Set<string>;
}

/** Undoes one step of an operation. */
type Undo = () => void;

export interface CloudFormationOptions {
  /**
   * What decides whether the new copy of a replaced resource stays when the update is rolled back. No page of AWS says it: both
   * attributes speak of the old copy.
   */
  readonly newCopies?: 'DeletionPolicy' | 'UpdateReplacePolicy';
}

/**
 * A small model of CloudFormation: creates, updates, replaces, rolls back and deletes what templates say in one account, where
 * names are taken. What depends on nothing that failed is made before it: in reality much of it runs side by side, and this is
 * the order that leaves most behind.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export class CloudFormation {
  private readonly stacks = new Map<string, Stack>();
  private count = 0;
  private resolved = new WeakMap<Resource, Map<string, Properties>>();

  constructor(
    public readonly account = new Account(),
    private readonly options: CloudFormationOptions = {},
  ) {}

  /** Creates or updates a stack, as `cdk deploy` does. */
  public deploy(name: string, template: Template, failure?: Failure): Outcome {
    const present = conditioned(template, this.scope(name, { id: '', template, made: new Map() }));
    const stack = this.stacks.get(name);
    return stack ? this.update(name, stack, present, failure) : this.create(name, present, failure);
  }

  public delete(name: string): Outcome {
    const stack = this.stacks.get(name);
    if (!stack) throw new Error(`there is no stack ${name}`);
    this.guardExports(name, stack, new Map());
    const order = creationOrder(stack.template).reverse();
    for (const id of order) this.discard(stack.made.get(id)!, 'removed');
    this.stacks.delete(name);
    return { status: 'DELETE_COMPLETE' };
  }

  /** The same account and stacks once more, to go on from. */
  public copy(): CloudFormation {
    const [account, copies] = this.account.copy();
    const other = new CloudFormation(account, this.options);
    other.count = this.count;
    other.resolved = this.resolved;
    for (const [name, stack] of this.stacks) {
      const made = [...stack.made].map(
        ([id, { thing, resource }]) => [id, { thing: copies.get(thing) ?? thing, resource }] as const,
      );
      other.stacks.set(name, { ...stack, made: new Map(made) });
    }
    return other;
  }

  /** What `Ref` of a resource gives. */
  public refOf(stackName: string, logicalId: string): string | undefined {
    return this.stacks.get(stackName)?.made.get(logicalId)?.thing.ref;
  }

  /** The routes that a stage of a REST API serves: those that its deployment took. */
  public servedBy(stackName: string, stageId: string): readonly string[] {
    const stage = this.madeIn(stackName).get(stageId)?.thing;
    const deployment = [...this.account.things].find(({ ref }) => ref === stage?.properties.DeploymentId);
    return deployment?.routes ?? [];
  }

  /** The routes that the next deployment of a REST API would take. */
  public routesOf(stackName: string, apiId: string): readonly string[] {
    return this.madeIn(stackName).get(apiId)?.thing.routes ?? [];
  }

  private madeIn(stackName: string): ReadonlyMap<string, Made> {
    return this.stacks.get(stackName)?.made ?? new Map<string, Made>();
  }

  private create(name: string, template: Template, failure?: Failure): Outcome {
    const stack: Stack = { id: this.newId(name), template, made: new Map(), exports: new Map(), imports: new Set() };
    const undo: Undo[] = [];
    try {
      for (const id of orderOf(template, failure)) this.make(name, stack, id, undo, failure);
      this.publish(name, stack);
    } catch (error) {
      const failed = failureOf(error);
      rollBack(undo);
      // The CDK deletes a stack in ROLLBACK_COMPLETE before it tries again.
      return { status: 'ROLLBACK_COMPLETE', failed };
    }
    this.stacks.set(name, stack);
    return { status: 'CREATE_COMPLETE' };
  }

  private update(name: string, old: Stack, template: Template, failure?: Failure): Outcome {
    const stack: Stack = { id: old.id, template, made: new Map(old.made), exports: new Map(), imports: new Set() };
    const undo: Undo[] = [];
    const replaced: Made[] = [];
    try {
      for (const id of orderOf(template, failure)) {
        const before = old.made.get(id);
        if (!before || before.resource.Type !== template.Resources[id].Type) {
          this.make(name, stack, id, undo, failure);
          if (before) replaced.push(before);
        } else if (this.change(name, stack, id, before, undo, failure)) replaced.push(before);
      }
      this.publish(name, stack, old);
    } catch (error) {
      const failed = failureOf(error);
      rollBack(undo);
      return { status: 'UPDATE_ROLLBACK_COMPLETE', failed };
    }
    // The clean-up: what was replaced and what is in the template no more.
    for (const made of replaced) this.discard(made, 'replaced');
    for (const id of creationOrder(old.template).reverse()) {
      if (!(id in template.Resources)) {
        this.discard(old.made.get(id)!, 'removed');
        stack.made.delete(id);
      }
    }
    this.stacks.set(name, stack);
    return { status: 'UPDATE_COMPLETE' };
  }

  private make(name: string, stack: Stack, id: string, undo: Undo[], failure?: Failure): void {
    const resource = stack.template.Resources[id];
    guard(failure, id, 'refused');
    const properties = this.propertiesOf(name, stack, id);
    const made = this.newThing(name, id, resource, properties);
    stack.made.set(id, made);
    undo.push(() => this.discard(made, 'rolled back'));
    guard(failure, id, 'unstable');
  }

  /** Whether it was replaced. */
  private change(name: string, stack: Stack, id: string, before: Made, undo: Undo[], failure?: Failure): boolean {
    const resource = stack.template.Resources[id];
    const properties = this.propertiesOf(name, stack, id);
    const old = before.thing.properties;
    if (old === properties || JSON.stringify(old) === JSON.stringify(properties)) {
      stack.made.set(id, { thing: before.thing, resource });
      return false;
    }
    guard(failure, id, 'refused');
    const isReplaced = replacedBy(resource.Type, old, properties).length > 0;
    try {
      if (isReplaced) {
        const made = this.newThing(name, id, resource, properties);
        stack.made.set(id, made);
        undo.push(() => this.discard(made, 'new copy'));
      } else {
        this.account.change(before.thing, properties);
        stack.made.set(id, { thing: before.thing, resource });
        undo.push(() => this.account.change(before.thing, old));
      }
    } catch (error) {
      throw named(error, id);
    }
    guard(failure, id, 'unstable');
    return isReplaced;
  }

  private newThing(name: string, id: string, resource: Resource, properties: Properties): Made {
    const ref = givenRef(resource.Type, properties) ?? `${name}-${id}-${++this.count}`;
    try {
      return { thing: this.account.make(resource.Type, ref, properties), resource };
    } catch (error) {
      throw named(error, id);
    }
  }

  private discard({ thing, resource }: Made, why: 'removed' | 'replaced' | 'rolled back' | 'new copy'): void {
    if (!this.stays(resource, why)) this.account.remove(thing);
  }

  private stays(resource: Resource, why: 'removed' | 'replaced' | 'rolled back' | 'new copy'): boolean {
    const { DeletionPolicy: deletion, UpdateReplacePolicy: replacement } = resource;
    switch (why) {
      case 'removed':
        return deletion === 'Retain' || deletion === 'RetainExceptOnCreate';
      case 'rolled back':
        return deletion === 'Retain';
      case 'replaced':
        return replacement === 'Retain';
      case 'new copy':
        return this.options.newCopies === 'UpdateReplacePolicy' ? replacement === 'Retain' : deletion === 'Retain';
    }
  }

  private propertiesOf(name: string, stack: Stack, id: string): Properties {
    const resource = stack.template.Resources[id];
    const scope = this.scope(name, stack);
    const carryOut = () => resolve(resource.Properties ?? {}, scope) as Properties;
    if ([...this.stacks.values()].some(({ exports }) => exports.size > 0)) return carryOut();
    // The same resource is deployed a thousand times in a test, most of them with the same values.
    const known = this.resolved.get(resource) ?? new Map<string, Properties>();
    const refs = dependenciesOf(stack.template, resource).map((need) => scope.ref(need));
    const key = [stack.id, ...refs].join();
    const found = known.get(key) ?? carryOut();
    this.resolved.set(resource, known.set(key, found));
    return found;
  }

  private publish(name: string, stack: Stack, old?: Stack): void {
    const scope = this.scope(name, stack);
    for (const { Value, Export, Condition } of Object.values(stack.template.Outputs ?? {})) {
      if (!Export || (Condition !== undefined && !holds(Condition, scope))) continue;
      stack.exports.set(String(resolve(Export.Name, scope)), String(resolve(Value, scope)));
    }
    if (old) this.guardExports(name, old, stack.exports);
  }

  /** @throws where a value goes or changes that another stack uses */
  private guardExports(name: string, old: Stack, exports: ReadonlyMap<string, string>): void {
    for (const [key, value] of old.exports) {
      const user = [...this.stacks].find(([other, { imports }]) => other !== name && imports.has(key));
      if (user && exports.get(key) !== value) {
        throw named(new Refused(`export ${key} cannot be changed: stack ${user[0]} uses it`), key);
      }
    }
  }

  private scope(name: string, stack: Pick<Stack, 'id' | 'template' | 'made'> & Partial<Stack>): Scope {
    const made = (id: string): Thing => {
      const found = stack.made.get(id);
      if (!found) throw new Error(`${name}: ${id} is referred to, and not there`);
      return found.thing;
    };
    return {
      template: stack.template,
      pseudo: {
        'AWS::AccountId': '123456789012',
        'AWS::Region': 'eu-west-1',
        'AWS::Partition': 'aws',
        'AWS::URLSuffix': 'amazonaws.com',
        'AWS::StackName': name,
        'AWS::StackId': stack.id,
      },
      ref: (id) => made(id).ref,
      // As unlike other texts as an attribute of the real resource would be.
      attribute: (id, attribute) => `${made(id).type}/${made(id).ref}.${attribute}`,
      imported: (key) => {
        const value = [...this.stacks.values()].flatMap(({ exports }) => exports.get(key) ?? []).at(0);
        if (value === undefined) throw new Error(`${name}: nothing exports ${key}`);
        stack.imports?.add(key);
        return value;
      },
    };
  }

  private newId(name: string): string {
    const unique = String(++this.count).padStart(8, '0');
    return `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/${unique}-0000-0000-0000-000000000000`;
  }
}

/** The template without what its conditions leave out. */
function conditioned(template: Template, scope: Scope): Template {
  const gone = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition !== undefined && !holds(Condition, scope))
    .map(([id]) => id);
  const { Resources } = without(template, new Set(gone));
  return gone.length > 0 ? { ...template, Resources } : template;
}

function rollBack(undo: readonly Undo[]): void {
  for (const step of [...undo].reverse()) step();
}
