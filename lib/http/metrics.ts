import { type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE } from '../facts/metrics';
import { type Owner } from '../shared/errors';
import { suggest } from '../template/nearest';
import { findRoute } from './grants';
import { type HttpRouteDefinition } from './route';
import { type HttpStageResources } from './stage-resources';

/** What the metrics are of. */
export interface HttpMetricsSource {
  readonly api: CfnApi;
  readonly owner: Owner;
  readonly routes: readonly HttpRouteDefinition[];
  readonly stages: Readonly<Record<string, HttpStageResources>>;
}

/**
 * Metrics of an API, of one of its stages, or of one route on a stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export class HttpMetrics {
  /** @internal */
  public static _of(source: HttpMetricsSource): HttpMetrics {
    return new HttpMetrics(source, { ApiId: source.api.ref });
  }

  private constructor(
    private readonly source: HttpMetricsSource,
    private readonly dimensions: { readonly [name: string]: string },
    private readonly stageKey?: string,
  ) {}

  /**
   * The metrics of one stage.
   *
   * @param name key of the `stages` map
   */
  public stage(name: string): HttpMetrics {
    const { stages, owner } = this.source;
    const stage = stages[name];
    if (!stage) throw owner.error(`has no stage "${name}".${suggest(name, Object.keys(stages))}`);
    const { ApiId } = this.dimensions;
    return new HttpMetrics(this.source, { ApiId, Stage: stage.resource.ref }, name);
  }

  /**
   * The metrics of one route on the stage. They are there while the stage has `detailedMetrics`.
   *
   * @param key key of a route that is there already, e.g. `GET /orders/{id}`
   * @throws where no stage was named, or the stage has no detailed metrics
   */
  public route(key: string): HttpMetrics {
    const { owner, routes, stages } = this.source;
    const { route } = findRoute(key, routes, owner.part('metrics'));
    if (this.stageKey === undefined) {
      throw owner.error(
        `metrics of a route are kept for each stage; write metrics.stage('${Object.keys(stages)[0]}').route('${key}')`,
      );
    }
    if (!stages[this.stageKey].definition.metrics) {
      throw owner.error(
        `stage "${this.stageKey}" has no metrics of routes, since its detailedMetrics is false; leave that out`,
      );
    }
    const { ApiId, Stage } = this.dimensions;
    const resource = route.isDefault ? route.key : route.path;
    return new HttpMetrics(
      this.source,
      { ApiId, Stage, Method: route.isDefault ? route.key : route.method, Resource: resource },
      this.stageKey,
    );
  }

  /**
   * A metric by its name in CloudWatch.
   *
   * @param metricName e.g. `Count`
   * @param props statistic, period and the like
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { ...this.dimensions },
      ...props,
    }).attachTo(this.source.api);
  }

  /**
   * Responses with a 4XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricClientError(props?: MetricOptions): Metric {
    return this.metric('4xx', { statistic: 'Sum', ...props });
  }

  /**
   * Responses with a 5XX status. The average is their share of all requests.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricServerError(props?: MetricOptions): Metric {
    return this.metric('5xx', { statistic: 'Sum', ...props });
  }

  /**
   * Requests.
   *
   * @param props statistic (sample count by default), period and the like
   */
  public metricCount(props?: MetricOptions): Metric {
    return this.metric('Count', { statistic: 'SampleCount', ...props });
  }

  /**
   * Milliseconds from the request of the client to its answer.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricLatency(props?: MetricOptions): Metric {
    return this.metric('Latency', { statistic: 'Average', ...props });
  }

  /**
   * Milliseconds that the back-end takes of it.
   *
   * @param props statistic (average by default), period and the like
   */
  public metricIntegrationLatency(props?: MetricOptions): Metric {
    return this.metric('IntegrationLatency', { statistic: 'Average', ...props });
  }

  /**
   * Bytes that were processed, requests and responses together; what is billed beyond 512 KB a request.
   *
   * @param props statistic (sum by default), period and the like
   */
  public metricDataProcessed(props?: MetricOptions): Metric {
    return this.metric('DataProcessed', { statistic: 'Sum', ...props });
  }
}
