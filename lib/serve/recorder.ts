import { type Step, type StageName } from './trace';
import { Refusal } from './refusal';

/** The report of a step. */
export type Told = Omit<Step, 'stage' | 'tookInMs' | 'refused'>;

/** Collects the steps of one request. */
export class Recorder {
  public readonly steps: Step[] = [];

  constructor(private readonly clock: () => number) {}

  /** Runs a step and keeps its report; a step without a report did not apply. */
  public async run<T>(stage: StageName, step: (tell: (told: Told) => void) => T | Promise<T>): Promise<T> {
    const from = this.clock();
    let told: Told | undefined;
    const keep = (more: Told): void => {
      told = told ? { ...told, ...more } : more;
    };
    try {
      const result = step(keep);
      return result instanceof Promise ? await result : result;
    } catch (error) {
      if (error instanceof Refusal) {
        keep({ note: error.message, ...(error.facts.because ? { because: error.facts.because } : {}) });
        this.keep(stage, from, told ?? {}, error.type);
        told = undefined;
      }
      throw error;
    } finally {
      if (told) this.keep(stage, from, told);
    }
  }

  private keep(stage: StageName, from: number, { note, input, output, because }: Told, refused?: string): void {
    const tookInMs = this.clock() - from;
    this.steps.push({
      stage,
      tookInMs,
      note,
      input,
      output,
      because,
      refused,
    });
  }
}
