import { type Answer, headerOf, type IncomingRequest } from '../exchange';
import { type Mapped } from '../mapped';
import { Recorder } from '../recorder';
import { asRefusal } from '../refusal';
import { type Trace } from '../trace';
import { traceOf } from '../trace-of';
import { outgoing } from './headers';
import { RestPipeline } from './pipeline';
import { RestStage, type RestStageOptions } from './stage';

const METHODS = /^(DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
function overridden(request: IncomingRequest): IncomingRequest {
  const method = headerOf(request.headers, 'x-http-method-override')?.toUpperCase() ?? '';
  return METHODS.test(method) ? { ...request, method } : request;
}

/** A stage of a REST API that handles requests as the service does. */
export class RestGateway {
  public readonly stage: RestStage;

  constructor(options: RestStageOptions) {
    this.stage = new RestStage(options);
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
    const pipeline = new RestPipeline(
      this.stage,
      overridden(request),
      { prefix, ...(mapped ? { mapped } : {}) },
      recorder,
    );
    const answer = await this.answered(pipeline, recorder);
    const { requestId, routeKey: route } = pipeline;
    const { stageName: stage } = this.stage;
    const trace = traceOf({ request, answer, recorder, requestId, route, api: apiId, stage, startedAt, from });
    return { answer, trace };
  }

  private async answered(pipeline: RestPipeline, recorder: Recorder): Promise<Answer> {
    let answer: Answer;
    let headers: (readonly [string, string])[];
    try {
      answer = await pipeline.run();
      headers = outgoing(answer.headers);
    } catch (error) {
      const refusal = asRefusal(error);
      answer = recorder.run('gatewayResponse', (tell) => {
        const made = this.stage.responses.answer(refusal, pipeline.sources);
        tell({ note: `${refusal.type}: status ${made.status}`, because: made.because });
        return made;
      });
      headers = [...answer.headers];
    }
    headers.push(['x-amzn-RequestId', pipeline.requestId], ['x-amz-apigw-id', pipeline.extendedRequestId]);
    const { status, body, limits } = answer;
    if (pipeline.method === 'HEAD') return { status, headers, body: new Uint8Array() };
    return limits ? { status, headers, body, limits } : { status, headers, body };
  }
}
