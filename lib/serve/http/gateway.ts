import { type Answer, type IncomingRequest } from '../exchange';
import { type Mapped } from '../mapped';
import { Recorder } from '../recorder';
import { type Trace } from '../trace';
import { traceOf } from '../trace-of';
import { asRefusal } from '../refusal';
import { withCors } from './cors';
import { HttpPipeline } from './pipeline';
import { refusedAnswer } from './refused';
import { HttpStage, type HttpStageOptions } from './stage';

/** A stage of an HTTP API that handles requests as the service does. */
export class HttpGateway {
  public readonly stage: HttpStage;

  constructor(options: HttpStageOptions) {
    this.stage = new HttpStage(options);
  }

  /**
   * @param prefix what stands for the stage in the path of the request: `/prod`; empty if nothing does
   * @param mapped where a custom domain leads it
   */
  public async handle(
    request: IncomingRequest,
    prefix = '',
    mapped?: Mapped,
  ): Promise<{ answer: Answer; trace: Trace }> {
    const { environment, apiId } = this.stage.options;
    const startedAt = environment.now();
    const recorder = new Recorder(() => performance.now());
    const from = performance.now();
    const pipeline = new HttpPipeline(this.stage, request, { prefix, ...(mapped ? { mapped } : {}) }, recorder);
    const answer = await this.answered(pipeline, recorder);
    const { requestId, routeKey: route } = pipeline;
    const { stageName: stage } = this.stage;
    const trace = traceOf({ request, answer, recorder, requestId, route, api: apiId, stage, startedAt, from });
    return { answer, trace };
  }

  private async answered(pipeline: HttpPipeline, recorder: Recorder): Promise<Answer> {
    let answer: Answer;
    try {
      answer = await pipeline.run();
    } catch (error) {
      const refusal = asRefusal(error);
      answer = await recorder.run('gatewayResponse', (tell) => {
        const made = refusedAnswer(refusal);
        tell({ note: `${refusal.type}: status ${made.status}${refusal.facts.because ? '' : `; ${refusal.message}`}` });
        return made;
      });
    }
    const { cors } = this.stage;
    const headers = cors ? withCors(cors, pipeline.request, answer.headers, pipeline.isPreflight) : answer.headers;
    return {
      status: answer.status,
      headers: [...headers, ['apigw-requestid', pipeline.requestId]],
      body: pipeline.request.method === 'HEAD' ? new Uint8Array() : answer.body,
    };
  }
}
