import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_NAME, STAGE_VARIABLE_VALUE } from '../facts/names';
import { STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';
import { at } from '../lookup/named';
import { rejectLostNames } from '../document/lost-names';

/** @throws if a name or value has characters or a length that a stage variable cannot have */
export function validateStageVariables(variables: Readonly<Record<string, string>>, owner: Owner): void {
  const names = Object.keys(variables);
  if (names.length > STAGE_VARIABLES_PER_STAGE) {
    throw owner.error(`has ${names.length} variables; the maximum of a stage is ${STAGE_VARIABLES_PER_STAGE}`);
  }
  rejectLostNames(variables, owner, 'variables');
  for (const name of names) {
    if (Token.isUnresolved(name)) throw owner.error('the name of a stage variable must be a literal, not a token');
    if (!STAGE_VARIABLE_NAME.test(name)) {
      throw owner.error(`variable ${show(name)}: a name must be up to 64 characters of A-Z a-z 0-9 and _`);
    }
    const value = variables[name];
    if (Token.isUnresolved(value)) continue;
    if (!STAGE_VARIABLE_VALUE.test(value)) {
      throw owner.error(
        `variable "${name}": the value ${show(value)} must be 1 to 512 of the characters A-Z a-z 0-9 - . _ ~ : / ? # & = , ` +
          '(no spaces); URL-encode other characters, or pass the value to the back end in another way',
      );
    }
  }
}

/** The data of a stage that its variables need. */
export interface StageWithVariables {
  readonly key: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The variables that integrations set on stages and read from them, in addition to those of the user. */
export class StageVariables {
  /** Stage key → variables that integrations set on it. */
  private readonly variables = new Map<string, Map<string, string>>();
  /** Variable → the first route that reads it. */
  private readonly read = new Map<string, string>();

  constructor(private readonly stages: Readonly<Record<string, StageWithVariables>>) {}

  /** @throws if the variable has another value already */
  public set(stage: string, name: string, value: string, owner: Owner): void {
    const set = this.variables.get(stage) ?? new Map<string, string>();
    this.variables.set(stage, set);
    const known = set.get(name) ?? at(this.stages[stage].variables, name);
    if (known !== undefined && known !== value) {
      throw owner.error(
        `the stage variable "${name}" of stage "${stage}" has another value already; set another variableName of lambdaByStage`,
      );
    }
    set.set(name, value);
  }

  /** Records that the route reads the variable, so every stage must have it. */
  public use(name: string, routeKey: string): void {
    if (!this.read.has(name)) this.read.set(name, routeKey);
  }

  /** The variables that routes read: names and routes. */
  public get used(): readonly (readonly [string, string])[] {
    return [...this.read];
  }

  /** All variables of a stage: the user's, those of integrations, and more. */
  public of(stage: StageWithVariables, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const own = Object.entries(stage.variables);
    const set = [...(this.variables.get(stage.key) ?? [])];
    return Object.fromEntries([...own, ...set, ...Object.entries(more)].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
