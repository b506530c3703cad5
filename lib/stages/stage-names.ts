import { type CfnResource, type IResolvable, type IResolveContext, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { suggest } from '../lookup/nearest';
import { type Owner, show } from '../authoring/errors';
import { isSame } from '../document/merged';
import { rawOverrides } from '../document/spliced-body';

/** A stage, as far as its name is concerned. */
export interface NamedStage {
  readonly name: string;
  readonly resource: CfnResource;
}

/** A stage by its key. @throws where there is none of that key */
export function stageOf<T>(stages: Readonly<Record<string, T>>, key: string, owner: Owner): T {
  if (!Object.hasOwn(stages, key)) throw owner.error(`has no stage "${key}".${suggest(key, Object.keys(stages))}`);
  return stages[key];
}

/** The errors of stages whose resource got another name than the gateway knows. */
export function renamedErrors(stages: Readonly<Record<string, StageResource>>, owner: Owner): string[] {
  return Object.entries(stages).flatMap(([key, { definition, resource }]) => {
    const overrides = (rawOverrides(resource).Properties ?? {}) as { readonly StageName?: unknown };
    const { StageName } = { StageName: resource.stageName, ...overrides };
    const [before, now] = [definition.name, StageName].map((name) => Stack.of(resource).resolve(name) as unknown);
    if (isSame(before, now)) return [];
    return owner.error(
      `the resource of the stage "${key}" got the name ${show(now)}, and permissions, policies, log groups and URLs have ${show(before)}; ` +
        `name it in the gateway: stages: { '${key}': { stageName: … } }, and leave the resource as it is`,
    ).message;
  });
}

interface StageResource {
  readonly definition: { readonly name: string };
  readonly resource: CfnResource & { readonly stageName?: string };
}

/**
 * Names of stages for URLs and policies: a reference to the resource, so that who uses it comes after the stage. Where the
 * stage itself comes after a function that is told its URL, the name is written out.
 */
export class StageNames {
  private readonly tokens = new Map<CfnResource, string>();

  /** @param writtenOut asked for when a template is made */
  constructor(private readonly writtenOut: (preparing: boolean) => boolean) {}

  /** Whether anybody has asked for a name. */
  public get areUsed(): boolean {
    return this.tokens.size > 0;
  }

  public of({ name, resource }: NamedStage): string {
    const token = this.tokens.get(resource) ?? new StageName(name, resource, this.writtenOut).toString();
    this.tokens.set(resource, token);
    return token;
  }
}

class StageName implements IResolvable {
  public readonly creationStack = [];

  constructor(
    private readonly name: string,
    private readonly resource: CfnResource,
    private readonly writtenOut: (preparing: boolean) => boolean,
  ) {}

  public resolve({ preparing }: IResolveContext): unknown {
    return this.writtenOut(preparing) ? this.name : Tokenization.reverse(this.resource.ref);
  }

  public toString(): string {
    return Token.asString(this, { displayHint: 'Stage' });
  }
}
