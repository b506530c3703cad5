import { type CfnResource, type IResolvable, type IResolveContext, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { suggest } from '../lookup/nearest';
import { type Owner, show } from '../authoring/errors';
import { isSame } from '../document/merged';
import { rawOverrides } from '../document/spliced-body';

/** The data of a stage that its name needs. */
export interface NamedStage {
  readonly name: string;
  readonly resource: CfnResource;
}

/** A stage by its key. @throws if there is none */
export function stageOf<T>(stages: Readonly<Record<string, T>>, key: string, owner: Owner): T {
  if (!Object.hasOwn(stages, key)) throw owner.error(`has no stage "${key}".${suggest(key, Object.keys(stages))}`);
  return stages[key];
}

/** The errors for stages whose resource got another name than the gateway knows. */
export function renamedErrors(stages: Readonly<Record<string, StageResource>>, owner: Owner): string[] {
  return Object.entries(stages).flatMap(([key, { definition, resource }]) => {
    const overrides = (rawOverrides(resource).Properties ?? {}) as { readonly StageName?: unknown };
    const { StageName } = { StageName: resource.stageName, ...overrides };
    const [before, now] = [definition.name, StageName].map((name) => Stack.of(resource).resolve(name) as unknown);
    if (isSame(before, now)) return [];
    return owner.error(
      `the resource of the stage "${key}" has the name ${show(now)}, but permissions, policies, log groups and URLs have ${show(before)}; ` +
        `name it in the gateway: stages: { '${key}': { stageName: … } }, and leave the resource as it is`,
    ).message;
  });
}

interface StageResource {
  readonly definition: { readonly name: string };
  readonly resource: CfnResource & { readonly stageName?: string };
}

/**
 * Names of stages for URLs and policies: a reference to the resource, so users of the name are created after the stage. If the
 * stage itself depends on a function that gets its URL, the name is a literal.
 */
export class StageNames {
  private readonly tokens = new Map<CfnResource, string>();

  /** @param writtenOut evaluated at synthesis */
  constructor(private readonly writtenOut: (preparing: boolean) => boolean) {}

  /** Whether a name has been used. */
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
