import { Token } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { put } from '../lookup/named';
import { type StageDefinition } from './stage';
import { type StageResources } from './stage-resources';

/** The stages of a gateway: those of the props, and those that are added later. */
export class GatewayStages<O extends object, D extends StageDefinition, R extends StageResources> {
  /** By key, in order of creation. It grows. */
  public readonly definitions: Record<string, D> = {};
  /** By key. It grows. */
  public readonly resources: Record<string, R> = {};
  private make?: (stage: D) => R;

  /** @throws if there is none, two have the same name, or API Gateway would reject one */
  constructor(
    private readonly owner: Owner,
    private readonly defineOne: (key: string, options: O, owner: Owner) => D,
    given: { readonly [key: string]: O } | undefined,
    defaultName: string,
  ) {
    const stages = given ?? { [defaultName]: {} as O };
    if (Object.keys(stages).length === 0) {
      throw owner.error(
        `stages is empty, so nothing would serve the API; remove it for one stage "${defaultName}", or name one`,
      );
    }
    for (const [key, options] of Object.entries(stages)) this.define(key, options);
  }

  /** Creates the resources of the stages, including those added later. */
  public create(make: (stage: D) => R): void {
    this.make = make;
    for (const stage of Object.values(this.definitions)) put(this.resources, stage.key, make(stage));
  }

  /** @throws if it already exists, or is not valid for API Gateway */
  public add(key: string, options: O): R {
    if (Object.hasOwn(this.definitions, key)) {
      throw this.owner.error(
        `already has the stage "${key}"; give this one another name, or add its options to that one`,
      );
    }
    const made = (this.make as (stage: D) => R)(this.define(key, options));
    put(this.resources, key, made);
    return made;
  }

  private define(key: string, options: O): D {
    const stage = this.defineOne(key, options, this.owner.part(`stage "${key}"`));
    const isTwice = Object.values(this.definitions).some(({ name }) => name === stage.name);
    if (isTwice && !Token.isUnresolved(stage.name)) throw this.owner.error(`two stages are both named "${stage.name}"`);
    put(this.definitions, key, stage);
    return stage;
  }
}
