import { GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { EMPTY_LEDGER, type Ledger, parseLedger, printLedger } from './ledger';
import { type StageRef } from './stage';
import { stageCanaryLedger } from '../../lib/facts/own-resources';

export type ParameterClient = Pick<SSMClient, 'send'>;

/** Parameter Store has no conditional write: how often one that crossed another's is repeated. */
const TRIES = 5;

/** The parameter that belongs to a stage; its name follows from the stage. */
export function ledgerName({ restApiId, stageName }: StageRef): string {
  return stageCanaryLedger(restApiId, stageName);
}

interface Version {
  readonly ledger: Ledger;
  readonly number: number;
}

/** Reads and writes the ledger of one stage. */
export class LedgerStore {
  constructor(
    private readonly client: ParameterClient,
    public readonly name: string,
  ) {}

  /** Undefined if there is no parameter. */
  public async read(): Promise<Ledger | undefined> {
    return (await this.get(this.name))?.ledger;
  }

  /**
   * Changes the ledger; false if there is no parameter (and `create` is not set). The change may run more than once:
   * if the ledger has changed between reading and writing, it runs again on the new content.
   */
  public async update(change: (ledger: Ledger) => Ledger, create = false): Promise<boolean> {
    let before = await this.get(this.name);
    if (!before && !create) return false;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const Value = printLedger(change(before?.ledger ?? EMPTY_LEDGER));
      // Above 4 KB it becomes an advanced parameter.
      const kind = { Type: 'String', Tier: 'Intelligent-Tiering', Overwrite: true } as const;
      const put = new PutParameterCommand({ Name: this.name, Value, ...kind });
      const { Version: written = 0 } = await this.client.send(put);
      if (written === (before?.number ?? 0) + 1) return true;
      // Ours covers the version before it, which this change has not seen.
      before = { ledger: (await this.get(`${this.name}:${written - 1}`))?.ledger ?? EMPTY_LEDGER, number: written };
    }
    throw new Error(`The ledger ${this.name} was changed by others ${TRIES} times in a row. Try again.`);
  }

  private async get(name: string): Promise<Version | undefined> {
    try {
      const { Parameter } = await this.client.send(new GetParameterCommand({ Name: name }));
      return { ledger: parseLedger(Parameter?.Value), number: Parameter?.Version ?? 0 };
    } catch (error) {
      if ((error as Error).name === 'ParameterNotFound') return undefined;
      throw error;
    }
  }
}
