import { type Owner } from '../authoring/errors';

/** The `execute-api` endpoint of an API: on until a stage has a domain, or as the user has set it. */
export class DefaultEndpoint {
  private readonly mapped = new Set<string>();

  /**
   * @param said the user's setting
   * @param isSwitched whether a domain switches it off if the user has not set it
   */
  constructor(
    private readonly said: boolean | undefined,
    private readonly isSwitched = true,
  ) {}

  public get isOff(): boolean {
    return this.said ?? (this.isSwitched && this.mapped.size > 0);
  }

  /** A stage got a domain. */
  public map(stage: string): void {
    this.mapped.add(stage);
  }

  /** The stages that no caller can reach, because the domain of another one switched the endpoint off. */
  public unreachable(stages: readonly string[]): readonly string[] {
    return this.said !== undefined || !this.isOff ? [] : stages.filter((stage) => !this.mapped.has(stage));
  }

  /** The errors for stages that no caller can reach, because the domain of another one switched the endpoint off. */
  public errors(stages: readonly string[], owner: Owner): string[] {
    return this.unreachable(stages).map(
      (stage) =>
        owner.error(
          `no caller can reach the stage "${stage}": the default endpoint is off, because "${[...this.mapped].join('", "')}" has a domain; ` +
            `map it as well (domain.map(api, { stage: '${stage}', path: … })), or set disableExecuteApiEndpoint: false`,
        ).message,
    );
  }
}
