import { type AccessLog, type ApiModel, type Stage } from '../template/model';
import { stagesOf } from './support';

export { CONTEXT_VARIABLE } from '../facts/log-variables';

/** Access logs whose format is known. */
export function* formatsOf(model: ApiModel): Iterable<{ stage: Stage; log: AccessLog; format: string }> {
  for (const { stage } of stagesOf(model)) {
    const log = stage.accessLog;
    if (log && typeof log.format === 'string') {
      yield { stage, log, format: log.format };
    }
  }
}
