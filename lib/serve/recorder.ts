import { type Step, type StageName } from './trace';
import { Refusal } from './refusal';

/** The report of a step. */
export type Told = Omit<Step, 'stage' | 'tookInMs' | 'refused'>;

/** Collects the steps of one request. */
export class Recorder {
  public readonly steps: Step[] = [];

  constructor(private readonly clock: () => number) {}

  /** Runs a step and keeps its report; a step without a report did not apply. */
  public run<T>(stage: StageName, step: (tell: (told: Told) => void) => T): T {
    const from = this.clock();
    let told: Told | undefined;
    const tell = (more: Told): void => {
      told = told ? { ...told, ...more } : more;
    };
    const end = (): void => {
      if (told) this.keep(stage, from, told);
    };
    const fail = (error: unknown): never => {
      if (error instanceof Refusal) {
        tell({ note: error.message, ...(error.facts.because ? { because: error.facts.because } : {}) });
        this.keep(stage, from, told ?? {}, error.type);
      } else end();
      throw error;
    };
    let result: T;
    try {
      result = step(tell);
    } catch (error) {
      return fail(error);
    }
    if (!(result instanceof Promise)) {
      end();
      return result;
    }
    // Most steps are over at once: only the others cost a promise.
    return result.then((value: unknown) => {
      end();
      return value;
    }, fail) as T;
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
