import { CONTEXT_VARIABLE } from '../../facts/log-variables';
import { type AccessLog, type AnyApi, type AnyStage, type ApiModel } from '../../template/model/model';
import { type Violation } from '../rule';
import { stageLabel } from './common';
import { allStagesOf } from './v2';

/** An access log whose format is known. */
export interface LogFormat {
  readonly stage: AnyStage;
  readonly log: AccessLog;
  readonly format: string;
  /** Undefined if the API is imported, and may be an HTTP or a WebSocket API. */
  readonly kind?: AnyApi['kind'];
}

/** Access logs of stages of all kinds whose format is known. */
export function* formatsOf(model: ApiModel): Iterable<LogFormat> {
  for (const { stage, api } of allStagesOf(model)) {
    const log = stage.accessLog;
    if (log && typeof log.format === 'string') {
      yield { stage, log, format: log.format, kind: 'routeSettings' in stage ? api?.kind : 'rest' };
    }
  }
}

/** A violation by the format. */
export const onFormat = ({ stage, log }: LogFormat, what: string): Violation => ({
  location: log.location,
  message: `the access log format of ${stageLabel(stage)} ${what}`,
});

/** The variables of a format, without `$context.`. */
export const variablesIn = (format: string): Set<string> =>
  new Set([...format.matchAll(CONTEXT_VARIABLE)].map(([, name]) => name));
